import type { Client } from 'pg';
import type { DemoLead } from './demo-leads.js';
import type { DemoUser } from './demo-users.js';

/** Any number that nothing else in the database uses; two instances starting together load once. */
const DEMO_LOCK = 7_053_202;

/** Writes the demo data; every method runs in the transaction that its client has open. */
export class DemoDataRepository {
  constructor(private readonly client: Client) {}

  /** Waits until no other instance can load, for as long as the transaction lasts. */
  async lock(): Promise<void> {
    await this.client.query('SELECT pg_advisory_xact_lock($1)', [DEMO_LOCK]);
  }

  hasUsers(): Promise<boolean> {
    return this.hasRows('users');
  }

  hasLeads(): Promise<boolean> {
    return this.hasRows('leads');
  }

  async hasDemoUsers(users: readonly DemoUser[]): Promise<boolean> {
    const { rows } = await this.client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM users
         JOIN jsonb_to_recordset($1::jsonb) AS u (username text, "fullName" text)
           ON users.username = u.username AND users.full_name = u."fullName"`,
      [JSON.stringify(users)],
    );
    return rows[0]?.count === users.length;
  }

  /** @param users managers before their agents, each with the hash of their password */
  async insertUsers(users: (DemoUser & { passwordHash: string })[], now: Date): Promise<void> {
    await this.client.query(
      `INSERT INTO users (username, email, full_name, password_hash, role, territory, hire_date, created_at)
       SELECT username, username || '@example.com', "fullName", "passwordHash", role, territory,
              $2::timestamptz - make_interval(days => "hiredDaysAgo"), $2::timestamptz - make_interval(days => "hiredDaysAgo")
         FROM jsonb_to_recordset($1::jsonb) AS u (username text, "fullName" text, "passwordHash" text, role text,
              territory text, "hiredDaysAgo" integer)`,
      [JSON.stringify(users), now],
    );
    await this.client.query(
      `UPDATE users SET manager_id = managers.id
         FROM jsonb_to_recordset($1::jsonb) AS u (username text, manager text)
         JOIN users managers ON managers.username = u.manager
        WHERE users.username = u.username`,
      [JSON.stringify(users)],
    );
  }

  /** Leads get ids in the given order. */
  async insertLeads(leads: DemoLead[]): Promise<void> {
    const ids = await this.reserveLeadIds(leads.length);
    const rows = leads.map(({ activities: _, moves: __, ...lead }, index) => ({ id: ids[index], ...lead }));
    await this.client.query(INSERT_LEADS, [JSON.stringify(rows)]);
    const activities = leads.flatMap((lead, index) =>
      lead.activities.map((activity) => ({ leadId: ids[index], agent: lead.agent, ...activity })),
    );
    await this.client.query(INSERT_ACTIVITIES, [JSON.stringify(activities)]);
    const moves = leads.flatMap((lead, index) =>
      lead.moves.map((move) => ({
        leadId: ids[index],
        agent: lead.assignedAt && move.at >= lead.assignedAt ? lead.agent : null,
        dealValue: move.status === 'CLOSED_WON' ? lead.dealValue : null,
        ...move,
      })),
    );
    await this.client.query('DELETE FROM lead_stages WHERE lead_id = ANY ($1)', [ids]);
    await this.client.query(INSERT_STAGES, [JSON.stringify(moves)]);
    await this.client.query(INSERT_HISTORY);
  }

  /** What the leads and activities say about the agents, put where the agents' figures are kept. */
  async updateAgentFigures(): Promise<void> {
    await this.client.query(`
      UPDATE users SET deals_closed = f.won, conversion_rate = coalesce(round(100.0 * f.won / nullif(f.closed, 0), 1), 0)
        FROM (SELECT assigned_user_id, count(*) FILTER (WHERE status = 'CLOSED_WON') AS won,
                     count(*) FILTER (WHERE status IN ('CLOSED_WON', 'CLOSED_LOST')) AS closed
                FROM leads WHERE assigned_user_id IS NOT NULL GROUP BY 1) f
       WHERE users.id = f.assigned_user_id`);
  }

  private async hasRows(table: 'users' | 'leads'): Promise<boolean> {
    const { rows } = await this.client.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM ${table}) AS found`,
    );
    return rows[0]?.found ?? false;
  }

  private async reserveLeadIds(count: number): Promise<number[]> {
    const { rows } = await this.client.query<{ id: string }>(
      "SELECT nextval(pg_get_serial_sequence('leads', 'id')) AS id FROM generate_series(1, $1)",
      [count],
    );
    return rows.map(({ id }) => Number(id));
  }
}

