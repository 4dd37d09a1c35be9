import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { isoTime } from '../database/iso-time.sql.js';
import type { Transaction } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { PolicyResponse } from './dto/policy.response.js';
import { Policy, PolicyEvent, PolicyVersion } from './policy.entity.js';
import { KnownAgent } from './rules/policy-check.js';
import { PolicyRules } from './rules/policy-rules.js';

export type PolicyAction = 'activated' | 'scheduled' | 'rolled_back' | 'deactivated';

/** Policies and their versions; versions are only ever added. */
@Injectable()
export class PoliciesRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditTrail,
  ) {}

  /** In the order in which leads go by them. @param id only this one */
  list(id?: number): Promise<PolicyResponse[]> {
    return this.dataSource.query(
      `SELECT p.id, p.name, p.manager_id, p.position, p.is_default, a.version AS active_version,
              (SELECT json_agg(json_build_object('version', v.version, 'rules', v.rules, 'note', v.note,
                        'activate_at', ${isoTime('v.activate_at')}, 'created_by', v.created_by,
                        'created_at', ${isoTime('v.created_at')},
                        'state', CASE WHEN v.id = p.active_version_id THEN 'active'
                                      WHEN v.activate_at IS NOT NULL THEN 'scheduled'
                                      WHEN EXISTS (SELECT 1 FROM distribution_policy_events e
                                                    WHERE e.version_id = v.id AND e.action IN ('activated', 'rolled_back'))
                                        THEN 'retired'
                                      ELSE 'draft' END) ORDER BY v.version DESC)
                 FROM distribution_policy_versions v WHERE v.policy_id = p.id) AS versions,
              (SELECT coalesce(json_agg(json_build_object('action', e.action, 'version', v.version,
                        'from_version', f.version, 'actor_id', e.actor_id, 'occurred_at', ${isoTime('e.occurred_at')})
                        ORDER BY e.id DESC), '[]')
                 FROM distribution_policy_events e
                 LEFT JOIN distribution_policy_versions v ON v.id = e.version_id
                 LEFT JOIN distribution_policy_versions f ON f.id = e.from_version_id
                WHERE e.policy_id = p.id) AS events
         FROM distribution_policies p LEFT JOIN distribution_policy_versions a ON a.id = p.active_version_id
        WHERE p.deleted_at IS NULL AND ($1::int IS NULL OR p.id = $1)
        ORDER BY p.is_default, p.position, p.id`,
      [id ?? null],
    );
  }

  find(id: number): Promise<Policy | null> {
    return this.dataSource.manager.findOneBy(Policy, { id, deletedAt: IsNull() });
  }

  lock(tx: Transaction, id: number): Promise<Policy | null> {
    return tx.findOne(Policy, {
      where: { id, deletedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async add(tx: Transaction, policy: Pick<Policy, 'name' | 'managerId' | 'position'>): Promise<number> {
    const { id } = await tx.save(Policy, tx.create(Policy, policy));
    return id;
  }

  /** The caller holds the policy, or has just made it. */
  async addVersion(
    tx: Transaction,
    policyId: number,
    rules: PolicyRules,
    note: string | null,
    createdBy: number,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO distribution_policy_versions (policy_id, version, rules, note, created_by)
       SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4 FROM distribution_policy_versions WHERE policy_id = $1`,
      [policyId, JSON.stringify(rules), note, createdBy],
    );
  }

  version(tx: Transaction, policyId: number, version: number): Promise<PolicyVersion | null> {
    return tx.findOneBy(PolicyVersion, { policyId, version });
  }

  versionById(tx: Transaction, id: number | null): Promise<PolicyVersion | null> {
    return id === null ? Promise.resolve(null) : tx.findOneBy(PolicyVersion, { id });
  }

  /** Puts a version into force, or none, and says so in the log. */
  async putInForce(
    tx: Transaction,
    policy: Policy,
    version: PolicyVersion | null,
    action: PolicyAction,
    actorId: number | null,
  ): Promise<void> {
    await tx.update(Policy, { id: policy.id }, { activeVersionId: version?.id ?? null });
    if (version) await tx.update(PolicyVersion, { id: version.id }, { activateAt: null });
    await this.log(tx, policy, version, action, actorId);
  }

  async schedule(
    tx: Transaction,
    policy: Policy,
    version: PolicyVersion,
    at: Date,
    actorId: number,
  ): Promise<void> {
    await tx.update(PolicyVersion, { id: version.id }, { activateAt: at });
    await this.log(tx, policy, version, 'scheduled', actorId);
  }

  /** The version that was in force before the present one. */
  async previousVersion(tx: Transaction, policy: Policy): Promise<PolicyVersion | null> {
    const [event] = await tx.query<{ from_version_id: number }[]>(
      `SELECT from_version_id FROM distribution_policy_events
        WHERE policy_id = $1 AND version_id = $2 AND from_version_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
      [policy.id, policy.activeVersionId],
    );
    return this.versionById(tx, event?.from_version_id ?? null);
  }

  due(tx: Transaction, now: Date): Promise<PolicyVersion[]> {
    return tx.find(PolicyVersion, {
      where: { activateAt: LessThanOrEqual(now) },
      order: { activateAt: 'ASC' },
    });
  }

  async delete(tx: Transaction, id: number): Promise<void> {
    await tx.update(Policy, { id }, { deletedAt: new Date() });
  }

  /** Of agents who may have left. */
  async namesOf(agentIds: number[]): Promise<Map<number, string>> {
    const rows = await this.dataSource.query<{ id: number; full_name: string }[]>(
      'SELECT id, full_name FROM users WHERE id = ANY ($1)',
      [agentIds],
    );
    return new Map(rows.map(({ id, full_name }) => [id, full_name]));
  }

  /** @param managerId limits it to a team */
  async knownAgents(managerId: number | null): Promise<Map<number, KnownAgent>> {
    const rows = await this.dataSource.query<KnownAgent[]>(
      `SELECT u.id, u.username, (SELECT count(*)::int FROM leads l WHERE l.assigned_user_id = u.id
                AND l.deleted_at IS NULL AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')) AS load,
              coalesce(k.languages, '{}') AS languages, coalesce(k.specialties, '{}') AS specialties
         FROM users u LEFT JOIN distribution_agent_skills k ON k.agent_id = u.id
        WHERE u.role = 'agent' AND u.is_active AND ($1::int IS NULL OR u.manager_id = $1) ORDER BY u.id`,
      [managerId],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async log(
    tx: Transaction,
    policy: Policy,
    version: PolicyVersion | null,
    action: PolicyAction,
    actorId: number | null,
  ): Promise<void> {
    await tx.insert(PolicyEvent, {
      policyId: policy.id,
      action,
      versionId: version?.id ?? null,
      fromVersionId: policy.activeVersionId,
      actorId,
    });
    await this.audit.record(tx, {
      action: AuditAction.POLICY_CHANGED,
      actor: { id: actorId },
      subject: { type: 'policy', id: policy.id },
      details: { change: action, version: version?.version ?? null },
    });
  }
}
