import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Injectable, Type } from '@nestjs/common';
import { Client } from 'pg';
import { Transaction } from '../src/database/transaction-runner.js';
import { DeadLetters } from '../src/outbox/dead-letters.repository.js';
import { OnOutboxEvent } from '../src/outbox/on-outbox-event.decorator.js';
import { OutboxHousekeeping } from '../src/outbox/outbox.housekeeping.js';
import { OutboxReader } from '../src/outbox/outbox.reader.js';
import { OutboxFact } from '../src/outbox/outbox-fact.js';
import { OutboxSettings } from '../src/outbox/outbox-settings.js';
import { OutboxStatus } from '../src/outbox/outbox-status.repository.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { EFFECTS, leaveEffects, startOutbox, TestOutbox } from './support/outbox.js';
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

type Handle = (tx: Transaction, fact: OutboxFact) => Promise<void>;

/** A consumer of `lead.updated` that leaves an effect, then does what the test adds. */
function aConsumer(name: string, also: Handle = async () => undefined, instance = ''): Type {
  @Injectable()
  class Consumer {
    @OnOutboxEvent('lead.updated', { consumer: name })
    async handle(tx: Transaction, fact: OutboxFact): Promise<void> {
      await leaveEffects(tx, name, [fact], instance);
      await also(tx, fact);
    }
  }
  return Consumer;
}

