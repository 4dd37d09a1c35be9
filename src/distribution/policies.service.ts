import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { instanceToPlain } from 'class-transformer';
import { validationProblem } from '../common/problem.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { userErrors } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { distributionErrors } from './distribution.errors.js';
import { NewPolicyDto, NewVersionDto } from './dto/policy.dto.js';
import { PolicyResponse } from './dto/policy.response.js';
import { PolicyDiffResponse } from './dto/policy-diff.dto.js';
import { PolicyRulesDto } from './dto/policy-rules.dto.js';
import { PoliciesRepository } from './policies.repository.js';
import { Policy, PolicyVersion } from './policy.entity.js';
import { faultsInRules } from './rules/policy-check.js';
import { rulesDiff } from './rules/policy-diff.js';
import { PolicyRules } from './rules/policy-rules.js';

/** Policies: everybody who leads may read them; managers change their team's, admins all. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly policies: PoliciesRepository,
    private readonly users: UsersRepository,
  ) {}

  list(): Promise<PolicyResponse[]> {
    return this.policies.list();
  }

  async get(id: number): Promise<PolicyResponse> {
    const [policy] = await this.policies.list(id);
    if (!policy) throw distributionErrors.policyNotFound(id);
    return policy;
  }

  /** @throws Problem 404 no such policy or version */
  async diff(id: number, from: number, to: number): Promise<PolicyDiffResponse> {
    const { versions } = await this.get(id);
    const rulesOf = (wanted: number): PolicyRules => {
      const found = versions.find(({ version }) => version === wanted);
      if (!found) throw distributionErrors.versionNotFound(wanted);
      return found.rules;
    };
    const [before, after] = [rulesOf(from), rulesOf(to)];
    const ids = [before, after].flatMap(({ participants = [] }) => participants.map((one) => one.agent_id));
    const names = await this.policies.namesOf(ids);
    const changes = rulesDiff(before, after, (agentId) => names.get(agentId) ?? `Agent ${agentId}`);
    return { policy_id: id, from_version: from, to_version: to, changes };
  }

  /** @throws Problem 422 rules that cannot work */
  async create(actor: Actor, dto: NewPolicyDto): Promise<PolicyResponse> {
    const managerId = actor.role === UserRole.MANAGER ? actor.id : (dto.manager_id ?? null);
    if (actor.role === UserRole.MANAGER && dto.manager_id && dto.manager_id !== actor.id)
      throw distributionErrors.notYourPolicy();
    const rules = await this.check(managerId, dto);
    const id = await this.transactions.run(async (tx) => {
      if (managerId !== null && !(await this.users.isActiveManager(tx, managerId)))
        throw userErrors.notAManager(managerId);
      const made = await this.policies.add(tx, { name: dto.name, managerId, position: dto.position ?? 0 });
      await this.policies.addVersion(tx, made, rules, dto.note ?? null, actor.id);
      return made;
    });
    return this.get(id);
  }

  /** A draft: nothing changes until it is activated. */
  async addVersion(actor: Actor, id: number, dto: NewVersionDto): Promise<PolicyResponse> {
    const policy = await this.policies.find(id);
    if (!policy) throw distributionErrors.policyNotFound(id);
    assertMayChange(actor, policy);
    const rules = await this.check(policy.managerId, dto);
    return this.change(actor, id, (tx) =>
      this.policies.addVersion(tx, id, rules, dto.note ?? null, actor.id),
    );
  }

  activate(actor: Actor, id: number, version: number): Promise<PolicyResponse> {
    return this.change(actor, id, async (tx, policy) => {
      const wanted = await this.requireVersion(tx, policy, version);
      if (wanted.id === policy.activeVersionId) throw distributionErrors.alreadyInForce(version);
      await this.assertMayTake(tx, actor, policy, wanted);
      await this.policies.putInForce(tx, policy, wanted, 'activated', actor.id);
    });
  }

  schedule(actor: Actor, id: number, version: number, at: Date): Promise<PolicyResponse> {
    if (at <= new Date())
      throw validationProblem([{ field: 'at', code: 'in_the_past', message: 'must be in the future' }]);
    return this.change(actor, id, async (tx, policy) => {
      const wanted = await this.requireVersion(tx, policy, version);
      if (wanted.id === policy.activeVersionId) throw distributionErrors.alreadyInForce(version);
      await this.assertMayTake(tx, actor, policy, wanted);
      await this.policies.schedule(tx, policy, wanted, at, actor.id);
    });
  }

  /** Back to the version that was in force before. */
  rollBack(actor: Actor, id: number): Promise<PolicyResponse> {
    return this.change(actor, id, async (tx, policy) => {
      const wanted = await this.policies.previousVersion(tx, policy);
      if (!wanted) throw distributionErrors.nothingToRollBackTo();
      await this.assertMayTake(tx, actor, policy, wanted);
      await this.policies.putInForce(tx, policy, wanted, 'rolled_back', actor.id);
    });
  }

  deactivate(actor: Actor, id: number): Promise<PolicyResponse> {
    return this.change(actor, id, async (tx, policy) => {
      if (policy.isDefault) throw distributionErrors.defaultStays();
      await this.policies.putInForce(tx, policy, null, 'deactivated', actor.id);
    });
  }

  async delete(actor: Actor, id: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      const policy = await this.lock(tx, actor, id);
      if (policy.isDefault) throw distributionErrors.defaultStays();
      if (policy.activeVersionId !== null) throw distributionErrors.policyInForce();
      await this.policies.delete(tx, id);
    });
  }

  /** Puts scheduled versions into force whose time has come. @returns how many */
  activateDue(now: Date): Promise<number> {
    return this.transactions.run(async (tx) => {
      let activated = 0;
      for (const version of await this.policies.due(tx, now)) {
        const policy = await this.policies.lock(tx, version.policyId);
        const current = await this.policies.versionById(tx, version.id);
        // Another instance was faster, or the policy is gone.
        if (!policy || !current?.activateAt) continue;
        await this.policies.putInForce(tx, policy, version, 'activated', null);
        activated++;
      }
      return activated;
    });
  }

  /** @throws Problem 422 with everything that is wrong */
  async check(
    managerId: number | null,
    { rules, accept_overload }: { rules: PolicyRulesDto; accept_overload?: boolean },
  ): Promise<PolicyRules> {
    const faults = faultsInRules(rules, await this.policies.knownAgents(managerId), accept_overload ?? false);
    if (faults.length > 0) throw validationProblem(faults);
    return instanceToPlain(rules, { exposeUnsetFields: false }) as PolicyRules;
  }

  private async change(
    actor: Actor,
    id: number,
    work: (tx: Transaction, policy: Policy) => Promise<void>,
  ): Promise<PolicyResponse> {
    await this.transactions.run(async (tx) => work(tx, await this.lock(tx, actor, id)));
    return this.get(id);
  }

  private async lock(tx: Transaction, actor: Actor, id: number): Promise<Policy> {
    const policy = await this.policies.lock(tx, id);
    if (!policy) throw distributionErrors.policyNotFound(id);
    assertMayChange(actor, policy);
    return policy;
  }

  private async requireVersion(tx: Transaction, policy: Policy, version: number): Promise<PolicyVersion> {
    const found = await this.policies.version(tx, policy.id, version);
    if (!found) throw distributionErrors.versionNotFound(version);
    return found;
  }

  /** A manager may change how the team's leads are given out, not take leads from others. */
  private async assertMayTake(
    tx: Transaction,
    actor: Actor,
    policy: Policy,
    wanted: PolicyVersion,
  ): Promise<void> {
    if (actor.role === UserRole.ADMIN) return;
    const current = await this.policies.versionById(tx, policy.activeVersionId);
    if (!current || !isDeepStrictEqual(current.rules.leads ?? {}, wanted.rules.leads ?? {}))
      throw distributionErrors.scopeNeedsAdmin();
  }
}

/** @throws Problem 403 */
export function assertMayChange(actor: Actor, policy: Pick<Policy, 'managerId'>): void {
  if (actor.role !== UserRole.ADMIN && policy.managerId !== actor.id)
    throw distributionErrors.notYourPolicy();
}
