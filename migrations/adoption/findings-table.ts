import type { QueryRunner } from 'typeorm';
import { Finding } from './finding.js';
import { LEGACY_SCHEMA } from './first-version.js';
import { LegacyRow } from './legacy-row.js';
import { storableJson } from './storable-json.js';

export const FINDINGS_TABLE = `${LEGACY_SCHEMA}.adoption_findings`;

export async function createFindingsTable(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE ${FINDINGS_TABLE} (
      id bigserial PRIMARY KEY,
      table_name text NOT NULL,
      row_id integer,
      field text NOT NULL,
      code text NOT NULL,
      old_value jsonb,
      new_value jsonb,
      message text NOT NULL
    )`);
}

/** Once every finding is there: many are indexed faster at once than one by one. */
export async function indexFindings(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE INDEX ON ${FINDINGS_TABLE} (table_name, row_id)`);
}

/** Records what was done to rows of a table and what is doubtful in them. */
export async function saveFindings(
  runner: QueryRunner,
  table: string,
  rows: readonly LegacyRow[],
): Promise<void> {
  const found = rows.flatMap((row) =>
    row.findings.map((finding) => ({ rowId: row.id, ...recorded(finding) })),
  );
  if (found.length === 0) return;
  await runner.query(
    `INSERT INTO ${FINDINGS_TABLE} (table_name, row_id, field, code, old_value, new_value, message)
     SELECT $1, "rowId", field, code, "oldValue", "newValue", message
       FROM jsonb_to_recordset($2::jsonb) AS f ("rowId" integer, field text, code text, "oldValue" jsonb,
            "newValue" jsonb, message text)`,
    [table, storableJson(found)],
  );
}

/** The changes of leads become part of their history, where whoever looks at the lead finds the old value. */
export async function saveLeadHistory(runner: QueryRunner, rows: readonly LegacyRow[]): Promise<void> {
  const changes = rows.flatMap((row) =>
    row.changes().map((change) => ({ leadId: row.id, ...recorded(change) })),
  );
  if (changes.length === 0) return;
  await runner.query(
    `INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, reason)
     SELECT "leadId", 1, field, "oldValue", "newValue", 'adoption', message
       FROM jsonb_to_recordset($1::jsonb) AS c ("leadId" integer, field text, "oldValue" jsonb, "newValue" jsonb,
            message text)`,
    [storableJson(changes)],
  );
}

/** A column that is absent or NULL has no old value, which JSON must not take for the word null. */
const recorded = ({ oldValue, newValue, ...finding }: Finding) => ({
  ...finding,
  oldValue: oldValue ?? undefined,
  newValue: newValue ?? undefined,
});
