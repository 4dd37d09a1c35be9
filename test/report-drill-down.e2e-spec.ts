import { dayIn } from '../src/gamification/period.js';
import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';
import { liveAtRandom } from './support/random-history.js';
import { settled } from './support/settled.js';

const ZONE = 'America/New_York';

let api: TestApp;
let us: Company;
let as: (actor: Actor) => Client;
beforeAll(async () => {
  api = await startTestApp({ COMPANY_TIME_ZONE: ZONE });
  us = await aCompany(api.db);
  as = client(api.url).as;
  await liveAtRandom(api, us, as, { seed: 21, events: 150 });
  await api.db.query(
    `INSERT INTO outbox_inbox (type, lead_id, payload) SELECT 'lead.updated', id, '{}' FROM leads`,
  );
  await settled(api);
});
afterAll(() => api.stop());

const today = dayIn(ZONE, new Date());
const path = (report: string, query = '') => `/api/v1/analytics/${report}?${query}`;
const ask = async (actor: Actor, report: string, query = '') =>
  (await as(actor).get(path(report, query))).body;
const behind = (actor: Actor, report: string, cell: string, query = '') =>
  ask(actor, 'leads', `report=${report}&cell=${encodeURIComponent(cell)}&${query}`);

type Row = Record<string, number & string>;

/** Each figure of a report that counts leads, as the cell that it is taken apart by and what it says. */
const FIGURES: Record<string, (body: Record<string, Row[] & Row>) => [string, number | undefined][]> = {
  totals: ({ totals }) => [
    ['arrived', totals?.['arrived']],
    ['first_contacts', totals?.['first_contacts']],
    ['won', totals?.['won']],
    ['lost', totals?.['lost']],
  ],
  funnel: ({ stages, lost }) => [
    ...(stages ?? []).map((stage): [string, number] => [stage['status'] ?? '', stage['reached'] ?? 0]),
    ['lost', lost as unknown as number],
  ],
  cohorts: ({ cohorts }) =>
    (cohorts ?? []).flatMap((row): [string, number | undefined][] => [
      [`${row['week']}`, row['arrived']],
      ...['contacted', 'qualified', 'won', 'lost'].map((figure): [string, number | undefined] => [
        `${row['week']}:${figure}`,
        row[figure],
      ]),
    ]),
  'speed-to-lead': ({ buckets }) =>
    (buckets ?? []).flatMap((row): [string, number | undefined][] => [
      [`${row['within']}`, row['leads']],
      [`${row['within']}:won`, row['won']],
      [`${row['within']}:closed`, row['closed']],
    ]),
  'win-rates': ({ groups }) =>
    (groups ?? []).flatMap((row): [string, number | undefined][] => [
      [`${row['key']}`, row['closed']],
      [`${row['key']}:won`, row['won']],
    ]),
  pipeline: ({ stages }) =>
    (stages ?? []).flatMap((row): [string, number | undefined][] => [
      [`${row['status']}`, row['leads']],
      [`${row['status']}:closed`, row['closed']],
    ]),
  'stuck-leads': ({ ages, total }) => [
    ['stuck', total as unknown as number],
    ...(ages ?? []).map((row): [string, number | undefined] => [`${row['days']}`, row['leads']]),
  ],
  sources: ({ sources }) =>
    (sources ?? []).flatMap((row): [string, number][] => [
      [`${row['source']}`, row['leads'] ?? 0],
      [`${row['source']}:with_phone`, (row['leads'] ?? 0) * (row['with_phone'] ?? 0)],
      [`${row['source']}:without_npi`, (row['leads'] ?? 0) * (1 - (row['with_npi'] ?? 0))],
    ]),
  recycling: ({ recycling }) =>
    (recycling ?? []).flatMap((row): [string, number | undefined][] => [
      [`${row['times']}`, row['recycled']],
      ...['waiting', 'working', 'won', 'lost'].map((figure): [string, number | undefined] => [
        `${row['times']}:${figure}`,
        row[figure],
      ]),
    ]),
};

