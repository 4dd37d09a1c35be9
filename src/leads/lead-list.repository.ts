import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { entityColumns } from '../database/row-hydrator.js';
import { Actor } from '../users/actor.js';
import { PHONE_IS_CLOSED } from './do-not-contact.sql.js';
import { ListLeadsQuery } from './dto/list-leads.query.js';
import { Lead } from './lead.entity.js';
import { visibleOwner } from './lead.policy.js';
import { hasLetters, LeadConditions, leadConditions, SearchMode, searchWords } from './lead-conditions.js';
import { DEFAULT_LEAD_SORT, LeadSort, parseSort } from './lead-sort.js';

/** Up to so many leads are counted one by one; beyond, the planner's estimate is the answer. */
const COUNTED_EXACTLY = 10_000;

export interface LeadPage {
  leads: Lead[];
  total: number;
  totalIsEstimate: boolean;
  nextCursor: string | null;
}

/** Where the next page begins, and what the pages before already found out. */
interface Position {
  /** The last row's sort value as text: times keep their microseconds. */
  value: string;
  id: number;
  mode: SearchMode;
  total: number;
  estimate: boolean;
}

type LeadRow = Lead & { sortValue: string };

export interface LeadSummary {
  total_leads: number;
  new_leads: number;
  contacted_leads: number;
  high_priority: number;
  last_updated: Date | null;
}

/** Lists and counts of leads, always within what the asker may see. */
@Injectable()
export class LeadListRepository {
  private readonly columns: string;

  constructor(
    dataSource: DataSource,
    private readonly reads: ReplicaReads,
  ) {
    this.columns = entityColumns(dataSource, Lead, 'l');
  }

  /** Letter by letter first; only a search that finds nothing so is repeated with typing errors forgiven. */
  async page(actor: Actor, query: ListLeadsQuery): Promise<LeadPage> {
    const position = query.cursor ? readPosition(query) : undefined;
    if (position) return this.pageIn(actor, query, position.mode, position);
    const exact = await this.pageIn(actor, query, 'exact');
    if (exact.leads.length > 0 || !searchWords(query.q).some(hasLetters)) return exact;
    return this.pageIn(actor, query, 'similar');
  }

  async summary(actor: Actor): Promise<LeadSummary> {
    const where = leadConditions(actor, { show_all: true });
    // Of all leads both come from indexes alone; of an agent's the rows are read once, for both.
    const lastUpdated =
      visibleOwner(actor) === null
        ? '(SELECT max(updated_at) FROM leads WHERE deleted_at IS NULL)'
        : 'max(l.updated_at)';
    const [row] = await this.reads.query<LeadSummary[]>(
      `SELECT count(*)::int AS total_leads,
              count(*) FILTER (WHERE l.status = 'NEW')::int AS new_leads,
              count(*) FILTER (WHERE l.status = 'CONTACTED')::int AS contacted_leads,
              count(*) FILTER (WHERE l.priority IN ('A+', 'A'))::int AS high_priority,
              ${lastUpdated} AS last_updated
         FROM leads l WHERE ${where.toSql()}`,
      where.parameters,
    );
    return row as LeadSummary;
  }

  private async pageIn(
    actor: Actor,
    query: ListLeadsQuery,
    mode: SearchMode,
    position?: Position,
  ): Promise<LeadPage> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const sort = parseSort(query.sort ?? DEFAULT_LEAD_SORT);
    // Together: were the page to fail while the count is under way, nobody would hear of the count's failure.
    const [{ total, estimate }, rows] = await Promise.all([
      position ?? this.count(leadConditions(actor, query, mode)),
      this.rows(leadConditions(actor, query, mode), sort, limit + 1, query.skip ?? 0, position),
    ]);

    const leads = rows.slice(0, limit);
    const last = leads[limit - 1];
    const nextCursor =
      rows.length > limit && last
        ? writePosition(query, {
            value: last.sortValue,
            id: last.id,
            mode,
            total,
            estimate,
          })
        : null;
    return { leads, total: Math.max(total, leads.length), totalIsEstimate: estimate, nextCursor };
  }

  private async rows(
    where: LeadConditions,
    sort: LeadSort & { direction: 'ASC' | 'DESC' },
    limit: number,
    skip: number,
    after?: Position,
  ): Promise<LeadRow[]> {
    if (after) {
      const value = `${where.value(after.value)}::${sort.type}`;
      where.add(
        `(${sort.expression}, l.id) ${sort.direction === 'DESC' ? '<' : '>'} (${value}, ${where.value(after.id)})`,
      );
    }
    return this.reads.query<LeadRow[]>(
      `SELECT ${this.columns}, ${PHONE_IS_CLOSED}, ${sort.expression}::text AS "sortValue" FROM leads l WHERE ${where.toSql()}
        ORDER BY ${sort.expression} ${sort.direction}, l.id ${sort.direction}
        LIMIT ${where.value(limit)} OFFSET ${where.value(skip)}`,
      where.parameters,
    );
  }

  private async count(where: LeadConditions): Promise<{ total: number; estimate: boolean }> {
    const from = `FROM leads l WHERE ${where.toSql()}`;
    const [row] = await this.reads.query<{ counted: number }[]>(
      `SELECT count(*)::int AS counted FROM (SELECT 1 ${from} LIMIT ${COUNTED_EXACTLY + 1}) counted`,
      where.parameters,
    );
    const counted = row?.counted ?? 0;
    if (counted <= COUNTED_EXACTLY) return { total: counted, estimate: false };
    const [plan] = await this.reads.query<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }[]>(
      `EXPLAIN (FORMAT JSON) SELECT 1 ${from}`,
      where.parameters,
    );
    return { total: Math.max(counted, plan?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0), estimate: true };
  }
}

/** Cursors belong to the list they come from: its filters and sort, whatever the page size. */
function listKey(query: ListLeadsQuery): string {
  const { cursor: _cursor, limit: _limit, skip: _skip, ...list } = query;
  const given = Object.entries(list).filter(([, value]) => value !== undefined);
  return createHash('sha256').update(JSON.stringify(given.sort())).digest('base64url').slice(0, 16);
}

function writePosition(query: ListLeadsQuery, position: Position): string {
  return encodeCursor({ ...position, list: listKey(query) });
}

function readPosition(query: ListLeadsQuery): Position {
  const { list, value, id, mode, total, estimate } = decodeCursor(query.cursor ?? '');
  const isOurs =
    list === listKey(query) &&
    typeof value === 'string' &&
    isSortValue(value, parseSort(query.sort ?? DEFAULT_LEAD_SORT)) &&
    Number.isSafeInteger(id) &&
    (mode === 'exact' || mode === 'similar') &&
    Number.isSafeInteger(total) &&
    typeof estimate === 'boolean';
  if (!isOurs) throw invalidCursor();
  return { value, id: id as number, mode, total: total as number, estimate };
}

/** A forged cursor must not reach a cast that fails. */
function isSortValue(value: string, sort: LeadSort): boolean {
  if (sort.type === 'integer') return /^-?\d{1,9}$/.test(value);
  if (sort.type === 'timestamptz')
    return /^(-?infinity|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00)$/.test(value);
  return !value.includes('\0');
}
