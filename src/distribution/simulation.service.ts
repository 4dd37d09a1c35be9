import { Injectable } from '@nestjs/common';
import { validationProblem } from '../common/problem.js';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { distributionErrors } from './distribution.errors.js';
import { SimulateDto, SimulationResponse } from './dto/simulation.dto.js';
import { PoolPolicy, PoolState } from './plan/pool-state.js';
import { rehearse } from './plan/rehearsal.js';
import { PoliciesService } from './policies.service.js';
import { PoolStateRepository } from './pool-state.repository.js';
import { PolicyRules, withDefaults } from './rules/policy-rules.js';

/** Leads that a rehearsal looks at, at most: of the pool, and of a period, which is dealt one by one. */
const POOL_LEADS = 100_000;
const PERIOD_LEADS = 20_000;

/** Rehearses rules beside those in force. Only reads. */
@Injectable()
export class SimulationService {
  constructor(
    private readonly policies: PoliciesService,
    private readonly pool: PoolStateRepository,
  ) {}

  /** @throws Problem 403 another team's policy, 404 no such policy or version, 422 rules that cannot work */
  async simulate(actor: Actor, dto: SimulateDto): Promise<SimulationResponse> {
    const all = await this.policies.list();
    const policy = all.find(({ id, is_default }) => (dto.policy_id ? id === dto.policy_id : is_default));
    if (!policy) throw distributionErrors.policyNotFound(dto.policy_id ?? 0);
    if (actor.role !== UserRole.ADMIN && policy.manager_id !== null && policy.manager_id !== actor.id)
      throw distributionErrors.notYourPolicy();
    const rules = await this.rulesOf(dto, policy.manager_id, policy.versions);
    const limit = dto.period ? PERIOD_LEADS : POOL_LEADS;
    const { state, leads, holidays } = await this.pool.read(undefined, {
      limit: limit + 1,
      isLocking: false,
      alsoAsks: {
        wins: true,
        ...((rules.per_day ?? rules.per_hour) ? { caps: true } : {}),
        ...(rules.sticky?.includes('ein') ? { ein: true } : {}),
        ...(rules.sticky?.includes('owner_phone') ? { phone: true } : {}),
      },
      period: dto.period,
    });
    const looked = leads.slice(0, limit);
    const draft = structuredClone(state);
    const place: PoolPolicy = {
      id: policy.id,
      versionId: null,
      name: policy.name,
      managerId: policy.manager_id,
      servedLast: 0,
      candidatesOfLast: null,
      deviations: new Map(),
      ...draft.policies.find(({ id }) => id === policy.id),
      rules: withDefaults({ ...rules, holidays: [...holidays, ...(rules.holidays ?? [])] }),
    };
    const order = all.map(({ id }) => id);
    draft.policies = [...draft.policies.filter(({ id }) => id !== policy.id), place].sort(
      (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
    );
    const isPast = dto.period !== undefined;
    if (isPast) for (const one of [state, draft]) forgetPresent(one);
    return {
      policy_id: policy.id,
      leads: looked.length,
      is_truncated: leads.length > limit,
      active: rehearse(state, policy.id, looked, isPast),
      draft: rehearse(draft, policy.id, looked, isPast),
    };
  }

  private async rulesOf(
    { rules, version }: SimulateDto,
    managerId: number | null,
    versions: { version: number; rules: PolicyRules }[],
  ): Promise<PolicyRules> {
    if ((rules === undefined) === (version === undefined))
      throw validationProblem([
        { field: 'rules', code: 'rules_or_version', message: 'must be given, or else a version' },
      ]);
    // Whoever rehearses sees what a low target would do: that is no reason to refuse.
    if (rules) return this.policies.check(managerId, { rules, accept_overload: true });
    const found = versions.find((one) => one.version === version);
    if (!found) throw distributionErrors.versionNotFound(version ?? 0);
    return found.rules;
  }
}

/** More leads than anybody gets in a rehearsal. */
const WITHOUT_TARGET = 1_000_000;

/** How many leads everybody had then is not known: a past period begins with nobody having any, without a target. */
function forgetPresent(state: PoolState): void {
  for (const agent of state.agents.values()) Object.assign(agent, { load: 0, today: 0, thisHour: 0 });
  for (const policy of state.policies) {
    policy.deviations.clear();
    policy.candidatesOfLast = null;
    const participants = policy.rules.participants.map((one) => ({ ...one, target_active: undefined }));
    // Whatever came by night was called the next morning.
    policy.rules = { ...policy.rules, participants, target_active: WITHOUT_TARGET, call_window: null };
  }
}
