import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many active leads each agent has, kept as leads change (docs/adr/0014): a sum and the changes since. Changes are only ever added,
 * so that nobody who changes leads waits for anybody else, and are summed up by whoever holds the lock of the distribution.
 */
export class ActiveLeadCounts1753720000000 implements MigrationInterface {
  readonly name = 'ActiveLeadCounts1753720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(TRIGGERS);
    await runner.query(`
      INSERT INTO agent_lead_counts (agent_id, leads)
      SELECT l.assigned_user_id, count(*) FROM leads l WHERE ${isCounted('l')} GROUP BY 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const trigger of ['inserted', 'updated', 'deleted', 'truncated'])
      await runner.query(`DROP TRIGGER leads_${trigger}_count ON leads`);
    await runner.query('DROP FUNCTION count_active_leads(), forget_active_leads()');
    await runner.query('DROP TABLE agent_lead_counts, agent_lead_count_changes');
  }
}

const isCounted = (row: string): string =>
  `${row}.assigned_user_id IS NOT NULL AND ${row}.deleted_at IS NULL
     AND ${row}.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')`;

const TABLES = `
  CREATE TABLE agent_lead_counts (
    agent_id integer CONSTRAINT agent_lead_counts_pkey PRIMARY KEY,
    leads integer NOT NULL
  );
  CREATE TABLE agent_lead_count_changes (
    id bigserial CONSTRAINT agent_lead_count_changes_pkey PRIMARY KEY,
    agent_id integer NOT NULL,
    change integer NOT NULL
  );`;

const TRIGGERS = `
  CREATE FUNCTION count_active_leads() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'INSERT' THEN
      IF ${isCounted('OLD')} THEN
        INSERT INTO agent_lead_count_changes (agent_id, change) VALUES (OLD.assigned_user_id, -1);
      END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      IF ${isCounted('NEW')} THEN
        INSERT INTO agent_lead_count_changes (agent_id, change) VALUES (NEW.assigned_user_id, 1);
      END IF;
    END IF;
    RETURN NULL;
  END $$;
  CREATE FUNCTION forget_active_leads() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM agent_lead_counts;
    DELETE FROM agent_lead_count_changes;
    RETURN NULL;
  END $$;
  CREATE TRIGGER leads_inserted_count AFTER INSERT ON leads FOR EACH ROW
    WHEN (${isCounted('NEW')}) EXECUTE FUNCTION count_active_leads();
  -- Most edits change none of these three, and pay nothing.
  CREATE TRIGGER leads_updated_count AFTER UPDATE OF assigned_user_id, status, deleted_at ON leads FOR EACH ROW
    WHEN (OLD.assigned_user_id IS DISTINCT FROM NEW.assigned_user_id OR OLD.status IS DISTINCT FROM NEW.status
          OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
    EXECUTE FUNCTION count_active_leads();
  CREATE TRIGGER leads_deleted_count AFTER DELETE ON leads FOR EACH ROW
    WHEN (${isCounted('OLD')}) EXECUTE FUNCTION count_active_leads();
  CREATE TRIGGER leads_truncated_count AFTER TRUNCATE ON leads FOR EACH STATEMENT EXECUTE FUNCTION forget_active_leads();`;
