import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Injectable, Type } from '@nestjs/common';
import { Transaction } from '../src/database/transaction-runner.js';
import { DeadLetters } from '../src/outbox/dead-letters.repository.js';
import { OnOutboxEvent } from '../src/outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../src/outbox/outbox-fact.js';
import { OutboxSettings } from '../src/outbox/outbox-settings.js';
import { OutboxStatus } from '../src/outbox/outbox-status.repository.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import {
  aBatchConsumer,
  aConsumer,
  EFFECTS,
  leaveEffects,
  startOutbox,
  TestOutbox,
} from './support/outbox.js';

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
