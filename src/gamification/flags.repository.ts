import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { FlaggedLeadDto } from './dto/flags.dto.js';

/** Leads whose course could be made up for points. */
@Injectable()
export class FlagsRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** @param managerId whose agents alone; null for all. Newest first. */
  list(managerId: number | null, limit: number): Promise<FlaggedLeadDto[]> {
    return this.reads.query(
      `WITH flagged AS (
         SELECT s.lead_id, s.agent_id, s.status, s.entered_at, array_remove(s.warnings, 'no_deal_value')
                || CASE WHEN s.status = 'CLOSED_WON' AND first.agent_id = s.agent_id
                             AND l.source IN ('manual_entry', 'api_manual_entry')
                        THEN '{entered_and_won_by_the_same_agent}'::text[] ELSE '{}' END AS flags
           FROM lead_stages s
           JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
           LEFT JOIN lead_stages first ON first.lead_id = s.lead_id AND first.from_status IS NULL AND first.id < s.id
          WHERE s.left_at IS NULL
       )
       SELECT f.lead_id, l.practice_name, f.agent_id, u.full_name AS agent_name, f.status, f.entered_at AS at, f.flags
         FROM flagged f JOIN leads l ON l.id = f.lead_id LEFT JOIN users u ON u.id = f.agent_id
        WHERE cardinality(f.flags) > 0 AND ($1::int IS NULL OR u.manager_id = $1)
        ORDER BY f.entered_at DESC, f.lead_id LIMIT $2`,
      [managerId, limit],
    );
  }
}
