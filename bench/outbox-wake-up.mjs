// What telling others of a commit costs its writer: node bench/outbox-wake-up.mjs postgres://… [seconds] [writers]
// Writers do what PUT /api/v1/leads/:id does (lock, update, history, fact), each variant in turn, three rounds.
import { Client } from 'pg';

const [url, seconds = '5', writers = '20'] = process.argv.slice(2);
const LEADS = 10_000;
const FACT = `INSERT INTO bench_inbox (type, lead_id, payload) VALUES ('lead.updated', $1, '{"changes": {"city": {"from": "Salem", "to": "Boston"}}}')`;

/** Statements after the fact, in the writer's own transaction. */
const variants = {
  'woken in its own process': () => [],
  'NOTIFY in the transaction': () => [["SELECT pg_notify('bench', '')"]],
  'a row for each of 6 consumers': (lead) => [
    [
      "INSERT INTO bench_deliveries SELECT 'consumer' || n, currval('bench_inbox_id_seq'), $1 FROM generate_series(1, 6) n",
      [lead],
    ],
  ],
};

async function connect() {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function write(client, variant) {
  const lead = 1 + Math.floor(Math.random() * LEADS);
  await client.query('BEGIN');
  await client.query('SELECT * FROM bench_leads WHERE id = $1 FOR UPDATE', [lead]);
  await client.query('UPDATE bench_leads SET version = version + 1 WHERE id = $1', [lead]);
  await client.query(
    `INSERT INTO bench_history (lead_id, changes) VALUES ($1, '{"city": ["Salem", "Boston"]}')`,
    [lead],
  );
  await client.query(FACT, [lead]);
  for (const [sql, parameters] of variant(lead)) await client.query(sql, parameters);
  await client.query('COMMIT');
}

async function measure(clients, variant) {
  const latencies = [];
  const end = performance.now() + Number(seconds) * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        const start = performance.now();
        await write(client, variant);
        latencies.push(performance.now() - start);
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)].toFixed(1);
  return { perSecond: Math.round(latencies.length / Number(seconds)), p50: at(0.5), p99: at(0.99) };
}

const admin = await connect();
await admin.query(`
  DROP TABLE IF EXISTS bench_leads, bench_history, bench_inbox, bench_deliveries;
  CREATE TABLE bench_leads AS SELECT n AS id, 1 AS version, repeat('x', 400) AS rest FROM generate_series(1, ${LEADS}) n;
  ALTER TABLE bench_leads ADD PRIMARY KEY (id);
  CREATE TABLE bench_history (id bigserial PRIMARY KEY, lead_id integer, changes jsonb);
  CREATE TABLE bench_inbox (id bigserial PRIMARY KEY, event_id uuid DEFAULT gen_random_uuid(), type text, lead_id integer, payload jsonb);
  CREATE TABLE bench_deliveries (consumer text, seq bigint, lead_id integer, PRIMARY KEY (consumer, seq))`);
const listeners = await Promise.all([connect(), connect()]);
for (const listener of listeners) await listener.query('LISTEN bench');
const clients = await Promise.all(Array.from({ length: Number(writers) }, connect));
for (let round = 1; round <= 3; round++) {
  for (const [name, variant] of Object.entries(variants)) {
    const { perSecond, p50, p99 } = await measure(clients, variant);
    console.log(
      `${round}  ${name.padEnd(32)} ${String(perSecond).padStart(6)}/s  p50 ${p50} ms  p99 ${p99} ms`,
    );
  }
}
await admin.query('DROP TABLE bench_leads, bench_history, bench_inbox, bench_deliveries');
await Promise.all([admin, ...listeners, ...clients].map((client) => client.end()));
