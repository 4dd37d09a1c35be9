import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { LeadBrief } from './dto/waiting.dto.js';
import { IN_POOL, MAX_TIMES_RECYCLED, QUARANTINED, WAITING } from './pool-state.sql.js';

export interface PoolCounts {
  by_priority: Record<string, number>;
  total: number;
  quarantined: number;
  do_not_contact: number;
}

/** Leads that nobody has, as lists and counts of them need them. */
@Injectable()
export class WaitingRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** In the order of the ids. */
  cards(ids: number[]): Promise<(LeadBrief & { since: Date })[]> {
    return this.dataSource.query(
      `SELECT l.id, l.practice_name, l.owner_name, l.city, l.state, l.specialties, l.score, l.priority, l.status, l.source,
              l.times_recycled, l.previous_agents, l.created_at,
              coalesce((SELECT max(h.changed_at) FROM lead_history h
                         WHERE h.lead_id = l.id AND h.field = 'assigned_user_id'), l.created_at) AS since
         FROM unnest($1::int[]) WITH ORDINALITY AS w (id, place) JOIN leads l ON l.id = w.id ORDER BY w.place`,
      [ids],
    );
  }

  /** Of the whole pool. */
  async counts(): Promise<PoolCounts> {
    const [row] = await this.dataSource.query<[PoolCounts]>(
      `WITH asks AS MATERIALIZED (${MAX_TIMES_RECYCLED}),
            pool AS (SELECT l.priority, ${QUARANTINED} AS is_quarantined, (${WAITING}) AS is_waiting FROM leads l WHERE ${IN_POOL}),
            counted AS (SELECT priority, count(*) FILTER (WHERE is_waiting)::int AS waiting,
                               count(*) FILTER (WHERE is_quarantined)::int AS quarantined,
                               count(*) FILTER (WHERE NOT is_waiting AND NOT is_quarantined)::int AS closed
                          FROM pool GROUP BY 1)
       SELECT coalesce(json_object_agg(priority, waiting) FILTER (WHERE waiting > 0), '{}') AS by_priority,
              coalesce(sum(waiting), 0)::int AS total, coalesce(sum(quarantined), 0)::int AS quarantined,
              coalesce(sum(closed), 0)::int AS do_not_contact
         FROM counted`,
    );
    return row;
  }

  /** Those of the leads that are in quarantine, taken for this transaction. */
  async lockQuarantined(tx: Transaction, ids: number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `WITH asks AS MATERIALIZED (${MAX_TIMES_RECYCLED})
       SELECT l.id FROM leads l WHERE l.id = ANY ($1) AND ${IN_POOL} AND ${QUARANTINED} ORDER BY l.id FOR UPDATE OF l`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }
}
