import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Jobs } from '../jobs/jobs.js';
import { NewOutboxEvent, Outbox } from '../outbox/outbox.js';
import { Reminder, RemindersRepository } from './reminders.repository.js';

const AT_ONCE = 500;

/** Every minute tells of tasks, callbacks and follow-ups that fell due; notifications are made of these facts. */
@Injectable()
export class RemindWhenDueJob {
  constructor(
    jobs: Jobs,
    private readonly transactions: TransactionRunner,
    private readonly reminders: RemindersRepository,
    private readonly outbox: Outbox,
  ) {
    jobs.register({
      name: 'remind-when-due',
      cron: '* * * * *',
      isSingle: true,
      expiresAfter: 300,
      retries: 0,
      handle: () => this.remind(),
    });
  }

  /** Reminds of everything that is due, some at a time. */
  async remind(): Promise<void> {
    for (let taken = AT_ONCE; taken === AT_ONCE; ) {
      taken = await this.transactions.run(async (tx) => {
        const reminders = await this.reminders.take(tx, AT_ONCE);
        await this.outbox.append(tx, ...reminders.map(factOf));
        return reminders.length;
      });
    }
    await this.transactions.run((tx) => this.reminders.forgetOld(tx));
  }
}

/** Without the lead in the fact's head: it changes nothing about the lead, and need not wait for its lock. */
function factOf({ kind, activity_id, lead_id, user_id, due_at, subject }: Reminder): NewOutboxEvent {
  return kind === 'activity'
    ? {
        type: 'activity.reminder_due',
        actorId: null,
        payload: { activity_id, lead_id, user_id, due_at, subject },
      }
    : { type: 'lead.follow_up_due', actorId: null, payload: { lead_id, user_id, due_at } };
}
