import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../../database/transaction-runner.js';
import { Webhook } from './webhook.entity.js';

@Injectable()
export class WebhooksRepository {
  constructor(private readonly dataSource: DataSource) {}

  insert(
    tx: Transaction,
    webhook: Pick<Webhook, 'url' | 'eventTypes' | 'secret' | 'createdById'>,
  ): Promise<Webhook> {
    return tx.save(Webhook, Object.assign(new Webhook(), webhook));
  }

  list(): Promise<Webhook[]> {
    return this.dataSource.manager.find(Webhook, { order: { id: 'ASC' } });
  }

  exists(id: number): Promise<boolean> {
    return this.dataSource.manager.existsBy(Webhook, { id });
  }

  /** With all of its messages. @returns whether it was there */
  async delete(tx: Transaction, id: number): Promise<boolean> {
    return (await tx.delete(Webhook, { id })).affected === 1;
  }
}