function aBatchConsumer(
  name: string,
  also: (facts: OutboxFact[]) => void = () => undefined,
  instance = '',
): Type {
  @Injectable()
  class BatchConsumer {
    @OnOutboxEvent('lead.updated', { consumer: name, batch: true })
    async handle(tx: Transaction, facts: OutboxFact[]): Promise<void> {
      await leaveEffects(tx, name, facts, instance);
      also(facts);
    }
  }
  return BatchConsumer;
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

/** Changes a lead as a service does: the row is locked, the fact carries the lead's own count. */
const change = (outbox: TestOutbox, leadId: number) =>
  outbox.run(async (tx, facts) => {
    const [row] = (await tx.query(
      'INSERT INTO counters VALUES ($1, 1) ON CONFLICT (lead_id) DO UPDATE SET n = counters.n + 1 RETURNING n',
      [leadId],
    )) as [{ n: number }];
    await facts.append(tx, { ...updated(leadId, row.n), actorId: null });
  });

describe('a fact', () => {
  it('reaches its consumers after the commit, at once, as it was recorded', async () => {
    const told: OutboxFact[] = [];
    const outbox = await start([aConsumer('points', async (_, fact) => void told.push(fact))], {
      pollMs: 60_000,
    });
    await outbox.run(async (tx, facts) => {
      await facts.append(tx, {
        type: 'lead.updated',
        leadId: 7,
        leadVersion: 3,
        actorId: 5,
        payload: { changes: { city: { from: 'Salem', to: null } } },
      });
      await facts.append(tx, { type: 'lead.deleted', leadId: 7, actorId: 5, payload: {} });
    });
    await eventually(async () => expect(told).toHaveLength(1));
    expect(told[0]).toEqual({
      seq: 1,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'lead.updated',
      leadId: 7,
      leadVersion: 3,
      actorId: 5,
      requestId: null,
      payload: { changes: { city: { from: 'Salem', to: null } } },
      occurredAt: expect.any(Date),
    });
  });

  it('is never told when its transaction is rolled back', async () => {
    const outbox = await start([aConsumer('points')]);
    const undone = outbox.run(async (tx, facts) => {
      await facts.append(tx, { ...updated(1, 1), actorId: null });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await outbox.append(updated(1, 2));
    await eventually(async () => expect(await numbersOf('points')).toEqual([2]));
  });

  it('committed late is not lost behind later ones, nor does it hold them up', async () => {
    const outbox = await start([aConsumer('points'), aBatchConsumer('board')]);
    const slow = new Client({ connectionString: db.url });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO outbox_inbox (type, lead_id, payload) VALUES ('lead.updated', 1, '{"n": 1}')`,
    );
    for (let n = 2; n <= 20; n++) await outbox.append(updated(n, n));
    const later = Array.from({ length: 19 }, (_, index) => index + 2);
    await eventually(async () => expect(await numbersOf('points')).toEqual(later));
    await slow.query('COMMIT');
    await slow.end();
    await eventually(async () => expect(await numbersOf('points')).toEqual([...later, 1]));
    await eventually(async () => expect(await numbersOf('board')).toEqual([...later, 1]));
  });

  it('of one lead comes in order, whoever writes at the same time', async () => {
    const [one, other] = [await start([aConsumer('points')]), await start([aBatchConsumer('board')])];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 25; n++) await change(writer % 2 ? one : other, 1 + ((writer + n) % 3));
    });
    await Promise.all(writers);
    for (const consumer of ['points', 'board']) {
      await eventually(async () => expect(await effectsOf(consumer)).toHaveLength(200));
      for (const leadId of [1, 2, 3]) {
        const numbers = (await effectsOf(consumer))
          .filter((effect) => effect.lead_id === leadId)
          .map((effect) => effect.n);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
    }
  });
});

describe('a consumer', () => {
  it('has each effect once although its instance dies between the work and the commit', async () => {
    await dieAt('in-handler');
    expect(await effectsOf('points')).toEqual([]);
    await start([aConsumer('points', undefined, 'survivor')]);
    await eventually(async () => expect(await effectsOf('points')).toHaveLength(1));
    await settled();
    expect((await effectsOf('points')).map((effect) => effect.instance)).toEqual(['survivor']);
  });

  it('gets what an instance committed that died before it could tell', async () => {
    await start([aConsumer('points', undefined, 'survivor')]);
    await dieAt('after-commit');
    await eventually(async () => expect(await effectsOf('points')).toHaveLength(1));
    expect((await effectsOf('points')).map((effect) => effect.instance)).toEqual(['survivor']);
  });

  it('that fails holds back the lead concerned and nothing else', async () => {
    let calls = 0;
    let isBroken = true;
    const failing = aConsumer('failing', async (_, fact) => {
      if (fact.leadId !== 1) return;
      calls++;
      if (isBroken) throw new Error('not yet');
    });
    const outbox = await start([failing, aConsumer('points')], { firstRetryMs: 20, longestRetryMs: 100 });
    await outbox.append(updated(1, 1), updated(2, 2), updated(1, 3), updated(2, 4));
    await outbox.append(updated(1, 5), updated(3, 6));
    await eventually(async () => expect(await numbersOf('points')).toEqual([1, 2, 3, 4, 5, 6]));
    await eventually(async () => expect(await numbersOf('failing')).toEqual([2, 4, 6]));
    await eventually(async () => expect(calls).toBeGreaterThan(2));
    isBroken = false;
    await eventually(async () => expect(await numbersOf('failing')).toEqual([2, 4, 6, 1, 3, 5]));
    await settled();
    expect(await db.query('SELECT * FROM outbox_deliveries')).toEqual([]);
  });

  it('is tried again after longer and longer rests', async () => {
    const at: number[] = [];
    const failing = aConsumer('failing', async () => {
      at.push(performance.now());
      throw new Error('never');
    });
    const outbox = await start([failing], {
      firstRetryMs: 100,
      longestRetryMs: 400,
      attempts: 5,
      pollMs: 10,
    });
    await outbox.append(updated(1, 1));
    await eventually(async () => expect(at).toHaveLength(5));
    const rests = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    for (const [index, least] of [100, 200, 400, 400].entries())
      expect(rests[index]).toBeGreaterThanOrEqual(least - 2);
  });

  it('parks a fact that keeps failing, goes on with the lead, and takes it again when it is replayed', async () => {
    const broken = new Set([1, 2]);
    const calls: number[] = [];
    const failing = aConsumer('failing', async (_, fact) => {
      const n = Number(fact.payload['n']);
      calls.push(n);
      if (broken.has(n)) throw new Error('cannot');
    });
    const outbox = await start([failing], { firstRetryMs: 10, attempts: 3 });
    await outbox.append(updated(1, 1), updated(1, 2), updated(1, 3));
    await eventually(async () => expect(await numbersOf('failing')).toEqual([3]));
    expect(calls.splice(0)).toEqual([1, 1, 1, 2, 2, 2, 3]);
    const letters = outbox.module.get(DeadLetters);
    const dead = await letters.list(10);
    expect(dead).toHaveLength(2);
    expect(dead[1]).toMatchObject({
      consumer: 'failing',
      attempts: 3,
      lastError: 'Error: cannot',
      leadId: 1,
    });
    expect(await outbox.module.get(OutboxStatus).read()).toEqual([
      { consumer: 'failing', pending: 0, dead: 2, lagSeconds: 0 },
    ]);

    broken.delete(2);
    expect(await letters.replay('failing')).toBe(2);
    await eventually(async () => expect(await numbersOf('failing')).toEqual([3, 2]));
    expect(calls.splice(0)).toEqual([1, 1, 1, 2]);
    broken.clear();
    const [left] = await letters.list(10);
    expect(await letters.replay('failing', [left?.seq ?? 0])).toBe(1);
    await eventually(async () => expect(await numbersOf('failing')).toEqual([3, 2, 1]));
    expect(await letters.list(10)).toEqual([]);
  });

  it('in batches gets many facts at once, and is spared only the one that fails', async () => {
    const sizes: number[] = [];
    const batch = aBatchConsumer('board', (facts) => {
      sizes.push(facts.length);
      if (facts.some((fact) => fact.payload['n'] === 13)) throw new Error('unlucky');
    });
    const outbox = await start([batch], { batchSize: 20, attempts: 1 });
    await outbox.append(...Array.from({ length: 60 }, (_, n) => updated(n, n)));
    const lucky = Array.from({ length: 60 }, (_, n) => n).filter((n) => n !== 13);
    await eventually(async () => expect(await numbersOf('board')).toEqual(lucky));
    expect(sizes).toContain(20);
    expect((await outbox.module.get(DeadLetters).list(10)).map((letter) => letter.payload['n'])).toEqual([
      13,
    ]);
  });

  it('that fails at everything stops taking facts, and goes on where it was', async () => {
    let isBroken = true;
    const broken = aConsumer('broken', async () => {
      if (isBroken) throw new Error('broken');
    });
    const outbox = await start([broken], { failingAtMost: 5, firstRetryMs: 60_000 });
    await outbox.append(...Array.from({ length: 50 }, (_, n) => updated(n, n)));
    const failing = () => db.query('SELECT seq FROM outbox_deliveries');
    await eventually(async () => expect(await failing()).toHaveLength(5));
    await settled();
    expect(await failing()).toHaveLength(5);
    isBroken = false;
    await db.query('UPDATE outbox_deliveries SET available_at = now()');
    await eventually(async () => expect(new Set(await numbersOf('broken')).size).toBe(50));
    expect(await numbersOf('broken')).toHaveLength(50);
  });

  it('that is new starts from now, or from the beginning if it says so', async () => {
    const first = await start([aConsumer('points')]);
    await first.append(updated(1, 1));
    await eventually(async () => expect(await numbersOf('points')).toEqual([1]));

    @Injectable()
    class FromTheBeginning {
      @OnOutboxEvent('*', { consumer: 'history', from: 'beginning' })
      async handle(tx: Transaction, fact: OutboxFact): Promise<void> {
        await leaveEffects(tx, 'history', [fact]);
      }
    }
    await start([aConsumer('badges'), FromTheBeginning]);
    await first.append(updated(1, 2));
    await eventually(async () => expect(await numbersOf('history')).toEqual([1, 2]));
    await eventually(async () => expect(await numbersOf('badges')).toEqual([2]));
  });

  it('of rare types goes along with the log, so that a look for them stays short', async () => {
    @Injectable()
    class Rare {
      @OnOutboxEvent('lead.deleted', 'lead.restored', { consumer: 'rare' })
      async handle(tx: Transaction, fact: OutboxFact): Promise<void> {
        await leaveEffects(tx, 'rare', [fact]);
      }
    }
    const outbox = await start([Rare], { stride: 10, window: 7 });
    await outbox.append(...Array.from({ length: 100 }, (_, n) => updated(n, n)));
    await eventually(async () => {
      const [rare] = await db.query<{ position: string }>('SELECT position FROM outbox_consumers');
      expect(Number(rare?.position)).toBeGreaterThanOrEqual(90);
    });
    await outbox.append(...Array.from({ length: 9 }, (_, n) => updated(n, n)));
    await outbox.append({ type: 'lead.restored', leadId: 1, payload: { n: 1 } });
    await eventually(async () => expect(await numbersOf('rare')).toEqual([1]));
  });

  it('with the name of another one keeps the application from starting', async () => {
    const twice = startOutbox(db.url, [aConsumer('points'), aBatchConsumer('points')]);
    await expect(twice).rejects.toThrow(/"points" is there twice: Consumer.handle and BatchConsumer.handle/);
  });
});

describe('two instances', () => {
  it('share the work: each consumer gets each fact once', async () => {
    const listeners = (instance: string) => [
      aConsumer('points', undefined, instance),
      aConsumer('badges', undefined, instance),
      aBatchConsumer('board', undefined, instance),
    ];
    const [one, other] = [await start(listeners('one')), await start(listeners('other'))];
    for (let n = 1; n <= 100; n++) await (n % 2 ? one : other).append(updated(n, n));
    for (const consumer of ['points', 'badges', 'board']) {
      await eventually(async () => expect((await effectsOf(consumer)).length).toBeGreaterThanOrEqual(100));
    }
    await settled();
    for (const consumer of ['points', 'badges', 'board']) {
      const numbers = await numbersOf(consumer);
      expect(numbers).toHaveLength(100);
      expect(new Set(numbers).size).toBe(100);
    }
  });
});

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

/** A process of its own that commits a fact for `points` and is killed before it is delivered. */
async function dieAt(moment: 'after-commit' | 'in-handler'): Promise<void> {
  const support = join(__dirname, 'support');
  const script = ['--require', join(support, 'run-typescript.cjs'), join(support, 'dying-outbox.ts')];
  const child = spawn(process.execPath, [...script, db.url, moment], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  const [appended] = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox_events');
  expect(appended?.count).toBe(1);
}

/** Lets everything that would happen too often happen: several looks of the dispatcher pass. */
async function settled(): Promise<void> {
  const head = async () => (await db.query<{ seq: string }>('SELECT seq FROM outbox_head'))[0]?.seq;
  const before = Number(await head());
  await db.query(`INSERT INTO outbox_inbox (type, payload) VALUES ('nobody.cares', '{}')`);
  await eventually(async () => expect(Number(await head())).toBeGreaterThan(before));
}
