import { Injectable } from '@nestjs/common';
import { Statement } from '../database/statement.js';
import { Transaction } from '../database/transaction-runner.js';
import { Outbox } from '../outbox/outbox.js';
import { ChangeContext } from './leads.repository.js';

/** Gives many waiting leads to agents by one statement, however many: with their history and their facts. */
@Injectable()
export class LeadOwnersRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * A lead that is not waiting any more, because somebody else was faster, is left as it is. Recycled leads become new ones,
   * as in `assignment`.
   *
   * @returns ids of the leads that were given out
   */
  async giveOut(
    tx: Transaction,
    leadIds: number[],
    agentIds: number[],
    context: ChangeContext,
  ): Promise<number[]> {
    if (leadIds.length === 0) return [];
    const statement = new Statement();
    this.addGiveOut(tx, statement, leadIds, agentIds, context);
    const rows = await statement.run<{ id: number }>(tx, 'SELECT id FROM moved', leadIds.length === 1);
    return rows.map(({ id }) => id);
  }

  /**
   * The same as parts of a statement that does more; the leads that were given out are the rows of `moved`.
   *
   * @param returnAt when each lead goes back if nobody touches it; null where it is not known yet
   */
  addGiveOut(
    tx: Transaction,
    statement: Statement,
    leadIds: number[],
    agentIds: number[],
    { actorId, source, reason }: ChangeContext,
    returnAt: (Date | null)[] = leadIds.map(() => null),
  ): void {
    const [by, actor] = [statement.value(source, 'text'), statement.value(actorId, 'int')];
    const why = statement.value(reason ?? null, 'text');
    statement
      .with(
        'moved',
        `UPDATE leads l SET assigned_user_id = w.agent_id, assigned_at = clock_timestamp(),
                status = CASE WHEN l.status = 'RECYCLED' THEN 'NEW' ELSE l.status END,
                recycling_eligible_at = w.return_at, version = l.version + 1, updated_at = clock_timestamp()
           FROM unnest(${statement.value(leadIds, 'int[]')}, ${statement.value(agentIds, 'int[]')},
                       ${statement.value(returnAt, 'timestamptz[]')}) AS w (lead_id, agent_id, return_at)
           JOIN leads before ON before.id = w.lead_id
          WHERE l.id = w.lead_id AND l.deleted_at IS NULL AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST')
            AND (l.assigned_user_id IS NULL OR l.status = 'RECYCLED')
          RETURNING l.id, l.version, l.updated_at, w.agent_id,
                    before.assigned_user_id AS from_agent, before.status AS from_status`,
      )
      .with(
        'moved_history',
        `INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
         SELECT id, version, 'assigned_user_id', to_jsonb(from_agent), to_jsonb(agent_id), ${by}, ${actor}, ${why}, updated_at
           FROM moved
          UNION ALL
         SELECT id, version, 'status', to_jsonb(from_status), '"NEW"'::jsonb, ${by}, ${actor}, ${why}, updated_at
           FROM moved WHERE from_status = 'RECYCLED'`,
      );
    this.outbox.addFrom(
      tx,
      statement,
      'moved_facts',
      `SELECT 'lead.assigned', jsonb_build_object('from', from_agent, 'to', agent_id), ${actor}, id, version FROM moved`,
    );
  }
}
