import { Type } from '@nestjs/common';
import { Pool, PoolClient } from 'pg';
import { OutboxHousekeeping } from '../src/outbox/outbox.housekeeping.js';
import { OutboxReader } from '../src/outbox/outbox.reader.js';
import { OutboxSettings } from '../src/outbox/outbox-settings.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { beginLogAnew, partitionsOf, tablesOfLog } from './support/log-partitions.js';
import { aBatchConsumer, aConsumer, EFFECTS, startOutbox, TestOutbox } from './support/outbox.js';

let db: TestDatabase;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  db = await createDatabase();
  await db.query(EFFECTS);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  await db.drop();
});

async function start(listeners: Type[], pace: Partial<OutboxSettings>): Promise<TestOutbox> {
  const outbox = await startOutbox(db.url, listeners, pace);
  stops.push(outbox.stop);
  return outbox;
}

const SMALL = { partitionFacts: 10, partitionsAhead: 12 };
const updated = (leadId: number, n: number) => ({ type: 'lead.updated', leadId, payload: { n } });
const tidy = (outbox: TestOutbox) => outbox.module.get(OutboxHousekeeping).tidy();
const numbersOf = async (consumer: string, leadId?: number) =>
  (
    await db.query<{ n: number }>(
      'SELECT n FROM effects WHERE consumer = $1 AND ($2::int IS NULL OR lead_id = $2) ORDER BY id',
      [consumer, leadId ?? null],
    )
  ).map(({ n }) => n);
const seqs = async () =>
  (await db.query<{ seq: number }>('SELECT seq::int AS seq FROM outbox_log ORDER BY seq')).map(
    ({ seq }) => seq,
  );
const numbers = (from: number, through: number) =>
  Array.from({ length: through - from + 1 }, (_, index) => from + index);
const age = (through: number) =>
  db.query(`UPDATE outbox_log SET occurred_at = now() - interval '15 days' WHERE seq <= $1`, [through]);

/** Facts 1 to `count` in partitions of ten, told to the consumer `points`. */
async function withFacts(count: number, listeners = [aConsumer('points')]): Promise<TestOutbox> {
  await beginLogAnew(db, SMALL);
  const outbox = await start(listeners, { ...SMALL, attempts: 1 });
  await outbox.append(...numbers(1, count).map((n) => updated(n, n)));
  await eventually(async () => {
    const behind = await db.query('SELECT 1 FROM outbox_consumers WHERE name = $1 AND position < $2', [
      'points',
      count,
    ]);
    expect(behind).toEqual([]);
    expect(await seqs()).toHaveLength(count);
  });
  return outbox;
}

