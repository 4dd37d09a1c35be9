import { Type } from '@nestjs/common';
import { Client } from 'pg';
import { OutboxFact } from '../src/outbox/outbox-fact.js';
import { OutboxSettings } from '../src/outbox/outbox-settings.js';
import { createDatabase, TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
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

/** Lets everything that would happen too often happen: several looks of the dispatcher pass. */
async function settled(): Promise<void> {
  const head = async () => (await db.query<{ seq: string }>('SELECT seq FROM outbox_head'))[0]?.seq;
  const before = Number(await head());
  await db.query(`INSERT INTO outbox_inbox (type, payload) VALUES ('nobody.cares', '{}')`);
  await eventually(async () => expect(Number(await head())).toBeGreaterThan(before));
}
