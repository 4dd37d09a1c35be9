import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { ReplicaReads } from '../database/replica-reads.js';
import { Row, rowHydrator } from '../database/row-hydrator.js';
import { Lead } from '../leads/lead.entity.js';
import { analyticsErrors } from './analytics.errors.js';
import { cellOf } from './cells.js';
import type { DrillDownQuery } from './dto/drill-down.dto.js';
import { SPECIALTY, STATE } from './lead-type.sql.js';
import { countsSql, inRange, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

/** A page of the leads behind a figure, and how many there are. */
export interface LeadsBehind {
  leads: Lead[];
  total: number;
  hidden: number;
  nextCursor: string | null;
}

/** The very leads that a figure counts, found in the rows that it is summed up from. */
@Injectable()
export class DrillDownRepository {
  private readonly hydrate: (row: Row) => Lead;

  constructor(
    dataSource: DataSource,
    private readonly reads: ReplicaReads,
  ) {
    this.hydrate = rowHydrator(dataSource, Lead);
  }

  /**
   * @param ownerId whose leads alone may be seen; null for all
   * @throws Problem 422 when the report has no such figure, or the cursor is of another list
   */
  async page(scope: ReportScope, query: DrillDownQuery, ownerId: number | null): Promise<LeadsBehind> {
    const { chosen, key } = chosenSql(scope, query);
    const of = `${query.report} ${query.by ?? ''} ${query.cell}`;
    const before = query.cursor === undefined ? null : lastIdOf(query.cursor, of);
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const parameters = [...parametersOf(scope), key, ownerId];
    const [rows, [counted]] = await Promise.all([
      this.reads.query<Row[]>(
        `WITH ${chosen} SELECT l.* FROM leads l JOIN chosen USING (id)
          WHERE l.deleted_at IS NULL AND ${IS_VISIBLE} AND ($10::int IS NULL OR l.id < $10) ORDER BY l.id DESC LIMIT $11`,
        [...parameters, before, limit + 1],
      ),
      this.reads.query<[{ total: number; hidden: number }]>(
        `WITH ${chosen} SELECT count(*)::int AS total, (count(*) FILTER (WHERE NOT ${IS_VISIBLE}))::int AS hidden
           FROM leads l JOIN chosen USING (id) WHERE l.deleted_at IS NULL`,
        parameters,
      ),
    ]);
    const leads = rows.slice(0, limit).map(this.hydrate);
    const last = leads.at(-1);
    return {
      ...counted,
      leads,
      nextCursor: rows.length > limit && last ? encodeCursor({ of, id: last.id }) : null,
    };
  }
}

const IS_VISIBLE = '($9::int IS NULL OR coalesce(l.assigned_user_id = $9, false))';

function chosenSql(scope: ReportScope, query: DrillDownQuery): { chosen: string; key: string | null } {
  if (query.report === 'fairness') {
    if (!/^[1-9]\d{0,8}$/.test(query.cell)) throw analyticsErrors.noSuchCell(query.report);
    return { chosen: RECEIVED, key: query.cell };
  }
  const cell = cellOf(query.report, query);
  if (!cell) throw analyticsErrors.noSuchCell(query.report);
  const counts = countsSql(scope, { leads: true, anyDay: cell.anyDay ?? false });
  return {
    chosen: `${counts}, chosen AS (SELECT DISTINCT c.lead_id AS id FROM counts c WHERE ${cell.where} AND coalesce($8::text, '') IS NOT NULL)`,
    key: cell.key ?? null,
  };
}

/** Leads that distribution gave to the agent $8, without turns that were given back. */
const RECEIVED = `chosen AS (
  SELECT DISTINCT l.id FROM distribution_assignments a JOIN leads l ON l.id = a.lead_id
   WHERE a.agent_id = $8::int AND a.credited_at IS NULL AND ${inRange('a.assigned_at')}
     AND ($4::int[] IS NULL OR a.agent_id = ANY ($4)) AND ($5::text IS NULL OR l.source = $5)
     AND ($6::text IS NULL OR ${STATE} = $6) AND ($7::text IS NULL OR strpos(lower(${SPECIALTY}), lower($7)) > 0))`;

function lastIdOf(cursor: string, list: string): number {
  const { of, id } = decodeCursor(cursor);
  if (of !== list || !Number.isInteger(id) || Number(id) < 1 || Number(id) > 2_147_483_647)
    throw invalidCursor();
  return Number(id);
}
