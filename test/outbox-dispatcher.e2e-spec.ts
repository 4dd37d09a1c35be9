import { Type } from '@nestjs/common';
import { OutboxHousekeeping } from '../src/outbox/outbox.housekeeping.js';
import { OutboxReader } from '../src/outbox/outbox.reader.js';
import { OutboxSettings } from '../src/outbox/outbox-settings.js';
import { OutboxStatus } from '../src/outbox/outbox-status.repository.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { aBatchConsumer, aConsumer, EFFECTS, startOutbox, TestOutbox } from './support/outbox.js';
import { SeverableServer } from './support/severable-server.js';

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

async function start(
  listeners: Type[],
  pace: Partial<OutboxSettings> = {},
  url = db.url,
): Promise<TestOutbox> {
  const outbox = await startOutbox(url, listeners, pace);
  stops.push(outbox.stop);
  return outbox;
}

interface Effect {
  consumer: string;
  instance: string;
  seq: string;
  lead_id: number;
  n: number;
}
const effectsOf = (consumer: string) =>
  db.query<Effect>('SELECT * FROM effects WHERE consumer = $1 ORDER BY id', [consumer]);
const numbersOf = async (consumer: string) => (await effectsOf(consumer)).map((effect) => effect.n);
const updated = (leadId: number, n: number) => ({ type: 'lead.updated', leadId, payload: { n } });

describe('the dispatcher', () => {
  it('finishes what it has begun when the application stops, and begins nothing more', async () => {
    let begun: () => void = () => undefined;
    let finish: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const mayFinish = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow = aConsumer('slow', async () => {
      begun();
      await mayFinish;
    });
    const outbox = await start([slow]);
    stops.push(async () => finish());
    await outbox.append(updated(1, 1), updated(2, 2));
    await hasBegun;
    await start([]); // keeps the log moving, which `settled` looks at
    let isStopped = false;
    const stopped = outbox.stop().then(() => {
      isStopped = true;
    });
    await settled();
    expect(isStopped).toBe(false);
    finish();
    await stopped;
    expect(await numbersOf('slow')).toEqual([1]);
    await start([aConsumer('slow')]);
    await eventually(async () => expect(await numbersOf('slow')).toEqual([1, 2]));
  });

  it('outlives the database and goes on when it is back', async () => {
    const way = await SeverableServer.before(db.url);
    const outbox = await start([aConsumer('points'), aBatchConsumer('board')], {}, way.url);
    stops.push(() => way.cut());
    stops.reverse(); // the way is cut last
    await outbox.append(updated(1, 1));
    await eventually(async () => expect(await numbersOf('points')).toEqual([1]));
    await way.cut();
    await expect(outbox.append(updated(1, 2))).rejects.toThrow();
    await db.query(
      `INSERT INTO outbox_inbox (type, lead_id, payload) VALUES ('lead.updated', 1, '{"n": 3}')`,
    );
    await way.restore();
    await eventually(async () => expect(await numbersOf('points')).toEqual([1, 3]));
    await eventually(async () => expect(await numbersOf('board')).toEqual([1, 3]));
  });

  it('tells for each consumer how much waits and for how long', async () => {
    const failing = aConsumer('failing', async () => {
      throw new Error('never');
    });
    const outbox = await start([failing, aConsumer('points')], { firstRetryMs: 60_000 });
    await db.query(`INSERT INTO outbox_inbox (type, lead_id, payload, occurred_at)
                    VALUES ('lead.updated', 1, '{}', now() - interval '1 hour'), ('lead.updated', 1, '{}', now())`);
    await eventually(async () => {
      const status = await outbox.module.get(OutboxStatus).read();
      expect(status).toContainEqual({ consumer: 'points', pending: 0, dead: 0, lagSeconds: 0 });
      const [behind] = status.filter(({ consumer }) => consumer === 'failing');
      expect(behind).toMatchObject({ pending: 2, dead: 0 });
      expect(behind?.lagSeconds).toBeGreaterThanOrEqual(3_600);
    });
  });
});

