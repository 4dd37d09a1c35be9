import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE, PageQuery } from '../common/page.query.js';
import { LeadHistoryEntryDto, LeadHistoryResponse } from './dto/lead-list.response.js';

/** The field-level history of a lead, newest first. */
@Injectable()
export class LeadHistoryRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page(leadId: number, query: PageQuery): Promise<LeadHistoryResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await this.dataSource.query<LeadHistoryEntryDto[]>(
      `SELECT h.id, h.field, h.old_value, h.new_value, h.source, h.reason, h.version, h.changed_at,
              CASE WHEN u.id IS NULL THEN NULL ELSE jsonb_build_object('id', u.id, 'full_name', u.full_name) END AS actor
         FROM lead_history h LEFT JOIN users u ON u.id = h.actor_id
        WHERE h.lead_id = $1 AND h.id < $2
        ORDER BY h.id DESC LIMIT $3 OFFSET $4`,
      [leadId, query.cursor ? lastIdOf(query.cursor) : LARGEST_BIGINT, limit + 1, query.skip ?? 0],
    );
    const history = rows.slice(0, limit);
    const last = history.at(-1);
    return { history, next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null };
  }
}

const LARGEST_BIGINT = '9223372036854775807';

function lastIdOf(cursor: string): string {
  const { id } = decodeCursor(cursor);
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id)) throw invalidCursor();
  return id;
}
