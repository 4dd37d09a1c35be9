import type { QueryRunner } from 'typeorm';
import { REPAIRS } from './finding.js';
import { FINDINGS_TABLE } from './findings-table.js';
import { LEGACY_SCHEMA } from './first-version.js';
import { TableAdoption } from './table-adoption.js';

/** Columns of the first version that ours have under another name, or that are adopted by themselves. */
const KNOWN_OTHERS = ['hashed_password', 'manager_id'];

/** Some installs gave users a manager, who stays theirs where there is such a user. */
export async function adoptManagers(runner: QueryRunner): Promise<void> {
  await runner.query(
    `WITH old AS (
       SELECT id, row_to_json(t) -> 'manager_id' AS value, row_to_json(t) ->> 'manager_id' AS manager
         FROM ${LEGACY_SCHEMA}.users t),
     adopted AS (
       UPDATE users SET manager_id = managers.id
         FROM old JOIN users managers ON managers.id::text = old.manager
        WHERE users.id = old.id AND managers.id <> users.id
        RETURNING users.id)
     INSERT INTO ${FINDINGS_TABLE} (table_name, row_id, field, code, old_value, message)
     SELECT 'users', id, 'manager_id', 'reference_missing', value::jsonb, $1
       FROM old WHERE manager IS NOT NULL AND id NOT IN (SELECT id FROM adopted) ORDER BY id`,
    [REPAIRS.reference_missing],
  );
}

/** Says which columns have no place with us: their values remain with the first version. */
export async function reportOtherColumns(
  runner: QueryRunner,
  { table, columns }: TableAdoption,
): Promise<void> {
  await runner.query(
    `INSERT INTO ${FINDINGS_TABLE} (table_name, field, code, message)
     SELECT $1, attname, 'column_not_adopted', 'The column has no place with us; its values remain in ' || $3 || '.'
       FROM pg_attribute
      WHERE attrelid = ($3 || '.' || $1)::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL ($2)
      ORDER BY attnum`,
    [table, [...Object.keys(columns), ...KNOWN_OTHERS], LEGACY_SCHEMA],
  );
}
