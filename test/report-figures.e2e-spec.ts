import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';
import { liveAtRandom } from './support/random-history.js';
import { countEveryLead } from './support/settled.js';

const ZONE = 'America/New_York';

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
beforeAll(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: ZONE });
  us = await aCompany(api.db);
  as = client(api.url).as;
  await liveAtRandom(api, us, as, { seed: 21, events: 200 });
  // Some of each outcome, whatever the history brought, and practices of every size and score.
  const leads = await api.db.query<{ id: number }>(
    'SELECT id FROM leads WHERE deleted_at IS NULL ORDER BY id',
  );
  for (const [at, status] of ['CLOSED_WON', 'CLOSED_LOST', 'CLOSED_WON'].entries())
    await as(us.manager).patch(`/api/v1/leads/${leads[at]?.id}/status`, { status, deal_value: 1_000 + at });
  await api.db.query(
    `UPDATE leads SET providers = id % 30, score = (id * 37) % 101, priority = (ARRAY['A+', 'A', 'B+', 'B', 'C'])[1 + id % 5]`,
  );
  await countEveryLead(api);
});
afterAll(() => api.stop());

/** Whose figures somebody sees, and on which rows they rest; everybody's when null. */
const audiences = (): [string, Actor, number[] | null][] => [
  ['an admin', us.admin, null],
  ['a manager', us.manager, [us.manager.id, us.agent.id, us.colleague.id]],
  ['an agent', us.agent, [us.agent.id]],
];
const get = async (actor: Actor, path: string) => (await as(actor).get(`/api/v1/analytics/${path}`)).body;
const raw = (sql: string, ids: number[] | null) => api.db.query(`WITH ${LEADS} ${sql}`, [ids]);

/** Leads with who stands for them and what became of them, counted plainly from the tables. */
const LEADS = `mine AS (
  SELECT l.*, s.deal_value, s.entered_at, coalesce(s.agent_id, 0) AS closer, o.owner, (l.created_at AT TIME ZONE '${ZONE}')::date AS day
    FROM leads l JOIN lead_stages s ON s.lead_id = l.id AND s.left_at IS NULL
   CROSS JOIN LATERAL (SELECT CASE WHEN l.status LIKE 'CLOSED%' THEN s.agent_id ELSE l.assigned_user_id END AS owner) o
   WHERE l.deleted_at IS NULL AND ($1::int[] IS NULL OR o.owner = ANY ($1))
), work AS (
  SELECT a.*, (a.completed_at AT TIME ZONE '${ZONE}') AS at FROM activities a JOIN leads l ON l.id = a.lead_id
   WHERE l.deleted_at IS NULL AND a.undone_at IS NULL AND a.completed_at IS NOT NULL
     AND a.outcome IS DISTINCT FROM 'cancelled' AND ($1::int[] IS NULL OR a.user_id = ANY ($1))
)`;

