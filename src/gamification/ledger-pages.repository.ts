import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { LedgerEntryDto, LedgerQuery, LedgerResponse } from './dto/ledger.dto.js';
import { POINT_RULE_LABELS } from './point-rules.js';

const LARGEST_BIGINT = '9223372036854775807';
const NOTES: Readonly<Record<string, string>> = {
  repeat: 'the same was done about this lead shortly before',
  daily_cap: "the rule's cap for the day was reached",
  reversed: 'taken back: undone, reopened or deleted',
  reinstated: 'given again',
};

/** Why somebody has the points they have. */
@Injectable()
export class LedgerPagesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async page(userId: number, query: LedgerQuery): Promise<LedgerResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const filter = [userId, query.from ?? null, query.to ?? null, query.rule ?? null];
    const [rows, [sum]] = await Promise.all([
      this.reads.query<Omit<LedgerEntryDto, 'explanation'>[]>(
        `SELECT e.id, e.points, e.rule, e.rule_version, e.note, e.lead_id, l.practice_name, e.source_type, e.source_id,
                e.occurred_at, e.recorded_at
           FROM point_entries e LEFT JOIN leads l ON l.id = e.lead_id
          WHERE ${FILTER} AND e.id < $5 ORDER BY e.id DESC LIMIT $6`,
        [...filter, query.cursor ? lastIdOf(query.cursor) : LARGEST_BIGINT, limit + 1],
      ),
      this.reads.query<[{ total: number }]>(
        `SELECT coalesce(sum(points), 0)::int AS total FROM point_entries e WHERE ${FILTER}`,
        filter,
      ),
    ]);
    const entries = rows.slice(0, limit).map((row) => ({ ...row, explanation: explain(row) }));
    const last = entries.at(-1);
    return {
      total_points: sum.total,
      entries,
      next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null,
    };
  }
}

const FILTER = `e.user_id = $1 AND ($2::date IS NULL OR e.day >= $2) AND ($3::date IS NULL OR e.day <= $3)
  AND ($4::text IS NULL OR e.rule = $4)`;

function explain({ rule, points, note }: Omit<LedgerEntryDto, 'explanation'>): string {
  const why = note ? `, ${NOTES[note] ?? note}` : '';
  return `${POINT_RULE_LABELS[rule]}: ${points} ${Math.abs(points) === 1 ? 'point' : 'points'}${why}`;
}

function lastIdOf(cursor: string): string {
  const { id } = decodeCursor(cursor);
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id)) throw invalidCursor();
  return id;
}
