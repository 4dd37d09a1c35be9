import { loadDemoData } from '../src/demo/load-demo-data.js';
import { verifyPassword } from '../src/users/password-hasher.js';
import { aLead } from './support/builders.js';
import { createDatabase, TestDatabase } from './support/database.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await createDatabase();
});
afterEach(() => db.drop());

const silently = () => undefined;

async function counts(): Promise<unknown> {
  const [row] = await db.query(
    `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM leads) AS leads,
            (SELECT count(*) > 500 FROM activities) AS has_activities`,
  );
  return row;
}

describe('loading the demo data', () => {
  it('makes one admin and two managers with four agents each, who can sign in without changing the password', async () => {
    await loadDemoData(db.url, silently);
    const users = await db.query<{ username: string; team: string | null; password_hash: string }>(
      `SELECT u.username, m.username AS team, u.password_hash FROM users u LEFT JOIN users m ON m.id = u.manager_id
        WHERE NOT u.must_change_password AND u.is_active AND u.email = u.username || '@example.com' ORDER BY u.id`,
    );
    expect(users.map(({ username, team }) => (team ? `${username} of ${team}` : username))).toEqual([
      'admin',
      'manager1',
      'manager2',
      ...[1, 2, 3, 4].map((number) => `agent${number} of manager1`),
      ...[5, 6, 7, 8].map((number) => `agent${number} of manager2`),
    ]);
    const passwords = ['admin123', 'manager123', 'manager123', ...Array<string>(8).fill('agent123')];
    const fits = users.map(({ password_hash }, index) =>
      verifyPassword(password_hash, passwords[index] ?? ''),
    );
    expect(await Promise.all(fits)).toEqual(users.map(() => true));
  });

  it('gives agent1 work, and figures that follow from it', async () => {
    await loadDemoData(db.url, silently);
    const [agent] = await db.query(
      `SELECT u.deals_closed, u.conversion_rate > 0 AS has_rate,
              count(*) FILTER (WHERE l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST'))::int AS active,
              count(*) FILTER (WHERE l.status = 'CLOSED_WON')::int AS won
         FROM users u JOIN leads l ON l.assigned_user_id = u.id WHERE u.username = 'agent1' GROUP BY u.id`,
    );
    expect(agent).toEqual({ deals_closed: 9, has_rate: true, active: 20, won: 9 });
    expect(
      await db.query(
        `SELECT 1 FROM leads l LEFT JOIN activities a ON a.lead_id = l.id GROUP BY l.id
         HAVING l.contact_attempts <> count(a.id) FILTER (WHERE a.completed_at IS NOT NULL
                  AND a.activity_type IN ('call', 'email', 'meeting', 'demo', 'follow_up'))
             OR l.next_follow_up < min(a.scheduled_at) FILTER (WHERE a.completed_at IS NULL)
             OR bool_or(a.user_id <> l.assigned_user_id) OR l.times_recycled <> cardinality(l.previous_agents)`,
      ),
    ).toEqual([]);
  });

  it('gives every lead a past that ends in its present, with the deal values that reports rest on', async () => {
    await loadDemoData(db.url, silently);
    expect(
      await db.query(
        `SELECT l.id FROM leads l LEFT JOIN lead_stages s ON s.lead_id = l.id AND s.left_at IS NULL
          WHERE s.status IS DISTINCT FROM l.status OR (l.status = 'CLOSED_WON') <> (s.deal_value IS NOT NULL)
             OR s.agent_id IS DISTINCT FROM l.assigned_user_id AND l.status NOT IN ('NEW', 'RECYCLED')`,
      ),
    ).toEqual([]);
    const [row] = await db.query(
      `SELECT (SELECT count(*)::int FROM kudos) AS kudos, (SELECT count(*)::int FROM contests) AS contests,
              (SELECT count(DISTINCT entrants)::int FROM contests) AS kinds,
              (SELECT count(*) > 700 FROM lead_history) AS has_history,
              (SELECT count(*) > 5 FROM activities WHERE completed_at IS NULL AND scheduled_at < now()) AS has_due`,
    );
    expect(row).toEqual({ kudos: 14, contests: 4, kinds: 2, has_history: true, has_due: true });
  });

  it('happens once when two instances start together, and not again', async () => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    await Promise.all([loadDemoData(db.url, say), loadDemoData(db.url, say)]);
    await loadDemoData(db.url, say);
    expect(said).toEqual(['Loaded demo data: 11 users, 500 leads']);
    expect(await counts()).toEqual({ users: 11, leads: 500, has_activities: true });
  });

  it('leaves nothing behind when it fails half-way', async () => {
    await db.query(`ALTER TABLE activities ADD CONSTRAINT broken CHECK (subject <> 'Contract signed')`);
    await expect(loadDemoData(db.url, silently)).rejects.toThrow('broken');
    expect(await counts()).toEqual({ users: 0, leads: 0, has_activities: false });
  });

  it('leaves a database with a user alone', async () => {
    await db.query(
      `INSERT INTO users (username, email, full_name, password_hash, role) VALUES ('boss', 'b@example.com', 'B', 'x', 'admin')`,
    );
    await loadDemoData(db.url, silently);
    expect(await counts()).toEqual({ users: 1, leads: 0, has_activities: false });
  });

  it('adds no made-up leads to leads that are there', async () => {
    await aLead(db);
    await loadDemoData(db.url, silently);
    expect(await counts()).toEqual({ users: 11, leads: 1, has_activities: false });
  });
});
