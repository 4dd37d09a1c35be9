import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, TestDatabase } from './database.js';

const FIRST_VERSION = readFileSync(join(__dirname, '..', 'fixtures', 'first-version.sql'), 'utf8');

/**
 * A database of a test's own as the first version left it.
 *
 * @param difference SQL that makes it another install's
 */
export async function legacyDatabase(difference = ''): Promise<TestDatabase> {
  const db = await createDatabase({ from: 'empty' });
  await db.query(FIRST_VERSION);
  if (difference) await db.query(difference);
  return db;
}

/** A lead of the first version in SQL: sound but for these columns. */
export function insertLegacyLead(columns: Record<string, unknown>): string {
  const row: Record<string, unknown> = {
    practice_name: 'Elm Street Clinic',
    practice_phone: '(410) 555-2040',
    score: 60,
    priority: 'B',
    status: 'NEW',
    source: 'referral',
    created_at: '2025-07-05 10:00',
    ...columns,
  };
  const values = Object.values(row).map((value) =>
    value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`,
  );
  return `INSERT INTO leads (${Object.keys(row).join(', ')}) VALUES (${values.join(', ')});`;
}

type Rows = Record<string, unknown>[];

/** Everything that a dump would hold of tables, columns, constraints, indexes, types, sequences and rows. */
export async function contentsOf(db: TestDatabase): Promise<Record<string, Rows>> {
  const contents: Record<string, Rows> = {};
  for (const [name, sql] of Object.entries(CATALOGUES)) contents[name] = await db.query(sql);
  for (const { name } of contents['tables'] ?? []) {
    contents[`rows of ${String(name)}`] = await db.query(
      `SELECT row_to_json(t)::text AS row FROM ${name} t ORDER BY 1`,
    );
  }
  for (const { name } of contents['sequences'] ?? []) {
    contents[`state of ${String(name)}`] = await db.query(`SELECT last_value, is_called FROM ${name}`);
  }
  return contents;
}

// TypeORM's own record of what ran belongs to no migration.
const OURS = `n.nspname !~ '^(pg_|information_schema)' AND c.relname !~ '^schema_migrations'
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`;
const FROM_CLASSES = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`;
const CATALOGUES = {
  schemas: `SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)' ORDER BY 1`,
  tables: `SELECT c.oid::regclass::text AS name ${FROM_CLASSES} WHERE c.relkind = 'r' AND ${OURS} ORDER BY 1`,
  sequences: `SELECT c.oid::regclass::text AS name ${FROM_CLASSES} WHERE c.relkind = 'S' AND ${OURS} ORDER BY 1`,
  indexes: `SELECT pg_get_indexdef(c.oid) AS definition ${FROM_CLASSES} WHERE c.relkind = 'i' AND ${OURS} ORDER BY 1`,
  columns: `SELECT c.oid::regclass::text AS name, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
                   pg_get_expr(d.adbin, d.adrelid) AS usual
              ${FROM_CLASSES} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relkind = 'r' AND ${OURS} ORDER BY c.oid, a.attnum`,
  constraints: `SELECT conrelid::regclass::text AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
                 WHERE conrelid::regclass::text !~ '^(pg_|information_schema|schema_migrations)' ORDER BY 1, 2`,
  labels: `SELECT enumtypid::regtype::text AS name, enumlabel FROM pg_enum ORDER BY 1, enumsortorder`,
};
