import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE, PageQuery } from '../common/page.query.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { ChangeSource, LeadSource } from '../enums/index.js';
import {
  FieldOrigin,
  FieldProvenanceDto,
  LeadHistoryEntryDto,
  LeadHistoryResponse,
} from './dto/lead-list.response.js';
import { LEAD_FIELD_NAMES } from './fields/lead-field-names.js';

/** The field-level history of a lead and of those that were merged into it, newest first. */
@Injectable()
export class LeadHistoryRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async page(leadId: number, query: PageQuery): Promise<LeadHistoryResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const skip = query.skip ?? 0;
    const rows = await this.reads.query<LeadHistoryEntryDto[]>(PAGE, [
      leadId,
      query.cursor ? lastIdOf(query.cursor) : LARGEST_BIGINT,
      limit + 1,
      skip,
    ]);
    const history = rows.slice(0, limit);
    const last = history.at(-1);
    return { history, next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null };
  }

  /** Where each field that has a value, or once had one, has it from. What a person set no registry changes. */
  async provenance(leadId: number): Promise<FieldProvenanceDto[]> {
    const rows = await this.reads.query<(Omit<FieldProvenanceDto, 'origin'> & { source: string })[]>(
      PROVENANCE,
      [leadId, LEAD_FIELD_NAMES],
    );
    return rows.map(({ source, ...field }) => ({ ...field, origin: ORIGINS[source] ?? 'person' }));
  }
}

const PROVENANCE = `
  SELECT f.field, coalesce(h.source, l.source) AS source, coalesce(h.changed_at, l.created_at) AS at, h.reason,
         CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('id', u.id, 'full_name', u.full_name) END AS actor
    FROM leads l
   CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS f (field, place)
    LEFT JOIN LATERAL (
      SELECT h.* FROM lead_history h WHERE h.lead_id = l.id AND h.field = f.field ORDER BY h.id DESC LIMIT 1) h ON true
    LEFT JOIN users u ON u.id = h.actor_id
   WHERE l.id = $1 AND (h.id IS NOT NULL OR to_jsonb(l) -> f.field <> 'null') ORDER BY f.place`;

/** By what made the last change of a field; without one by where the lead came from. */
const ORIGINS: Readonly<Record<string, FieldOrigin>> = {
  [ChangeSource.REGISTRY]: 'registry',
  [ChangeSource.IMPORT]: 'import',
  [ChangeSource.ADOPTION]: 'import',
  [LeadSource.NPPES_EXTRACTION]: 'registry',
  [LeadSource.RECYCLED]: 'import',
  [LeadSource.MARKETING]: 'import',
};

/**
 * The newest of each lead, by its index, and of these the newest: left to itself the planner may walk through the history
 * of all leads. That a lead was merged says the history of the other one.
 */
const PAGE = `
  WITH RECURSIVE family AS (
    SELECT $1::int AS id UNION SELECT l.id FROM leads l JOIN family f ON l.merged_into_id = f.id
  )
  SELECT h.id, h.lead_id, h.field, h.old_value, h.new_value, h.source, h.reason, h.version, h.changed_at,
         CASE WHEN u.id IS NULL THEN NULL ELSE jsonb_build_object('id', u.id, 'full_name', u.full_name) END AS actor
    FROM family f
   CROSS JOIN LATERAL (
     SELECT * FROM lead_history h WHERE h.lead_id = f.id AND h.id < $2
        AND (h.lead_id = $1 OR h.field NOT IN ('deleted_at', 'merged_into_id'))
      ORDER BY h.id DESC LIMIT $3::int + $4::int) h
    LEFT JOIN users u ON u.id = h.actor_id
   ORDER BY h.id DESC LIMIT $3 OFFSET $4`;

const LARGEST_BIGINT = '9223372036854775807';

function lastIdOf(cursor: string): string {
  const { id } = decodeCursor(cursor);
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id)) throw invalidCursor();
  return id;
}
