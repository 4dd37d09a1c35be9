import { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts of a partition, and how many partitions there are beyond the one that is written to, as `OutboxSettings` has them. */
const ROOM = 'SELECT outbox_log_make_room(1000000, 2)';

const COLUMNS = `
    id bigint NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    lead_id integer,
    lead_version integer,
    payload jsonb NOT NULL,
    actor_id integer,
    request_id text,
    occurred_at timestamptz NOT NULL`;

const EVENTS = `
  CREATE VIEW outbox_events AS
    SELECT id, seq, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at FROM outbox_log
     UNION ALL
    SELECT id, NULL, event_id, type, lead_id, lead_version, payload, actor_id, request_id, occurred_at FROM outbox_inbox`;

/** Each holds the facts from `from_seq` up to and without `to_seq`. */
const PARTITIONS = `
  CREATE VIEW outbox_log_partitions AS
    SELECT c.relname AS name, coalesce(substring(bounds FROM 'FROM \\(''(\\d+)''\\)')::bigint, 0) AS from_seq,
           substring(bounds FROM 'TO \\(''(\\d+)''\\)')::bigint AS to_seq, i.inhdetachpending AS is_detaching
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     CROSS JOIN LATERAL pg_get_expr(c.relpartbound, c.oid) AS bounds
     WHERE i.inhparent = 'outbox_log'::regclass`;

/**
 * Makes partitions until so many are ahead; the very first takes all that is there. A table is created and then attached,
 * which lets others write and read meanwhile; CREATE … PARTITION OF would lock them out.
 */
const MAKE_ROOM = `
  CREATE FUNCTION outbox_log_make_room(facts bigint, ahead integer) RETURNS void LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
  DECLARE
    head bigint;
    border bigint;
  BEGIN
    PERFORM pg_advisory_xact_lock(7053210);
    SELECT seq INTO STRICT head FROM outbox_head;
    LOOP
      SELECT max(to_seq) INTO border FROM outbox_log_partitions;
      EXIT WHEN border > head + facts * ahead;
      EXECUTE format('CREATE TABLE outbox_log_%s (LIKE outbox_log INCLUDING ALL)', coalesce(border, 0));
      EXECUTE format('ALTER TABLE outbox_log ATTACH PARTITION outbox_log_%s FOR VALUES FROM (%s) TO (%s)',
        coalesce(border, 0), coalesce(border::text, 'MINVALUE'), (coalesce(border, head) / facts + 1) * facts);
    END LOOP;
  END $$`;

/** The log of facts by ranges of `seq`, so that what is old goes with its table instead of row by row (docs/adr/0027). */
export class PartitionsOfTheLog1754003300000 implements MigrationInterface {
  readonly name = 'PartitionsOfTheLog1754003300000';

  /** The table that is there becomes the first partition as it is: attaching reads it once and rewrites nothing. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW outbox_events');
    await runner.query(`
      ALTER TABLE outbox_log RENAME TO outbox_log_0;
      ALTER INDEX outbox_log_pkey RENAME TO outbox_log_0_pkey;
      CREATE TABLE outbox_log (seq bigint CONSTRAINT outbox_log_pkey PRIMARY KEY, ${COLUMNS}) PARTITION BY RANGE (seq)`);
    const [{ border }] = await runner.query(
      'SELECT (seq / 1000000 + 1) * 1000000 AS border FROM outbox_head',
    );
    await runner.query(
      `ALTER TABLE outbox_log ATTACH PARTITION outbox_log_0 FOR VALUES FROM (MINVALUE) TO (${border})`,
    );
    await runner.query(EVENTS);
    await runner.query(PARTITIONS);
    await runner.query(MAKE_ROOM);
    await runner.query(ROOM);
  }

  async down(runner: QueryRunner): Promise<void> {
    const left: { name: string }[] = await runner.query(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relname ~ '^outbox_log_\\d+$' AND relkind = 'r'
          AND NOT relispartition`,
    );
    for (const { name } of left) await runner.query(`DROP TABLE ${name}`);
    await runner.query(`
      DROP VIEW outbox_events, outbox_log_partitions;
      DROP FUNCTION outbox_log_make_room(bigint, integer);
      ALTER TABLE outbox_log RENAME TO outbox_log_in_partitions;
      ALTER INDEX outbox_log_pkey RENAME TO outbox_log_in_partitions_pkey;
      CREATE TABLE outbox_log (seq bigint CONSTRAINT outbox_log_pkey PRIMARY KEY, ${COLUMNS});
      INSERT INTO outbox_log SELECT * FROM outbox_log_in_partitions;
      DROP TABLE outbox_log_in_partitions`);
    await runner.query(EVENTS);
  }
}
