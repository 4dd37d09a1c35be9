import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { TIMELINE_KINDS, TimelineEntryDto, TimelineQuery, TimelineResponse } from './dto/timeline.dto.js';

/** Everything that happened to a lead in one list, newest first. */
@Injectable()
export class TimelineRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /** @throws Problem 422 when the cursor is none of this list */
  async page(leadId: number, query: TimelineQuery): Promise<TimelineResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const position = query.cursor ? readPosition(query.cursor) : { at: 'infinity', kind: '', id: '0' };
    const rows = await this.reads.query<(TimelineEntryDto & { place: Position })[]>(PAGE, [
      leadId,
      position.at,
      position.kind,
      position.id,
      limit + 1,
      query.skip ?? 0,
      query.kind?.length ? query.kind : TIMELINE_KINDS,
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      entries: page.map(({ place: _, ...entry }) => entry),
      next_cursor: rows.length > limit && last ? encodeCursor({ ...last.place }) : null,
    };
  }
}

/** The last row's time with its microseconds, the table it is of, and its id. */
interface Position {
  at: string;
  kind: string;
  id: string;
}

function readPosition(cursor: string): Position {
  const { at, kind, id } = decodeCursor(cursor);
  const isTime = typeof at === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(at);
  if (!isTime || typeof kind !== 'string' || typeof id !== 'string' || !/^\d{1,18}$/.test(id))
    throw invalidCursor();
  return { at, kind, id };
}

const TIME = (expression: string) =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const BEFORE = (at: string, kind: string, id: string) =>
  `(${at}, '${kind}', ${id}::bigint) < ($2::timestamptz, $3::text, $4::bigint)`;

const KIND_OF_CHANGE = `CASE h.field WHEN 'status' THEN 'status' WHEN 'assigned_user_id' THEN 'assignment' ELSE 'field' END`;

/** Each part reads no more than a page; a field's history, statuses and assignments are rows of one table. */
const PAGE = `
  WITH happened AS (
    (SELECT 'activity' AS part, 'activity' AS kind, a.id::bigint AS id, a.created_at AS at, a.user_id AS actor_id,
            jsonb_build_object('id', a.id, 'lead_id', a.lead_id, 'user_id', a.user_id, 'activity_type', a.activity_type,
              'subject', a.subject, 'description', a.description, 'outcome', a.outcome,
              'duration_minutes', a.duration_minutes, 'scheduled_at', ${TIME('a.scheduled_at')},
              'completed_at', ${TIME('a.completed_at')}, 'created_at', ${TIME('a.created_at')}) AS activity,
            NULL::jsonb AS change
       FROM activities a
      WHERE a.lead_id = $1 AND a.undone_at IS NULL AND 'activity' = ANY ($7::text[])
        AND ${BEFORE('a.created_at', 'activity', 'a.id')}
      ORDER BY a.created_at DESC, a.id DESC LIMIT $5::int + $6::int)
    UNION ALL
    (SELECT 'history', ${KIND_OF_CHANGE},
            h.id, h.changed_at, h.actor_id, NULL,
            jsonb_build_object('field', h.field, 'old_value', h.old_value, 'new_value', h.new_value, 'reason', h.reason,
              'source', h.source)
       FROM lead_history h
      WHERE h.lead_id = $1 AND ${KIND_OF_CHANGE} = ANY ($7) AND ${BEFORE('h.changed_at', 'history', 'h.id')}
      ORDER BY h.changed_at DESC, h.id DESC LIMIT $5::int + $6::int)
    UNION ALL
    (SELECT 'created', 'created', l.id::bigint, l.created_at, NULL, NULL, NULL FROM leads l
      WHERE l.id = $1 AND 'created' = ANY ($7) AND ${BEFORE('l.created_at', 'created', 'l.id')})
  )
  SELECT p.kind, p.id::text AS id, p.at, p.activity, p.change,
         CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('id', u.id, 'full_name', u.full_name) END AS actor,
         jsonb_build_object('at', p.at::text, 'kind', p.part, 'id', p.id::text) AS place
    FROM happened p LEFT JOIN users u ON u.id = p.actor_id
   ORDER BY p.at DESC, p.part DESC, p.id DESC LIMIT $5 OFFSET $6`;
