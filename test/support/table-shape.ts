import type { TestDatabase } from './database.js';

/** Columns, indexes and constraints of tables, as lines. */
export async function shapeOf(db: TestDatabase, ...tables: string[]): Promise<string[]> {
  const rows = await db.query<{ line: string }>(
    `SELECT indexdef AS line FROM pg_indexes WHERE tablename = ANY ($1)
      UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
                 WHERE conrelid::regclass::text = ANY ($1)
      UNION ALL SELECT concat_ws(' ', table_name, column_name, ordinal_position, data_type, is_nullable, column_default, generation_expression)
                  FROM information_schema.columns WHERE table_name = ANY ($1)
      ORDER BY 1`,
    [tables],
  );
  return rows.map(({ line }) => line);
}
