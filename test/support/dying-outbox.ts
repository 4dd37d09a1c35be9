// An instance that dies by kill -9: dying-outbox.ts DATABASE_URL after-commit|in-handler
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../src/database/transaction-runner.js';
import { OnOutboxEvent } from '../../src/outbox/on-outbox-event.decorator.js';
import { OutboxFact } from '../../src/outbox/outbox-fact.js';
import { leaveEffects, startOutbox } from './outbox.js';

const [databaseUrl = '', moment = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

@Injectable()
class Dying {
  @OnOutboxEvent('lead.updated', { consumer: 'points' })
  async handle(tx: Transaction, fact: OutboxFact): Promise<void> {
    await leaveEffects(tx, 'points', [fact], 'dying');
    die();
    await new Promise(() => undefined);
  }
}

async function live(): Promise<void> {
  const outbox = await startOutbox(databaseUrl, [Dying]);
  await outbox.append({ type: 'lead.updated', leadId: 1 });
  if (moment === 'after-commit') die();
}

void live();
