const BATCH = 1_000;
const LOOK_UPS = 1_000;
/** Of all facts the oldest part, which is a partition too. */
const PARTS = 10;
const TABLES = ['plain_log', 'outbox_log'];

/** As the dispatcher moves facts from the inbox into the log. */
const WRITE = (table) => `
  INSERT INTO ${table} (seq, id, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at)
  SELECT n, n, gen_random_uuid(), 'lead.updated', n % 100000, 2, jsonb_build_object('changes', jsonb_build_object('city', 'City ' || n)), 1,
         gen_random_uuid()::text, now() - interval '15 days'
    FROM generate_series($1::bigint, $2::bigint) n`;
const FACT = 'seq, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at';

/**
 * The log of facts as it is, in partitions, against the same rows in a plain table, in turns.
 *
 * @param client of a migrated database @param rows facts @param say takes lines of a table
 */
export async function measureLog(client, rows, say) {
  const size = Math.ceil(rows / PARTS);
  const { rows: partitions } = await client.query('SELECT name FROM outbox_log_partitions');
  await client.query(`DROP TABLE ${partitions.map(({ name }) => name).join(', ')}`);
  await client.query('SELECT outbox_log_make_room($1, $2)', [size, PARTS + 2]);
  await client.query('CREATE TABLE plain_log (LIKE outbox_log INCLUDING ALL)');

  const write = await inTurns(rows / BATCH, (table, index) =>
    client.query({
      name: `write ${table}`,
      text: WRITE(table),
      values: [index * BATCH + 1, (index + 1) * BATCH],
    }),
  );
  await client.query('UPDATE outbox_head SET seq = $1', [rows]);
  await client.query('VACUUM ANALYZE plain_log');
  await client.query('VACUUM ANALYZE outbox_log');
  const tail = await inTurns(LOOK_UPS, (table) =>
    client.query({
      name: `tail ${table}`,
      text: `SELECT ${FACT} FROM ${table} WHERE seq > $1 ORDER BY seq LIMIT $2`,
      values: [rows - 3, 200],
    }),
  );
  const next = await inTurns(LOOK_UPS, (table) =>
    client.query({
      name: `next ${table}`,
      text: `SELECT ${FACT} FROM ${table} WHERE seq > $1 AND seq <= $2 AND ($3::text[] IS NULL OR type = ANY ($3)) ORDER BY seq LIMIT $4`,
      values: [rows - 3, rows, ['lead.updated'], 500],
    }),
  );
  const gone = {};
  for (const table of TABLES)
    gone[table] = await seconds(() => (table === 'plain_log' ? deleteOldest(client, size) : drop(client)));
  const dead = await deadRows(client);
  const vacuum = {};
  for (const table of TABLES) vacuum[table] = await seconds(() => client.query(`VACUUM ${table}`));

  say('');
  say(`| ${rows} facts, ${PARTS} partitions | plain | partitions |`);
  say('|---|---|---|');
  const line = (what, of) => say(`| ${what} | ${TABLES.map(of).join(' | ')} |`);
  line(
    `writing ${BATCH}, median (99th percentile)`,
    (table) => `${at(write[table], 0.5)} (${at(write[table], 0.99)}) ms`,
  );
  line('writing all', (table) => `${(write[table].reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1)} s`);
  line('the last 3 facts, prepared', (table) => `${at(tail[table], 0.5)} ms`);
  line('a consumer’s next 3, prepared', (table) => `${at(next[table], 0.5)} ms`);
  line('ending the oldest tenth', (table) => `${gone[table].toFixed(2)} s`);
  line('dead rows left', (table) => dead[table]);
  line('vacuum afterwards', (table) => `${vacuum[table].toFixed(2)} s`);
}

/** @returns milliseconds of each act, by table, sorted */
async function inTurns(count, act) {
  const times = Object.fromEntries(TABLES.map((table) => [table, []]));
  for (let index = 0; index < count; index++)
    for (const table of index % 2 ? TABLES : TABLES.toReversed())
      times[table].push(1000 * (await seconds(() => act(table, index))));
  for (const table of TABLES) times[table].sort((a, b) => a - b);
  return times;
}

async function deleteOldest(client, size) {
  for (let after = 0; after < size - 1; after += BATCH)
    await client.query('DELETE FROM plain_log WHERE seq > $1 AND seq <= $2', [
      after,
      Math.min(after + BATCH, size - 1),
    ]);
}

async function drop(client) {
  await client.query('ALTER TABLE outbox_log DETACH PARTITION outbox_log_0 CONCURRENTLY');
  await client.query('DROP TABLE outbox_log_0');
}

async function deadRows(client) {
  await client.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await client.query(
    `SELECT sum(n_dead_tup) FILTER (WHERE relname = 'plain_log') AS plain_log,
            sum(n_dead_tup) FILTER (WHERE relname LIKE 'outbox_log%') AS outbox_log FROM pg_stat_user_tables`,
  );
  return rows[0];
}

async function seconds(act) {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

const at = (sorted, share) => sorted[Math.floor(sorted.length * share)].toFixed(2);
