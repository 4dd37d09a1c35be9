import type { MigrationInterface, QueryRunner } from 'typeorm';

const TYPES = `measure IN ('type_won', 'type_lost', 'type_open')`;

/**
 * How agents do with each type of lead, with what that is worth in an index: the best three of a type are its first three
 * entries. They were cells of analytics_days, of which all agents of a type had to be read.
 */
export class AgentsOfLeadTypes1754003400000 implements MigrationInterface {
  readonly name = 'AgentsOfLeadTypes1754003400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lead_type_agents (
        specialty text NOT NULL,
        state text NOT NULL,
        source text NOT NULL,
        bucket smallint NOT NULL,
        agent_id integer NOT NULL,
        total integer NOT NULL,
        contacted integer NOT NULL,
        won integer NOT NULL,
        closed integer NOT NULL,
        worth double precision GENERATED ALWAYS AS (${WORTH}) STORED,
        CONSTRAINT lead_type_agents_pkey PRIMARY KEY (specialty, state, source, bucket, agent_id)
      );
      INSERT INTO lead_type_agents (specialty, state, source, bucket, agent_id, total, contacted, won, closed)
      SELECT specialty, state, source, bucket, agent_id, sum(count), sum(amount),
             coalesce(sum(count) FILTER (WHERE measure = 'type_won'), 0),
             coalesce(sum(count) FILTER (WHERE measure <> 'type_open'), 0)
        FROM analytics_days WHERE level = 0 AND ${TYPES} GROUP BY 1, 2, 3, 4, 5;
      CREATE INDEX lead_type_agents_best_idx
        ON lead_type_agents (specialty, state, source, bucket, (closed = 0), worth DESC, total DESC, agent_id)
        WHERE total > 0 AND agent_id > 0;
      CREATE INDEX lead_type_agents_agent_id_idx ON lead_type_agents (agent_id);
      DROP INDEX analytics_days_type_idx;
      DELETE FROM analytics_days WHERE level = 0 AND ${TYPES};`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE lead_type_agents;
      CREATE INDEX analytics_days_type_idx ON analytics_days (specialty, state, source, bucket) WHERE level = 0 AND ${TYPES};
      INSERT INTO analytics_days (level, day, measure, bucket, agent_id, source, state, specialty, count, amount)
      SELECT 0, day, measure, bucket, agent_id, source, state, specialty, sum(count), sum(amount)
        FROM lead_contributions WHERE ${TYPES} GROUP BY day, measure, bucket, agent_id, source, state, specialty;`);
  }
}

/** Wilson's lower bound at 95 %, as gamification/win-rate.ts has it; rows of a migration do not follow later changes of it. */
const WORTH = `CASE WHEN closed > 0 THEN greatest(0,
          (won::float8 / closed + 3.8416 / (2 * closed::float8)
            - 1.96 * sqrt((won::float8 / closed) * (1 - won::float8 / closed) / closed + 3.8416 / (4 * closed::float8 * closed)))
          / (1 + 3.8416 / closed::float8)) ELSE 0 END`;
