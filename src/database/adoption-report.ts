import type { EntityManager } from 'typeorm';
import { FINDINGS_TABLE } from '../../migrations/adoption/findings-table.js';
import { LEGACY_SCHEMA } from '../../migrations/adoption/first-version.js';

/** What adoption did, for the operator. */
export interface AdoptionReport {
  /** Rows in the first version's table and in ours. */
  tables: { table: string; legacyRows: number; rows: number }[];
  /** Repairs and doubts of one kind; every single one is in legacy_v1.adoption_findings. */
  findings: FindingsOfAKind[];
}

export interface FindingsOfAKind {
  table: string;
  field: string;
  code: string;
  message: string;
  count: number;
  /** The first few, with their values as JSON. */
  examples: { rowId: number | null; oldValue: unknown; newValue: unknown }[];
}

const EXAMPLES = 3;
/** Our tables that take over one of the first version's. */
const ADOPTED_TABLES = ['users', 'leads', 'activities', 'achievements', 'user_achievements', 'notifications'];

/**
 * Reads a report from a database that was adopted just now.
 *
 * @param tables of the first version that were there
 */
export async function readAdoptionReport(
  database: Pick<EntityManager, 'query'>,
  tables: readonly string[],
): Promise<AdoptionReport> {
  const counts: AdoptionReport['tables'] = [];
  for (const table of ADOPTED_TABLES.filter((name) => tables.includes(name))) {
    const [row] = await database.query(
      `SELECT (SELECT count(*)::int FROM ${LEGACY_SCHEMA}.${table}) AS "legacyRows",
              (SELECT count(*)::int FROM ${table}) AS rows`,
    );
    counts.push({ table, ...row });
  }
  const findings: FindingsOfAKind[] = await database.query(
    `SELECT table_name AS table, field, code, min(message) AS message, count(*)::int AS count,
            json_agg(json_build_object('rowId', row_id, 'oldValue', old_value, 'newValue', new_value) ORDER BY id)
              FILTER (WHERE place <= ${EXAMPLES}) AS examples
       FROM (SELECT *, row_number() OVER (PARTITION BY table_name, field, code ORDER BY id) AS place
               FROM ${FINDINGS_TABLE}) AS f
      GROUP BY table_name, field, code ORDER BY table_name, field, code`,
  );
  return { tables: counts, findings };
}
