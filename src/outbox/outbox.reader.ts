import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { prepared } from '../database/prepared-statement.js';
import { FACT, OutboxFact } from './outbox-fact.js';

const AFTER = prepared(`SELECT ${FACT} FROM outbox_log f WHERE f.seq > $1 ORDER BY f.seq LIMIT $2`);

/**
 * The log for those who keep their own place in it, as a client that was away does. A place is the `seq` of the last fact
 * that was read; nothing with a lower one can appear afterwards.
 */
@Injectable()
export class OutboxReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The place of somebody who wants only what comes from now on. */
  async position(): Promise<number> {
    const [head] = (await this.dataSource.query('SELECT seq::float8 AS seq FROM outbox_head')) as [
      { seq: number },
    ];
    return head.seq;
  }

  /**
   * The facts after a place, in order; fewer than `limit` when these are all there are yet.
   *
   * @param cursor `seq` of the last fact read; see `reaches`
   */
  after(cursor: number, limit: number): Promise<OutboxFact[]> {
    return this.dataSource.query(AFTER, [cursor, limit]);
  }

  /** Whether every fact after a place is still there; if not, its owner has to start from the present state. */
  async reaches(cursor: number): Promise<boolean> {
    const [answer] = (await this.dataSource.query(
      'SELECT $1::bigint BETWEEN deleted_through AND seq AS reaches FROM outbox_head',
      [cursor],
    )) as [{ reaches: boolean }];
    return answer.reaches;
  }
}
