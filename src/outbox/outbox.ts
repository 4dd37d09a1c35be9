import { Injectable } from '@nestjs/common';
import { requestContext } from '../common/request-context.js';
import { prepared } from '../database/prepared-statement.js';
import { Statement } from '../database/statement.js';
import { Transaction, TransactionRunner } from '../database/transaction-runner.js';
import { OutboxAlarm } from './outbox-alarm.js';

/** A fact about to be recorded. Consumers get it after the commit, at least once, in order per lead. */
export interface NewOutboxEvent {
  /** Past tense, e.g. `lead.updated`. */
  type: string;
  payload: Record<string, unknown>;
  actorId: number | null;
  leadId?: number;
  leadVersion?: number;
}

/**
 * Records facts, alone or as a part of the statement that changes what they tell of.
 *
 * @param facts placeholder of the JSON that `Outbox.enclose` makes
 * @param requestId placeholder of the id beside it
 */
export const insertFacts = (facts: string, requestId: string): string => `
  INSERT INTO outbox_inbox (type, payload, actor_id, lead_id, lead_version, request_id)
  SELECT type, payload, actor_id, lead_id, lead_version, ${requestId}::text
    FROM ROWS FROM (jsonb_to_recordset(${facts}::jsonb)
           AS (type text, payload jsonb, actor_id integer, lead_id integer, lead_version integer))
         WITH ORDINALITY AS e (type, payload, actor_id, lead_id, lead_version, position)
   ORDER BY position`;

/**
 * The same of rows that another part of the statement makes; `Outbox.tell` has others hear of them.
 *
 * @param select type, payload, actor, lead and the lead's version, in the order of the facts
 * @param requestId placeholder, or NULL where no request is behind them
 */
export const insertFactsFrom = (select: string, requestId = 'NULL'): string => `
  INSERT INTO outbox_inbox (type, payload, actor_id, lead_id, lead_version, request_id)
  SELECT f.*, ${requestId} FROM (${select}) AS f (type, payload, actor_id, lead_id, lead_version)`;

const INSERT = prepared(insertFacts('$1', '$2'));

/** Records facts in the caller's transaction: they are told to others only if it commits. */
@Injectable()
export class Outbox {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly alarm: OutboxAlarm,
  ) {}

  /** Facts of a lead keep their order only if the caller has the lead's row locked. */
  async append(tx: Transaction, ...events: NewOutboxEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.query(INSERT, this.enclose(tx, ...events));
  }

  /** The parameters of `insertFacts`, for a statement that has it as a part and that the caller sends at once. */
  enclose(tx: Transaction, ...events: NewOutboxEvent[]): [facts: string, requestId: string | null] {
    const rows = events.map((event) => ({
      type: event.type,
      payload: event.payload,
      actor_id: event.actorId,
      lead_id: event.leadId ?? null,
      lead_version: event.leadVersion ?? null,
    }));
    this.tell(tx);
    return [JSON.stringify(rows), requestContext.getStore()?.requestId ?? null];
  }

  /**
   * The same of rows that another part of the statement makes, however many, without their coming here.
   *
   * @param select type, payload, actor, lead and the lead's version, in the order of the facts
   */
  addFrom(tx: Transaction, statement: Statement, name: string, select: string): void {
    const requestId = statement.value(requestContext.getStore()?.requestId ?? null, 'text');
    statement.with(name, insertFactsFrom(select, requestId));
    this.tell(tx);
  }

  /** Has others hear of facts that the caller's own statement recorded, once they are committed. */
  tell(tx: Transaction): void {
    this.transactions.afterCommit(tx, this.alarm.ring);
  }
}
