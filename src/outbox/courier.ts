import { Injectable, Logger } from '@nestjs/common';
import { inSpan } from '../common/span.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import type { Consumer } from './consumer.js';
import { ConsumersRepository } from './consumers.repository.js';
import { DeliveriesRepository, DueDelivery } from './deliveries.repository.js';
import type { OutboxFact } from './outbox-fact.js';
import { NextFact, OutboxLogRepository } from './outbox-log.repository.js';
import { OutboxSettings } from './outbox-settings.js';

/**
 * Whether there is more to do. `failed`: a fact was put aside, so that there may be more or the consumer may have too many
 * of these; `busy`: another instance delivers to this consumer at the moment.
 */
export type Delivered = 'more' | 'done' | 'failed' | 'busy';

/**
 * Delivers one fact, or one batch, to one consumer. The handler's work and the consumer's progress are one transaction:
 * either both are kept or neither, so a fact has its effect once, whatever dies in between.
 */
@Injectable()
export class Courier {
  private readonly logger = new Logger('Outbox');

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly log: OutboxLogRepository,
    private readonly consumers: ConsumersRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly settings: OutboxSettings,
  ) {}

  /**
   * What comes next in the log.
   *
   * @throws when the database is away; a handler's errors are dealt with
   */
  async deliverNext(consumer: Consumer): Promise<Delivered> {
    let facts: NextFact[] = [];
    try {
      return await this.transactions.run(async (tx) => {
        const place = await this.consumers.lock(tx, consumer.name);
        if (!place) return 'busy';
        const after = place.position;
        const through = Math.min(place.head, after + this.settings.window);
        const limit = consumer.batch && after >= consumer.oneByOneThrough ? this.settings.batchSize : 1;
        facts = await this.log.next(tx, consumer, { after, through, limit });
        await this.deliveries.hold(tx, consumer.name, facts.filter(isHeld));
        const told = facts.filter((fact) => !isHeld(fact)).map(({ isHeld: _, ...fact }) => fact);
        if (told.length > 0) await handle(consumer, tx, told);
        const position = facts.length === limit ? (facts.at(-1)?.seq ?? after) : through;
        if (position > after) await this.consumers.advance(tx, consumer.name, position);
        return position < place.head ? 'more' : 'done';
      });
    } catch (error) {
      const [first] = facts;
      if (!first || facts.every(isHeld)) throw error;
      if (facts.length > 1) return this.goOneByOne(consumer, facts, error);
      return this.putAside(consumer, { fact: first, attempts: 0 }, error);
    }
  }

  /** The delivery whose next attempt has been due for longest. */
  async retryNext(consumer: Consumer): Promise<Delivered> {
    let due: DueDelivery | undefined;
    try {
      return await this.transactions.run(async (tx) => {
        if (!(await this.consumers.lock(tx, consumer.name))) return 'busy';
        due = await this.deliveries.due(tx, consumer.name);
        if (!due) return 'done';
        await handle(consumer, tx, [due.fact]);
        await this.deliveries.succeeded(tx, consumer.name, due.fact);
        return 'more';
      });
    } catch (error) {
      if (!due) throw error;
      return this.countFailure(consumer, due, error);
    }
  }

  /** Makes a fact wait for another attempt, and with it what follows of its lead, so that the consumer can go on. */
  private putAside(consumer: Consumer, delivery: DueDelivery, error: unknown): Promise<Delivered> {
    return this.transactions.run(async (tx) => {
      const place = await this.consumers.lock(tx, consumer.name);
      if (!place) return 'busy';
      // The commit succeeded and only its answer was lost, or another instance has come by.
      if (place.position >= delivery.fact.seq) return 'more';
      await this.deliveries.hold(tx, consumer.name, [delivery.fact]);
      await this.consumers.advance(tx, consumer.name, delivery.fact.seq);
      await this.fail(tx, consumer, delivery, error);
      return 'failed';
    });
  }

  private countFailure(consumer: Consumer, delivery: DueDelivery, error: unknown): Promise<Delivered> {
    return this.transactions.run(async (tx) => {
      if (!(await this.consumers.lock(tx, consumer.name))) return 'busy';
      await this.fail(tx, consumer, delivery, error);
      return 'more';
    });
  }

  private async fail(
    tx: Transaction,
    consumer: Consumer,
    delivery: DueDelivery,
    error: unknown,
  ): Promise<void> {
    const isDead = await this.deliveries.failed(tx, consumer.name, delivery, error);
    const { seq, type, leadId } = delivery.fact;
    const details = { err: error, consumer: consumer.name, seq, type, lead_id: leadId };
    if (isDead)
      this.logger.error(details, 'A fact could not be delivered; it is parked until it is replayed');
    else this.logger.warn(details, 'A fact could not be delivered; it will be tried again');
  }

  /** Finds out which fact of a batch it is that fails. */
  private goOneByOne(consumer: Consumer, facts: OutboxFact[], error: unknown): Delivered {
    consumer.oneByOneThrough = facts.at(-1)?.seq ?? 0;
    const details = { err: error, consumer: consumer.name };
    this.logger.warn(details, `A batch of ${facts.length} facts failed; going one by one`);
    return 'more';
  }
}

const isHeld = (fact: NextFact): boolean => fact.isHeld;

const handle = (consumer: Consumer, tx: Transaction, facts: OutboxFact[]): Promise<void> =>
  inSpan(`outbox ${consumer.name}`, () => consumer.handle(tx, facts));
