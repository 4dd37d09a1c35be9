import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sums of points by month beside those by day: a board of a month read 240 rows an agent, and reads 8. */
export class PointsByMonth1754003500000 implements MigrationInterface {
  readonly name = 'PointsByMonth1754003500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE point_months (
        user_id integer NOT NULL CONSTRAINT point_months_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        month date NOT NULL,
        rule text NOT NULL,
        points integer NOT NULL,
        entries integer NOT NULL,
        CONSTRAINT point_months_pkey PRIMARY KEY (user_id, month, rule)
      );
      INSERT INTO point_months (user_id, month, rule, points, entries)
      SELECT user_id, date_trunc('month', day::timestamp)::date, rule, sum(points), sum(entries) FROM point_days GROUP BY 1, 2, 3;
      CREATE INDEX point_months_month_idx ON point_months (month);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE point_months');
  }
}