describe('the partitions of the log', () => {
  it('are made ahead of the head, once when several instances do it at once', async () => {
    await beginLogAnew(db, SMALL);
    const instances = await Promise.all([start([], SMALL), start([], SMALL), start([], SMALL)]);
    await db.query(
      `INSERT INTO outbox_inbox (type, payload) SELECT 'nobody.cares', '{}' FROM generate_series(1, 25)`,
    );
    await eventually(async () => expect(await seqs()).toHaveLength(25));
    await Promise.all(instances.map(tidy));
    const partitions = await partitionsOf(db);
    expect(partitions.map(({ from, to }) => [from, to])).toEqual(
      numbers(0, 14).map((n) => [n * 10, n * 10 + 10]),
    );
  });

  it('follow each other while two instances write, without a failure, a gap or a repetition', async () => {
    const sizes = { partitionFacts: 50, partitionsAhead: 21 };
    await beginLogAnew(db, sizes);
    const instances = [
      await start([aConsumer('points'), aBatchConsumer('board')], sizes),
      await start([aConsumer('points'), aBatchConsumer('board')], sizes),
    ];
    let isWriting = true;
    const tidying = instances.map(async (instance) => {
      while (isWriting) await tidy(instance);
    });
    await Promise.all(
      instances.map(async (instance, lead) => {
        for (let n = 0; n < 300; n += 5)
          await instance.append(...numbers(n, n + 4).map((each) => updated(lead, each)));
      }),
    );
    isWriting = false;
    await Promise.all(tidying);
    for (const consumer of ['points', 'board'])
      for (const lead of [0, 1])
        await eventually(async () => expect(await numbersOf(consumer, lead)).toEqual(numbers(0, 299)));
    expect(await seqs()).toEqual(numbers(1, 600));
    const filled = await db.query('SELECT DISTINCT tableoid FROM outbox_log');
    expect(filled).toHaveLength(13);
  });

  it('are made by whoever fills the log when nobody has kept ahead', async () => {
    const outbox = await withFacts(5);
    const [, ...ahead] = await partitionsOf(db);
    await db.query(`DROP TABLE ${ahead.map(({ name }) => name).join(', ')}`);
    await outbox.append(...numbers(6, 30).map((n) => updated(n, n)));
    await eventually(async () => expect(await numbersOf('points')).toEqual(numbers(1, 30)));
  });

  it('go whole once everybody has passed them, nothing of them waits and all is old', async () => {
    const outbox = await withFacts(35);
    const names = async () => (await partitionsOf(db)).map(({ from }) => from).filter((from) => from < 30);
    const onceDone = async (change: string) => {
      await db.query(change);
      await tidy(outbox);
      return names();
    };
    await age(29);
    expect(await onceDone(`INSERT INTO outbox_consumers (name, position) VALUES ('asleep', 8)`)).toEqual([
      0, 10, 20,
    ]);
    expect(await onceDone(`UPDATE outbox_consumers SET position = 18 WHERE name = 'asleep'`)).toEqual([
      10, 20,
    ]);
    await db.query(`UPDATE outbox_log SET occurred_at = now() WHERE seq = 12`);
    expect(await onceDone(`UPDATE outbox_consumers SET position = 35`)).toEqual([10]);
    expect(await seqs()).toEqual([...numbers(10, 19), ...numbers(30, 35)]);
    expect(
      await onceDone(`UPDATE outbox_log SET occurred_at = now() - interval '15 days' WHERE seq = 12`),
    ).toEqual([]);
    const reader = outbox.module.get(OutboxReader);
    expect(await Promise.all([19, 28, 29].map((place) => reader.reaches(place)))).toEqual([
      false,
      false,
      true,
    ]);
    expect(await tablesOfLog(db)).toHaveLength((await partitionsOf(db)).length);
  });

  it('lose their old facts one by one around those that a delivery needs, and in the one that is written to', async () => {
    const failing = aConsumer('points', async (_, fact) => {
      if (fact.payload['n'] === 13) throw new Error('never');
    });
    const outbox = await withFacts(35, [failing]);
    await eventually(async () =>
      expect(await db.query('SELECT 1 FROM outbox_deliveries WHERE dead_at IS NOT NULL')).toHaveLength(1),
    );
    await age(33);
    await tidy(outbox);
    expect(await seqs()).toEqual([13, 34, 35]);
    expect((await partitionsOf(db)).map(({ from }) => from).slice(0, 3)).toEqual([10, 30, 40]);
    await db.query('DELETE FROM outbox_deliveries');
    await tidy(outbox);
    expect(await seqs()).toEqual([34, 35]);
  });

  it('are dropped once when two instances do it at once', async () => {
    const outbox = await withFacts(95);
    const other = await start([aConsumer('points')], SMALL);
    await age(95);
    await Promise.all([tidy(outbox), tidy(other), tidy(outbox), tidy(other)]);
    expect((await partitionsOf(db)).map(({ from }) => from)[0]).toBe(90);
    expect(await tablesOfLog(db)).toHaveLength((await partitionsOf(db)).length);
  });
});

describe('dropping a partition', () => {
  let reader: PoolClient;
  beforeEach(async () => {
    const pool = new Pool({ connectionString: db.url });
    stops.push(() => pool.end());
    reader = await pool.connect();
    stops.push(async () => reader.release(true));
  });

  /** In a transaction that stays open. */
  async function readOn(): Promise<void> {
    await reader.query('BEGIN');
    await reader.query('SELECT 1 FROM outbox_log LIMIT 1');
  }

  it('keeps nobody waiting, and is finished by the next run when it was killed half-way', async () => {
    const outbox = await withFacts(25);
    await age(15);
    await readOn();
    const tidying = expect(tidy(outbox)).rejects.toThrow();
    await eventually(async () => expect((await partitionsOf(db))[0]?.isDetaching).toBe(true));
    await outbox.append(updated(26, 26));
    await eventually(async () => expect(await numbersOf('points')).toEqual(numbers(1, 26)));
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'rota-partitions' AND datname = current_database()`,
    );
    await tidying;
    expect(await tablesOfLog(db)).toContain('outbox_log_0');
    await db.query('SELECT outbox_log_make_room(10, 20)');
    await reader.query('COMMIT');

    await readOn(); // the next run does not wait for those who came later
    await tidy(outbox);
    expect(await tablesOfLog(db)).not.toContain('outbox_log_0');
    expect(await seqs()).toEqual(numbers(10, 26));
  });

  it('is finished by the next run when only the table was left', async () => {
    const outbox = await withFacts(25);
    await db.query('ALTER TABLE outbox_log DETACH PARTITION outbox_log_0 CONCURRENTLY');
    await tidy(outbox);
    expect(await tablesOfLog(db)).not.toContain('outbox_log_0');
  });
});
