import type { QueryRunner } from 'typeorm';
import { LEGACY_SCHEMA } from './first-version.js';
import { KnownUser, LoginNames, loginNamesOf } from './login-names.js';

/** How each user of the first version signs in, by id. Users are people: all of them fit in memory. */
export async function readLoginNames(runner: QueryRunner): Promise<Map<number, LoginNames>> {
  const rows: KnownUser[] = await runner.query(
    `SELECT id, row ->> 'username' AS username, row ->> 'email' AS email, row ->> 'is_active' = 'true' AS "isActive"
       FROM (SELECT id, row_to_json(t) AS row FROM ${LEGACY_SCHEMA}.users t) AS u`,
  );
  return loginNamesOf(rows);
}
