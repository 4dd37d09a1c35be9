import 'reflect-metadata';
import { Injectable, Provider, Type } from '@nestjs/common';
import { Test, TestingModule } from '@nestjs/testing';
import { createLogger, PinoLoggerService } from '../../src/common/logger.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { readEnv } from '../../src/config/env.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { Transaction, TransactionRunner } from '../../src/database/transaction-runner.js';
import { OnOutboxEvent } from '../../src/outbox/on-outbox-event.decorator.js';
import { NewOutboxEvent, Outbox } from '../../src/outbox/outbox.js';
import { OutboxModule } from '../../src/outbox/outbox.module.js';
import { OutboxFact } from '../../src/outbox/outbox-fact.js';
import { OutboxSettings } from '../../src/outbox/outbox-settings.js';

/** The outbox and its consumers, without the rest of Rota. */
export interface TestOutbox {
  module: TestingModule;
  /** In a transaction of its own. */
  append(...events: (Partial<NewOutboxEvent> & { type: string })[]): Promise<void>;
  run<Result>(work: (tx: Transaction, outbox: Outbox) => Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

/** @param listeners providers with `@OnOutboxEvent` methods */
export async function startOutbox(
  databaseUrl: string,
  listeners: Provider[],
  pace: Partial<OutboxSettings> = {},
): Promise<TestOutbox> {
  const env = readEnv({ NODE_ENV: 'test' });
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.register(env),
      DatabaseModule.register({ url: databaseUrl, poolSize: 10, statementTimeoutMs: 15_000 }),
      OutboxModule,
    ],
    providers: listeners,
  })
    .setLogger(new PinoLoggerService(createLogger('silent')))
    .overrideProvider(OutboxSettings)
    .useValue(Object.assign(new OutboxSettings(env), { pollMs: 100, ...pace }))
    .compile();
  await module.init();
  const outbox = module.get(Outbox);
  const run: TestOutbox['run'] = (work) => module.get(TransactionRunner).run((tx) => work(tx, outbox));
  return {
    module,
    run,
    append: (...events) => run((tx) => outbox.append(tx, ...events.map(aFact))),
    stop: () => module.close(),
  };
}

function aFact(event: Partial<NewOutboxEvent> & { type: string }): NewOutboxEvent {
  return { payload: {}, actorId: null, ...event };
}

/** Where consumers of the tests leave their effects, and how often they were called, which no rollback undoes. */
export const EFFECTS = `
  CREATE TABLE effects (id bigserial PRIMARY KEY, consumer text, instance text, seq bigint, lead_id integer, n integer);
  CREATE TABLE counters (lead_id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0);`;

/** Leaves an effect of each fact, in the consumer's transaction. */
export async function leaveEffects(
  tx: Transaction,
  consumer: string,
  facts: OutboxFact[],
  instance = '',
): Promise<void> {
  const n = facts.map((fact) => Number(fact.payload['n'] ?? 0));
  await tx.query(
    `INSERT INTO effects (consumer, instance, seq, lead_id, n)
     SELECT $1, $2, * FROM unnest($3::bigint[], $4::int[], $5::int[])`,
    [consumer, instance, facts.map((fact) => fact.seq), facts.map((fact) => fact.leadId), n],
  );
}

type Handle = (tx: Transaction, fact: OutboxFact) => Promise<void>;

/** A consumer of `lead.updated` that leaves an effect, then does what the test adds. */
export function aConsumer(name: string, also: Handle = async () => undefined, instance = ''): Type {
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

export function aBatchConsumer(
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
