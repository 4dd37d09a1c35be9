// From every earlier state of the schema, with data in it, to the present one: nothing is lost on the way.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fillLeads } from '../bench/lib/data.mjs';
import { root } from '../scripts/lib/project.mjs';
import { insist, onStage } from './lib/stage.mjs';

const require = createRequire(import.meta.url);
const { DataSource } = require('typeorm');
const { dataSourceOptions } = require(join(root, 'dist/src/database/data-source-options.js'));
const { migrate } = require(join(root, 'dist/src/database/migrate.js'));

const DIGEST = `
  SELECT (SELECT count(*)::int FROM leads) AS leads, (SELECT count(*)::int FROM users) AS users,
         (SELECT md5(string_agg(concat_ws('|', id, practice_name, practice_phone, city, status, score, assigned_user_id, version), ',' ORDER BY id)) FROM leads) AS of_leads,
         (SELECT md5(string_agg(concat_ws('|', id, username, email, role, password_hash), ',' ORDER BY id)) FROM users) AS of_users`;

export const drill = () =>
  onStage(
    async (stage) => {
      const { migrations } = dataSourceOptions({
        url: stage.databaseUrl,
        poolSize: 1,
        statementTimeoutMs: 0,
      });
      const passed = [];
      for (let count = 1; count < migrations.length; count++) {
        const url = new URL(stage.databaseUrl);
        url.pathname = `/upgrade_${count}`;
        await stage.pool.query(`CREATE DATABASE upgrade_${count}`);
        const early = new DataSource({
          ...dataSourceOptions({ url: url.href, poolSize: 1, statementTimeoutMs: 0 }),
          migrations: migrations.slice(0, count),
        });
        await early.initialize();
        await early.runMigrations();
        await early.destroy();
        const pool = stage.connect(url.href);
        const client = await pool.connect();
        await client.query(
          `INSERT INTO users (username, email, full_name, password_hash, role)
           SELECT 'user' || n, 'user' || n || '@example.com', 'User ' || n, 'none', CASE WHEN n < 3 THEN 'admin' ELSE 'agent' END FROM generate_series(1, 20) n`,
        );
        await fillLeads(client, 1_000);
        await client.query(
          `UPDATE leads SET assigned_at = now(), assigned_user_id = 3 + id % 18 WHERE id % 2 = 0`,
        );
        const before = (await client.query(DIGEST)).rows[0];
        await migrate(url.href);
        const after = (await client.query(DIGEST)).rows[0];
        client.release();
        insist(
          JSON.stringify(before) === JSON.stringify(after),
          `After ${migrations[count - 1].name} data changed: ${JSON.stringify([before, after])}`,
        );
        passed.push(migrations[count - 1].name.replace(/\d+$/, ''));
      }
      return [
        `from ${passed.length} earlier states (${passed.join(', ')}) to ${migrations.length} migrations: 1,000 leads and 20 users unchanged each time`,
      ];
    },
    { leads: 10 },
  );