describe('GET /api/v1/analytics/leads', () => {
  it.each(Object.keys(FIGURES))('has exactly the leads that each figure of %s counts', async (report) => {
    let counted = 0;
    for (const [actor, filter] of [
      [us.admin, ''],
      [us.manager, 'state=MD'],
      [us.admin, 'time_zone=UTC'],
    ] as const) {
      const narrowed = report === 'win-rates' ? `${filter}&by=state&min_closed=1` : filter;
      const figures = FIGURES[report]?.(await ask(actor, report, narrowed)) ?? [];
      for (const [cell, expected] of figures) {
        const { total, hidden, leads } = await behind(
          actor,
          report,
          cell,
          narrowed.replace('&min_closed=1', ''),
        );
        expect([cell, total]).toEqual([cell, Math.round(expected ?? -1)]);
        expect(leads).toHaveLength(total - hidden);
        counted += total;
      }
    }
    expect([report, counted > 0 || ['recycling', 'stuck-leads'].includes(report)]).toEqual([report, true]);
  });

  it('has the leads of an hour of the week, each once', async () => {
    const { cells } = await ask(us.admin, 'heat-map');
    const busiest = cells.sort((a: Row, b: Row) => (b['activities'] ?? 0) - (a['activities'] ?? 0))[0];
    const { leads, total } = await behind(us.admin, 'heat-map', `${busiest.weekday}-${busiest.hour}`);
    const raw = await api.db.query<{ id: number }>(
      `SELECT DISTINCT l.id FROM activities a JOIN leads l ON l.id = a.lead_id AND l.deleted_at IS NULL
        WHERE a.undone_at IS NULL AND a.completed_at IS NOT NULL AND a.outcome IS DISTINCT FROM 'cancelled'
          AND extract(isodow FROM a.completed_at AT TIME ZONE $1) = $2 AND extract(hour FROM a.completed_at AT TIME ZONE $1) = $3
        ORDER BY 1 DESC`,
      [ZONE, busiest.weekday, busiest.hour],
    );
    expect(raw.length).toBeGreaterThan(0);
    expect(leads.map((lead: { id: number }) => lead.id)).toEqual(raw.map(({ id }) => id));
    expect(total).toBe(raw.length);
  });

  it('hides from an agent what they worked on but do not have any more, and says how many', async () => {
    const lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
    await as(us.agent).post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'demo',
      subject: 'Demo',
    });
    await settled(api);
    const seen = await behind(us.agent, 'totals', 'activities:demo');
    await as(us.manager).post(`/api/v1/leads/${lead.id}/assign`, { agent_id: us.colleague.id });
    await settled(api);
    const left = await behind(us.agent, 'totals', 'activities:demo');
    expect(left).toMatchObject({ total: seen.total, hidden: seen.hidden + 1 });
    expect(left.leads).toHaveLength(seen.leads.length - 1);
    expect(JSON.stringify(left.leads)).not.toContain(`"id":${lead.id},`);
  });

  it('pages without gaps or repeats, by a cursor of its own list', async () => {
    const whole = await behind(us.admin, 'totals', 'arrived');
    const ids: number[] = [];
    let cursor = '';
    do {
      const page = await behind(us.admin, 'totals', 'arrived', `limit=3${cursor}`);
      ids.push(...page.leads.map((lead: { id: number }) => lead.id));
      expect(page.total).toBe(whole.total);
      cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
    } while (cursor);
    expect(ids).toEqual(whole.leads.map((lead: { id: number }) => lead.id));
    const { next_cursor } = await behind(us.admin, 'totals', 'arrived', 'limit=1');
    const other = await as(us.admin).get(path('leads', `report=totals&cell=won&cursor=${next_cursor}`));
    expect(other).toBeProblem(422);
  });

  it('names what is wrong with the question', async () => {
    for (const [query, fields] of [
      ['', ['report', 'cell']],
      ['report=totals', ['cell']],
      ['report=luck&cell=arrived', ['report']],
      ['report=funnel&cell=SOMEWHERE', ['cell']],
      ['report=totals&cell=won:lost', ['cell']],
      ["report=cohorts&cell=2025-99-99'", ['cell']],
      ['report=heat-map&cell=8-1', ['cell']],
      ['report=recycling&cell=4', ['cell']],
      ['report=fairness&cell=me', ['cell']],
      ['report=stuck-leads&cell=1-2', ['cell']],
      ['report=sources&cell=import:with_luck', []],
    ] as const) {
      const answer = await as(us.admin).get(path('leads', query));
      const named = (answer.body.errors ?? []).map((error: { field: string }) => error.field);
      expect([query, named]).toEqual([query, fields]);
    }
  });
});

describe('reports as CSV', () => {
  it('have the rows of the report and of the days before, by format or by Accept', async () => {
    const { text, headers } = await as(us.admin).get(path('funnel', 'format=csv'));
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="funnel_[\d-]+_[\d-]+\.csv"$/);
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'from,to,time_zone,as_of,status,reached,conversion_from_previous,conversion_from_start,median_hours_in_stage',
    );
    const { stages, previous_to } = await ask(us.admin, 'funnel');
    expect(lines).toHaveLength(1 + 2 * stages.length);
    expect(lines[1]).toMatch(new RegExp(`,${today},${ZONE},[^,]+Z,NEW,${stages[0].reached},`));
    expect(lines[8]).toContain(`,${previous_to},`);

    const accepted = await as(us.admin).get(path('lead-types'), { accept: 'text/csv' });
    expect(accepted.text).toMatch(/^specialty_category,priority_level,/);
    expect((await as(us.admin).get(path('funnel', 'format=xlsx'))).body.errors).toMatchObject([
      { field: 'format' },
    ]);
  });

  it('have a head when there is nothing', async () => {
    const { text } = await as(us.admin).get(path('win-rates', 'format=csv&from=2001-01-01&to=2001-01-02'));
    expect(text).toBe('from,to,time_zone,as_of,won,closed,win_rate,low,high,key,label,deal_value\r\n');
  });

  it('hold no formula that a spreadsheet would run', async () => {
    const wild = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'a "quoted", name', '=HYPERLINK("x")'];
    for (const practice_name of wild)
      await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW', practice_name });
    const { text } = await as(us.admin).get(path('stuck-leads', 'format=csv&days=1&limit=200'));
    await api.db.query(
      `UPDATE lead_stages SET entered_at = now() - interval '30 days' WHERE left_at IS NULL`,
    );
    const aged = (await as(us.admin).get(path('stuck-leads', 'format=csv&limit=200'))).text;
    expect(text).not.toBe(aged);
    for (const cell of [
      `'=1+1`,
      `'+1`,
      `'-1`,
      `'@SUM(A1)`,
      `'\t=1`,
      `"a ""quoted"", name"`,
      `"'=HYPERLINK(""x"")"`,
    ])
      expect(aged).toContain(`,${cell},`);
  });
});
