import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { AgesDto, StuckLeadDto } from './dto/pipeline.dto.js';
import { openNow, openThen } from './open-leads.sql.js';
import { LEADS_WITHIN, parametersOf, TODAY } from './report.sql.js';
import { ReportScope } from './report-scope.js';

/** Names of the ages of open leads, with their first and last day. */
export const AGES = [
  ['0-2', 0, 2],
  ['3-6', 3, 6],
  ['7-13', 7, 13],
  ['14-29', 14, 29],
  ['30-59', 30, 59],
  ['60+', 60, 1_000_000],
] as const;

/** Open leads that wait. Days are those of the report's calendar. */
@Injectable()
export class StuckLeadsRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** The longest stuck first. */
  list(scope: ReportScope, days: number, limit: number): Promise<StuckLeadDto[]> {
    return this.reads.query(STUCK, [...parametersOf(scope), days, limit]);
  }

  /** @param isNow of the leads that are open now, else of those that were when the scope's days ended */
  async ages(scope: ReportScope, days: number, isNow: boolean): Promise<AgesDto> {
    const [row] = await this.reads.query<[AgesDto]>(
      `WITH ${(isNow ? openNow : openThen)(scope)}, buckets (days, low, high) AS (
         VALUES ${AGES.map(([name, low, high]) => `('${name}', ${low}, ${high})`).join(', ')}
       ), counted AS (
         SELECT b.days, b.low, coalesce(sum(o.leads), 0)::int AS leads
           FROM buckets b LEFT JOIN open o ON o.age BETWEEN b.low AND b.high GROUP BY b.days, b.low
       )
       SELECT (SELECT coalesce(sum(leads), 0)::int FROM open WHERE age >= $8) AS total,
              jsonb_agg(jsonb_build_object('days', days, 'leads', leads) ORDER BY low) AS ages FROM counted`,
      [...parametersOf(scope), days],
    );
    return row;
  }
}

/** The last stage of a lead is open exactly when these are its statuses; the index on open stages says the same. */
const STUCK = `
  SELECT l.id AS lead_id, l.practice_name, l.status, l.assigned_user_id AS agent_id, u.full_name AS agent_name,
         ${TODAY} - (s.entered_at AT TIME ZONE $1)::date AS days_in_stage, l.last_contact_date
    FROM lead_stages s JOIN leads l ON l.id = s.lead_id LEFT JOIN users u ON u.id = l.assigned_user_id
   WHERE s.left_at IS NULL AND s.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED') AND ${LEADS_WITHIN}
     AND s.entered_at < (${TODAY} - $8::int + 1)::timestamp AT TIME ZONE $1 AND $2::date <= $3::date
   ORDER BY s.entered_at, l.id LIMIT $9`;