describe('figures equal what plain SQL says of the rows', () => {
  it('on the dashboard', async () => {
    for (const [who, actor, ids] of audiences()) {
      const [row] = await raw(
        `SELECT count(*)::int AS total_leads,
                coalesce(round(100.0 * count(*) FILTER (WHERE status = 'CLOSED_WON')
                  / nullif(count(*) FILTER (WHERE status LIKE 'CLOSED%'), 0), 1), 0)::float8 AS conversion_rate,
                coalesce(round(avg(deal_value) FILTER (WHERE status = 'CLOSED_WON'), 2), 0)::float8 AS avg_deal_size FROM mine`,
        ids,
      );
      const statuses = await raw('SELECT status, count(*)::int AS n FROM mine GROUP BY status', ids);
      const dashboard = await get(actor, 'dashboard');
      expect({ who, ...dashboard }).toMatchObject({ who, ...row });
      if (ids === null)
        expect(Math.min(dashboard.conversion_rate, dashboard.avg_deal_size)).toBeGreaterThan(0);
      expect(Object.entries(dashboard.leads_by_status).filter(([, n]) => n !== 0)).toEqual(
        expect.arrayContaining(statuses.map(({ status, n }) => [status, n])),
      );
    }
  });

  it('of types of leads', async () => {
    for (const [who, actor, ids] of audiences()) {
      const types = await raw(
        `SELECT trim(split_part(specialties, ',', 1)) AS specialty_category, priority AS priority_level, state AS state_region,
                CASE WHEN providers IS NULL THEN 'unknown' WHEN providers = 1 THEN 'solo' WHEN providers < 6 THEN '2-5'
                     WHEN providers < 21 THEN '6-20' ELSE '21+' END AS practice_size,
                CASE WHEN score < 60 THEN '0-59' WHEN score < 70 THEN '60-69' WHEN score < 80 THEN '70-79'
                     WHEN score < 90 THEN '80-89' ELSE '90-100' END AS score_range, source AS lead_source,
                count(*)::int AS total_leads,
                (count(*) FILTER (WHERE contact_attempts > 0 OR status NOT IN ('NEW', 'RECYCLED')))::int AS total_contacted,
                (count(*) FILTER (WHERE status = 'CLOSED_WON'))::int AS total_closed_won
           FROM mine GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY total_leads DESC, 1, 2, 3, 4, 5, 6`,
        ids,
      );
      expect(types.length).toBeGreaterThan(0);
      const path = who === 'an agent' ? `agent-performance/${actor.id}` : 'lead-types';
      for (const answer of [await get(actor, 'lead-types'), await get(actor, path)])
        expect(answer).toMatchObject(types);
    }
  });

  it('of what was done and won', async () => {
    for (const [who, actor, ids] of audiences()) {
      const [sums] = await raw(
        `SELECT (SELECT count(*)::int FROM work) AS activities, (SELECT count(*)::int FROM mine) AS arrived,
                (SELECT count(*)::int FROM mine WHERE status = 'CLOSED_WON') AS won,
                (SELECT count(*)::int FROM mine WHERE status = 'CLOSED_LOST') AS lost,
                (SELECT coalesce(sum(deal_value), 0)::float8 FROM mine WHERE status = 'CLOSED_WON') AS deal_value`,
        ids,
      );
      expect({ who, ...(await get(actor, 'totals')).totals }).toMatchObject({ who, ...sums });
    }
  });

  it('of the funnel, sources and the week', async () => {
    for (const [who, actor, ids] of audiences()) {
      const [lost] = await raw(`SELECT count(*)::int AS n FROM mine WHERE status = 'CLOSED_LOST'`, ids);
      const funnel = await get(actor, 'funnel');
      const [reached] = await raw(
        `SELECT count(*)::int AS all, (count(*) FILTER (WHERE status = 'CLOSED_WON' OR EXISTS (SELECT 1 FROM lead_stages p
            WHERE p.lead_id = mine.id AND p.status = 'CLOSED_WON')))::int AS won FROM mine`,
        ids,
      );
      expect({
        who,
        lost: funnel.lost,
        all: funnel.stages[0].reached,
        won: funnel.stages.at(-1).reached,
      }).toEqual({
        who,
        lost: lost?.['n'],
        ...reached,
      });

      const sources = await raw(
        `SELECT source, count(*)::int AS leads, round(avg((npi IS NOT NULL)::int), 4)::float8 AS with_npi FROM mine
          GROUP BY source ORDER BY leads DESC, source`,
        ids,
      );
      expect((await get(actor, 'sources')).sources).toMatchObject(sources);

      const hours = await raw(
        `SELECT extract(isodow FROM at)::int AS weekday, extract(hour FROM at)::int AS hour, count(*)::int AS activities,
                (count(*) FILTER (WHERE activity_type = 'call' AND outcome = 'connected'))::int AS connected
           FROM work GROUP BY 1, 2 ORDER BY 1, 2`,
        ids,
      );
      const { cells } = await get(actor, 'heat-map');
      expect(cells.filter(({ activities }: { activities: number }) => activities > 0)).toEqual(hours);
    }
  });

  it('of win rates by state, with their worth', async () => {
    const states = await raw(
      `SELECT state AS key, (count(*) FILTER (WHERE status = 'CLOSED_WON'))::int AS won, count(*)::int AS closed
         FROM mine WHERE status LIKE 'CLOSED%' GROUP BY state ORDER BY state`,
      null,
    );
    const { groups } = await get(us.admin, 'win-rates?by=state&min_closed=1');
    const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key);
    expect(groups.sort(byKey)).toMatchObject(states);
  });
});
