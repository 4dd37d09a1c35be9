import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { requestContext } from '../common/request-context.js';

/** The connection that one transaction runs on; repositories take it as their first argument. */
export type Transaction = EntityManager;

/** Runs a unit of work: everything in it is committed together or not at all. */
@Injectable()
export class TransactionRunner {
  private readonly followUps = new WeakMap<Transaction, Set<() => void>>();

  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    // Whatever its method promised, what the request asks from here on must have what it writes.
    const context = requestContext.getStore();
    if (context) context.walPosition = undefined;
    const followUps = new Set<() => void>();
    const result = await this.dataSource.transaction((tx) => {
      this.followUps.set(tx, followUps);
      return work(tx);
    });
    for (const followUp of followUps) followUp();
    return result;
  }

  /**
   * Has `followUp`, which must not throw, called when `tx` is committed; once, however often it is asked for. A process
   * that dies in between never calls it, so it may only hasten what happens anyway.
   */
  afterCommit(tx: Transaction, followUp: () => void): void {
    this.followUps.get(tx)?.add(followUp);
  }
}
