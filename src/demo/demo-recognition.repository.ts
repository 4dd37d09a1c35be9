import type { Client } from 'pg';

/** From whom, to whom, how many hours ago, and what for. */
const KUDOS: readonly (readonly [from: string, to: string, hoursAgo: number, message: string])[] = [
  [
    'agent3',
    'agent1',
    700,
    'Thanks for sharing the reimbursement sheet, it answered every question I got today',
  ],
  ['manager1', 'agent4', 610, 'Strong first month: you kept every single callback'],
  ['agent6', 'agent5', 520, 'Took over my demo without a minute of notice and won them over'],
  ['agent8', 'agent7', 450, 'Your questions for the office manager work every time'],
  ['manager2', 'agent6', 400, 'Patient and friendly with a very difficult practice'],
  ['agent2', 'agent3', 330, 'Helped me find the right person in a practice with forty providers'],
  ['agent1', 'agent2', 280, 'Great notes on that recycled lead, I would never have called again'],
  ['agent5', 'agent8', 200, 'Stayed late for a call with the West Coast'],
  ['manager2', 'agent7', 170, 'Best demo I have sat in on this year'],
  ['agent7', 'agent6', 120, 'Showed me how to read the scores before the morning calls'],
  ['manager1', 'agent1', 76, 'Two signed contracts in one week'],
  ['agent4', 'agent2', 50, 'Cheered me up after a lost deal'],
  ['admin', 'agent5', 26, 'The new practice wrote in just to say how well they were treated'],
  ['agent8', 'agent3', 5, 'Saved the afternoon: found the fax nobody else could find'],
];

/** What, by which metric, for whom, from and to how many days from today. */
const CONTESTS: readonly (readonly [
  name: string,
  prize: string | null,
  metric: string,
  entrants: string,
  from: number,
  to: number,
  by: string,
])[] = [
  ['First contact week', 'A long lunch on the house', 'first_contacts', 'agents', -24, -18, 'admin'],
  ['Points sprint', 'Concert tickets for two', 'points', 'agents', -9, 5, 'admin'],
  ['East against West', 'The team picks its next outing', 'deals', 'teams', -20, 10, 'admin'],
  ['Demo month', 'A day off', 'demos', 'agents', 8, 38, 'manager1'],
];

/** Targets that people with twenty leads can meet. */
const TARGETS = { activities: 8, calls: 4, first_contacts: 1, points: 20 };

/** Contests, kudos and targets of the demo; runs in the transaction that its client has open. */
export class DemoRecognitionRepository {
  constructor(private readonly client: Client) {}

  async insert(now: Date): Promise<void> {
    const kudos = KUDOS.map(([from, to, hoursAgo, message]) => ({ from, to, hoursAgo, message }));
    await this.client.query(
      `INSERT INTO kudos (from_user_id, to_user_id, message, created_at)
       SELECT f.id, t.id, k.message, $2::timestamptz - make_interval(hours => k."hoursAgo")
         FROM jsonb_to_recordset($1::jsonb) AS k ("from" text, "to" text, "hoursAgo" int, message text)
         JOIN users f ON f.username = k."from" JOIN users t ON t.username = k."to" ORDER BY k."hoursAgo" DESC`,
      [JSON.stringify(kudos), now],
    );
    const contests = CONTESTS.map(([name, prize, metric, entrants, from, to, by]) => ({
      name,
      prize,
      metric,
      entrants,
      from,
      to,
      by,
    }));
    await this.client.query(
      `WITH made AS (
         INSERT INTO contests (name, prize, metric, entrants, starts_on, ends_on, created_by, created_at)
         SELECT c.name, c.prize, c.metric, c.entrants, $2::date + c."from", $2::date + c."to", u.id,
                $2::timestamptz + make_interval(days => least(c."from", 0) - 2)
           FROM jsonb_to_recordset($1::jsonb) AS c (name text, prize text, metric text, entrants text, "from" int, "to" int,
             "by" text) JOIN users u ON u.username = c."by"
         RETURNING id, created_by
       )
       INSERT INTO contest_teams (contest_id, manager_id)
       SELECT made.id, m.id FROM made JOIN users b ON b.id = made.created_by
         JOIN users m ON m.role = 'manager' AND (b.role = 'admin' OR m.id = b.id)`,
      [JSON.stringify(contests), now],
    );
    await this.client.query(BADGES);
    await this.client.query(
      'UPDATE daily_targets t SET target = d.value::int FROM jsonb_each_text($1::jsonb) AS d WHERE t.metric = d.key',
      [JSON.stringify(TARGETS)],
    );
  }
}

/** When badges were earned; which are held is for the ledger to say, which takes back what is not. */
const BADGES = `
  WITH won AS (
    SELECT s.agent_id, s.entered_at, l.times_recycled > 0 AS is_comeback
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id WHERE s.status = 'CLOSED_WON' AND s.agent_id IS NOT NULL
  ), worked AS (
    SELECT user_id, completed_at, row_number() OVER (PARTITION BY user_id ORDER BY completed_at, id) AS nth
      FROM activities WHERE completed_at IS NOT NULL
  ), quick AS (
    SELECT assigned_user_id, first_contact_at, row_number() OVER (PARTITION BY assigned_user_id ORDER BY first_contact_at) AS nth
      FROM leads WHERE speed_to_lead_seconds <= 3600
  ), earned (user_id, badge, at) AS (
    SELECT agent_id, 'first_deal', min(entered_at) FROM won GROUP BY 1
    UNION ALL SELECT agent_id, 'comeback', min(entered_at) FROM won WHERE is_comeback GROUP BY 1
    UNION ALL SELECT user_id, 'streak_5', completed_at FROM worked WHERE nth = 20
    UNION ALL SELECT user_id, 'streak_20', completed_at FROM worked WHERE nth = 110
    UNION ALL SELECT user_id, 'points_500', completed_at FROM worked WHERE nth = 130
    UNION ALL SELECT assigned_user_id, 'quick_10', first_contact_at FROM quick WHERE nth = 10
  )
  INSERT INTO user_badges (user_id, badge, earned_at) SELECT user_id, badge, at FROM earned`;
