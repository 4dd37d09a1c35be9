import type { QueryRunner } from 'typeorm';
import { saveFindings, saveLeadHistory } from './findings-table.js';
import { LEGACY_SCHEMA } from './first-version.js';
import { LegacyRow } from './legacy-row.js';
import { storableJson } from './storable-json.js';
import { TableAdoption } from './table-adoption.js';

/** Rows in memory at a time, however many the table has. */
const BATCH_ROWS = 2_000;
const LEAST_ID = '-9223372036854775808';

type Values = Record<string, unknown>;

/**
 * Copies a table of the first version into ours, row by row through `adopt`, in the order of ids.
 *
 * @throws Error when not every row could be reached: a row without an id, or two with the same one
 */
export async function copyTable(runner: QueryRunner, adoption: TableAdoption): Promise<void> {
  let last: string | number = LEAST_ID;
  let copied = 0;
  for (;;) {
    const batch = await rowsAfter(runner, adoption.table, last);
    if (batch.length === 0) break;
    await copyBatch(runner, adoption, batch);
    copied += batch.length;
    last = batch.at(-1)?.['id'] as number;
  }
  const [{ count }] = await runner.query(`SELECT count(*)::int FROM ${LEGACY_SCHEMA}.${adoption.table}`);
  if (count !== copied) {
    throw new Error(`${adoption.table} holds ${count} rows, of which ${copied} have an id of their own`);
  }
}

async function copyBatch(runner: QueryRunner, adoption: TableAdoption, batch: Values[]): Promise<void> {
  const exists = await existingReferences(runner, adoption, batch);
  const rows = batch.map((values) => new LegacyRow(values, exists));
  const adopted: Values[] = [];
  for (const row of rows) {
    const values = adoption.adopt(row);
    if (values) adopted.push(values);
    else row.note('', 'not_adopted', `The row remains in ${LEGACY_SCHEMA} alone.`);
  }
  await insert(runner, adoption, adopted);
  if (adoption.hasHistory) await saveLeadHistory(runner, rows);
  await saveFindings(runner, adoption.table, rows);
}

/** As JSON made by PostgreSQL: whatever columns there are, of whatever types. */
async function rowsAfter(runner: QueryRunner, table: string, last: string | number): Promise<Values[]> {
  const rows: { row: Values }[] = await runner.query(
    `SELECT row_to_json(t) AS row FROM ${LEGACY_SCHEMA}.${table} t WHERE id > $1::bigint ORDER BY id LIMIT ${BATCH_ROWS}`,
    [last],
  );
  return rows.map(({ row }) => row);
}

async function existingReferences(
  runner: QueryRunner,
  { references = {} }: TableAdoption,
  batch: Values[],
): Promise<(table: string, id: number) => boolean> {
  const known = new Map<string, Set<number>>();
  for (const [column, table] of Object.entries(references)) {
    const ids = [...new Set(batch.map((row) => Number(row[column])).filter(Number.isSafeInteger))];
    const rows: { id: number }[] = await runner.query(
      `SELECT id FROM ${table} WHERE id = ANY ($1::bigint[])`,
      [ids],
    );
    const set = known.get(table) ?? new Set();
    for (const { id } of rows) set.add(id);
    known.set(table, set);
  }
  return (table, id) => known.get(table)?.has(id) ?? false;
}

async function insert(runner: QueryRunner, adoption: TableAdoption, rows: Values[]): Promise<void> {
  const names = Object.keys(adoption.columns).join(', ');
  const definitions = Object.entries(adoption.columns).map(([name, type]) => `${name} ${type}`);
  await runner.query(
    `INSERT INTO ${adoption.table} (${names})
     SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS r (${definitions.join(', ')})`,
    [storableJson(rows)],
  );
}