describe('the log', () => {
  it('is read from any place on without losing a fact that was committed late', async () => {
    const outbox = await start([aConsumer('points')]);
    const reader = outbox.module.get(OutboxReader);
    const seen: number[] = [];
    let place = await reader.position();
    expect(place).toBe(0);
    const readOn = async () => {
      const facts = await reader.after(place, 3);
      seen.push(...facts.map((fact) => Number(fact.payload['n'])));
      place = facts.at(-1)?.seq ?? place;
    };
    const writing = Promise.all(
      Array.from({ length: 5 }, async (_, writer) => {
        for (let n = 0; n < 20; n++) {
          await outbox.run(async (tx, facts) => {
            await facts.append(tx, { ...updated(writer, writer * 20 + n), actorId: null });
            await tx.query('SELECT pg_sleep(random() * 0.01)');
          });
        }
      }),
    );
    await eventually(async () => {
      await readOn();
      expect(seen).toHaveLength(100);
    });
    await writing;
    expect(new Set(seen).size).toBe(100);
    expect(await reader.position()).toBe(place);
  });

  it('is not read whole to find out whether there is something new, however much of it there is', async () => {
    await db.query(`
      INSERT INTO outbox_log (seq, id, event_id, type, payload, occurred_at)
      SELECT n, n, gen_random_uuid(), 'lead.updated', '{}', now() FROM generate_series(1, 20000) n`);
    await db.query('UPDATE outbox_head SET seq = 20000');
    await db.query('VACUUM ANALYZE outbox_log');
    const scans = () =>
      db.query(
        `SELECT sum(seq_scan)::int AS count FROM pg_stat_user_tables WHERE relname LIKE 'outbox_log%'`,
      );
    const before = await scans();
    const outbox = await start([aConsumer('points'), aBatchConsumer('board')]);
    await outbox.append(updated(1, 1));
    await eventually(async () => expect(await numbersOf('points')).toEqual([1]));
    await settled();
    await outbox.stop();
    // Connections tell what they have read when they end.
    await eventually(async () =>
      expect(
        await db.query(
          `SELECT 1 FROM pg_stat_activity WHERE application_name = 'rota' AND datname = current_database()`,
        ),
      ).toEqual([]),
    );
    expect(await scans()).toEqual(before);
  });

  it('forgets old facts that everybody has, keeps those that are dead or wait, and says so to late readers', async () => {
    const failing = aConsumer('failing', async (_, fact) => {
      if (fact.payload['n'] === 2) throw new Error('never');
    });
    const outbox = await start([failing], { attempts: 1 });
    await outbox.append(updated(1, 1), updated(2, 2), updated(3, 3), updated(4, 4));
    await eventually(async () => expect(await numbersOf('failing')).toEqual([1, 3, 4]));
    await db.query(`UPDATE outbox_log SET occurred_at = now() - interval '15 days' WHERE seq <= 3`);
    await outbox.module.get(OutboxHousekeeping).tidy();

    const reader = outbox.module.get(OutboxReader);
    expect((await reader.after(0, 10)).map((fact) => fact.payload['n'])).toEqual([2, 4]);
    expect(await reader.reaches(2)).toBe(false);
    expect(await reader.reaches(3)).toBe(true);
    expect(await reader.reaches(5)).toBe(false);
  });

  it('keeps old facts for a consumer that is behind, unless nobody has had that consumer for as long', async () => {
    const outbox = await start([aConsumer('points')]);
    await db.query(`INSERT INTO outbox_consumers (name, position) VALUES ('asleep', 0)`);
    await outbox.append(updated(1, 1));
    await eventually(async () => expect(await numbersOf('points')).toEqual([1]));
    await db.query(`UPDATE outbox_log SET occurred_at = now() - interval '15 days'`);
    const tidied = async () => {
      await outbox.module.get(OutboxHousekeeping).tidy();
      return (await db.query('SELECT 1 FROM outbox_log')).length;
    };
    expect(await tidied()).toBe(1);
    await db.query(`UPDATE outbox_consumers SET seen_at = now() - interval '15 days'`);
    expect(await tidied()).toBe(0);
    expect(await db.query('SELECT name FROM outbox_consumers')).toEqual([{ name: 'points' }]);
  });
});

/** Lets everything that would happen too often happen: several looks of the dispatcher pass. */
async function settled(): Promise<void> {
  const head = async () => (await db.query<{ seq: string }>('SELECT seq FROM outbox_head'))[0]?.seq;
  const before = Number(await head());
  await db.query(`INSERT INTO outbox_inbox (type, payload) VALUES ('nobody.cares', '{}')`);
  await eventually(async () => expect(Number(await head())).toBeGreaterThan(before));
}