const INSERT_LEADS = `
  INSERT INTO leads (id, practice_name, owner_name, practice_phone, owner_phone, address, city, state, zip_code, ein, npi,
    entity_type, providers, specialties, is_sole_proprietor, category, score, priority, scoring_breakdown, scoring_version, status, source,
    assigned_user_id, assigned_at, last_contact_date, next_follow_up, contact_attempts, recycling_eligible_at,
    times_recycled, previous_agents, first_contact_at, speed_to_lead_seconds, created_at, updated_at)
  SELECT l.id, "practiceName", "ownerName", "practicePhone", "ownerPhone", address, city, state, "zipCode", ein, npi,
    "entityType", providers, specialties, "isSoleProprietor", category, score, priority, "scoringBreakdown", 1, status, source,
    u.id, "assignedAt", "lastContactDate", "nextFollowUp", "contactAttempts", "recyclingEligibleAt", "timesRecycled",
    ARRAY(SELECT p.id FROM jsonb_array_elements_text("previousAgents") WITH ORDINALITY AS previous (username, position)
            JOIN users p ON p.username = previous.username ORDER BY position),
    "firstContactAt", extract(epoch FROM "firstContactAt" - "assignedAt")::int, "createdAt", "updatedAt"
    FROM jsonb_to_recordset($1::jsonb) AS l (id integer, "practiceName" text, "ownerName" text, "practicePhone" text,
      "ownerPhone" text, address text, city text, state text, "zipCode" text, ein text, npi text, "entityType" text,
      providers integer, specialties text, "isSoleProprietor" boolean, category text, score integer, priority text,
      "scoringBreakdown" jsonb, status text, source text, agent text, "assignedAt" timestamptz,
      "lastContactDate" timestamptz, "nextFollowUp" timestamptz, "contactAttempts" integer,
      "recyclingEligibleAt" timestamptz, "timesRecycled" integer, "previousAgents" jsonb, "firstContactAt" timestamptz,
      "createdAt" timestamptz, "updatedAt" timestamptz)
    LEFT JOIN users u ON u.username = l.agent`;

const INSERT_ACTIVITIES = `
  INSERT INTO activities (lead_id, user_id, activity_type, subject, description, outcome, duration_minutes, scheduled_at,
    completed_at, created_at)
  SELECT "leadId", u.id, "activityType", subject, description, outcome, "durationMinutes", "scheduledAt", "completedAt",
    "createdAt"
    FROM jsonb_to_recordset($1::jsonb) AS a ("leadId" integer, agent text, "activityType" text, subject text,
      description text, outcome text, "durationMinutes" integer, "scheduledAt" timestamptz, "completedAt" timestamptz,
      "createdAt" timestamptz)
    JOIN users u ON u.username = a.agent
   ORDER BY "createdAt"`;

/** In the place of those that the database began by itself, which know no past. */
const INSERT_STAGES = `
  WITH moves AS (
    SELECT *, lag(status) OVER w AS from_status, lead(at) OVER w AS left_at
      FROM jsonb_to_recordset($1::jsonb) AS m ("leadId" integer, agent text, status text, at timestamptz, reason text,
        "dealValue" numeric)
    WINDOW w AS (PARTITION BY "leadId" ORDER BY at, array_position(ARRAY['NEW', 'RECYCLED', 'CONTACTED', 'QUALIFIED',
      'DEMO_SCHEDULED', 'PROPOSAL_SENT', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'], status))
  )
  INSERT INTO lead_stages (lead_id, status, from_status, agent_id, entered_at, left_at, reason, deal_value)
  SELECT "leadId", status, from_status, u.id, at, left_at, reason, "dealValue"
    FROM moves LEFT JOIN users u ON u.username = moves.agent ORDER BY at, "leadId"`;

/** Assignments and statuses as the timeline of a lead shows them. */
const INSERT_HISTORY = `
  WITH changes AS (
    SELECT s.lead_id, s.entered_at AS at, 'status' AS field, to_jsonb(s.from_status) AS old_value,
           to_jsonb(s.status) AS new_value, s.reason, s.agent_id AS actor_id
      FROM lead_stages s WHERE s.from_status IS NOT NULL
    UNION ALL
    SELECT id, assigned_at, 'assigned_user_id', 'null', to_jsonb(assigned_user_id), NULL, NULL
      FROM leads WHERE assigned_user_id IS NOT NULL
  ), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY at, field) + 1 AS version FROM changes
  ), written AS (
    INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, actor_id, reason, changed_at)
    SELECT lead_id, version, field, old_value, new_value, CASE WHEN actor_id IS NULL THEN 'distribution' ELSE 'api' END,
           actor_id, reason, at
      FROM numbered ORDER BY at, lead_id, version
  )
  UPDATE leads l SET version = n.version
    FROM (SELECT lead_id, max(version) AS version FROM numbered GROUP BY lead_id) n WHERE l.id = n.lead_id`;
