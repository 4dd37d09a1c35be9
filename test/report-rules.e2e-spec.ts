import { addDays, dayIn } from '../src/gamification/period.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';

const ZONE = 'America/New_York';
const REPORTS = [
  'totals',
  'trends',
  'funnel',
  'cohorts',
  'speed-to-lead',
  'win-rates',
  'heat-map',
  'pipeline',
  'stuck-leads',
  'sources',
  'recycling',
  'fairness',
];

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
beforeAll(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: ZONE });
  us = await aCompany(api.db);
  as = client(api.url).as;
});
afterAll(() => api.stop());

const today = dayIn(ZONE, new Date());
const path = (report: string, query = '') => `/api/v1/analytics/${report}?${query}`;

describe('every report', () => {
  it.each(REPORTS)('%s has its shape when there is nothing', async (report) => {
    for (const actor of [us.admin, us.manager, us.agent]) {
      const answer = await as(actor).get(path(report));
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/NaN|Infinity/);
      expect(answer.body).toMatchObject({
        from: addDays(today, -89),
        to: today,
        time_zone: ZONE,
      });
    }
  });

  it.each(REPORTS)('%s names what is wrong with the question', async (report) => {
    const wrong = async (query: string) => {
      const answer = await as(us.admin).get(path(report, query));
      return [answer.status, answer.body.errors?.map((error: { field: string }) => error.field)];
    };
    expect(await wrong('from=2025-02-02&to=2025-02-01')).toEqual([422, ['to']]);
    expect(await wrong('from=1990-01-01&to=2025-01-01')).toEqual([422, ['to']]);
    expect(await wrong('time_zone=Mars/Olympus&state=XX&source=luck&from=2025-02-30')).toEqual([
      422,
      ['from', 'time_zone', 'source', 'state'],
    ]);
  });

  it.each(REPORTS)("%s shows nobody other people's figures", async (report) => {
    const status = async (actor: Actor, query: string) => (await as(actor).get(path(report, query))).status;
    expect(await status(us.agent, `agent_id=${us.agent.id}`)).toBe(200);
    expect(await status(us.agent, `agent_id=${us.colleague.id}`)).toBe(403);
    expect(await status(us.agent, `team_id=${us.manager.id}`)).toBe(403);
    expect(await status(us.manager, `agent_id=${us.colleague.id}&team_id=${us.manager.id}`)).toBe(200);
    expect(await status(us.manager, `agent_id=${us.outsider.id}`)).toBe(403);
    expect(await status(us.manager, `team_id=${us.otherManager.id}`)).toBe(403);
    expect(await status(us.admin, `team_id=${us.otherManager.id}`)).toBe(200);

    const named = async (actor: Actor, query: string) =>
      (await as(actor).get(path(report, query))).body.errors.map(({ field }: { field: string }) => field);
    expect(await named(us.agent, `agent_id=${us.colleague.id}`)).toEqual(['agent_id']);
    expect(await named(us.manager, `agent_id=${us.outsider.id}`)).toEqual(['agent_id']);
    expect(await named(us.manager, `team_id=${us.otherManager.id}`)).toEqual(['team_id']);
  });

  it('refuses ten years by the hour or by the day', async () => {
    const years = 'from=2015-01-01&to=2024-12-31';
    for (const [report, query] of [
      ['heat-map', years],
      ['trends', `interval=day&${years}`],
    ] as const) {
      const answer = await as(us.admin).get(path(report, query));
      expect(answer).toBeProblem(422);
      expect(answer.body.errors).toMatchObject([{ field: 'to', code: 'range_too_long' }]);
    }
    expect((await as(us.admin).get(path('trends', `interval=quarter&${years}`))).body.points).toHaveLength(
      40,
    );
  });
});
