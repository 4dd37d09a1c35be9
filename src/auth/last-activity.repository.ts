import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** When users were last seen. */
@Injectable()
export class LastActivityRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** One statement for all of them; ordered, so that two instances never wait for each other in a circle. */
  async save(seen: ReadonlyMap<number, Date>): Promise<void> {
    await this.dataSource.query(
      `WITH seen AS (
         SELECT u.id, s.at FROM unnest($1::int[], $2::timestamptz[]) AS s (id, at)
           JOIN users u ON u.id = s.id ORDER BY u.id FOR NO KEY UPDATE OF u
       )
       UPDATE users SET last_activity = greatest(users.last_activity, seen.at) FROM seen WHERE users.id = seen.id`,
      [[...seen.keys()], [...seen.values()]],
    );
  }
}
