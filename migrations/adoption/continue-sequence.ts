import type { QueryRunner } from 'typeorm';
import { LEGACY_SCHEMA } from './first-version.js';

/** Goes on where the first version stopped, so that the id of a deleted row does not come back. */
export async function continueSequence(runner: QueryRunner, table: string): Promise<void> {
  const [{ highest }] = await runner.query(`SELECT max(id) AS highest FROM ${table}`);
  const [{ sequence }] = await runner.query(`SELECT pg_get_serial_sequence($1, 'id') AS sequence`, [
    `${LEGACY_SCHEMA}.${table}`,
  ]);
  const used: { last: string }[] = sequence
    ? await runner.query(`SELECT last_value AS last FROM ${sequence} WHERE is_called`)
    : [];
  const last = Math.max(highest ?? 0, Number(used[0]?.last ?? 0));
  if (last > 0) await runner.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, last]);
}
