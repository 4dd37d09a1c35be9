import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let company: Company;
let as: (who: keyof Company) => Client;
beforeEach(async () => {
  await api.db.query('TRUNCATE leads CASCADE');
});
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  as = (who) => client(api.url).as(company[who]);
});
afterAll(() => api.stop());

interface Listed {
  id: number;
  practice_name: string;
}
const list = async (who: keyof Company, query = '') => (await as(who).get(`/api/v1/leads?${query}`)).body;
const names = async (query: string, who: keyof Company = 'admin') =>
  (await list(who, query)).leads.map((lead: Listed) => lead.practice_name).sort();

/** Every page of a list, one after another. */
async function walk(
  query: string,
  between: () => Promise<unknown> = async () => undefined,
): Promise<number[]> {
  const ids: number[] = [];
  let cursor = '';
  do {
    const page = await list('admin', `${query}${cursor}`);
    ids.push(...page.leads.map(({ id }: Listed) => id));
    cursor = page.next_cursor ? `&cursor=${encodeURIComponent(page.next_cursor)}` : '';
    await between();
  } while (cursor);
  return ids;
}

describe('GET /api/v1/leads', () => {
  it('shows agents the leads assigned to them, managers and admins all', async () => {
    const own = await aLead(api.db, { assigned_user_id: company.agent.id });
    await aLead(api.db, { assigned_user_id: company.colleague.id });
    await aLead(api.db);
    const page = await list('agent');
    expect(page).toMatchObject({ total: 1, total_is_estimate: false, next_cursor: null });
    expect(page.leads.map(({ id }: Listed) => id)).toEqual([own.id]);
    for (const who of ['manager', 'otherManager', 'admin'] as const) expect((await list(who)).total).toBe(3);
  });

  it('lets no filter, sort or search reach the leads of others', async () => {
    await aLead(api.db, { assigned_user_id: company.colleague.id, practice_name: 'Secret Clinic' });
    for (const query of [
      'q=secret',
      `assigned_user_id=${company.colleague.id}`,
      'assigned_user_id=none',
      'show_all=true',
      'state=MD',
      'skip=0&sort=practice_name',
    ]) {
      expect(await list('agent', query)).toMatchObject({ leads: [], total: 0 });
    }
    expect((await as('agent').get('/api/v1/summary')).body.total_leads).toBe(0);
  });

  it('leaves out closed and recycled leads unless show_all', async () => {
    for (const status of ['NEW', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST', 'RECYCLED']) {
      await aLead(api.db, { status, assigned_user_id: company.agent.id });
    }
    expect((await list('agent')).total).toBe(2);
    expect((await list('agent', 'show_all=true')).total).toBe(5);
    expect((await list('agent', 'status=CLOSED_WON')).total).toBe(1);
  });

  it('is an empty list when there is nothing', async () => {
    expect(await list('admin')).toEqual({
      leads: [],
      total: 0,
      total_is_estimate: false,
      next_cursor: null,
    });
  });

  it('filters by every field, alone and together', async () => {
    await aLead(api.db, {
      practice_name: 'One',
      state: 'CA',
      city: 'San José',
      specialties: 'Cardiology, Internal Medicine',
      priority: 'A+',
      score: 95,
      source: 'referral',
      assigned_user_id: company.agent.id,
      created_at: '2026-01-10T00:00:00Z',
      updated_at: '2026-02-10T00:00:00Z',
    });
    await aLead(api.db, {
      practice_name: 'Two',
      state: 'NV',
      city: 'Reno',
      specialties: 'Podiatry',
      priority: 'C',
      score: 50,
      source: 'import',
      created_at: '2026-03-10T00:00:00Z',
      updated_at: '2026-04-10T00:00:00Z',
    });
    const filters: [string, string[]][] = [
      ['state=CA', ['One']],
      ['state=CA,NV', ['One', 'Two']],
      ['state=CA&state=NV', ['One', 'Two']],
      ['city=RENO', ['Two']],
      ['specialty=cardio', ['One']],
      ['priority=A%2B', ['One']],
      ['priority=A+', ['One']],
      ['priority=A', []],
      ['source=import', ['Two']],
      [`assigned_user_id=${company.agent.id}`, ['One']],
      ['assigned_user_id=none', ['Two']],
      ['score_min=51', ['One']],
      ['score_max=50', ['Two']],
      ['created_from=2026-02-01T00:00:00Z', ['Two']],
      ['created_to=2026-02-01', ['One']],
      ['updated_from=2026-03-01', ['Two']],
      ['updated_to=2026-03-01', ['One']],
      ['state=CA&priority=C', []],
    ];
    for (const [query, expected] of filters) expect([query, await names(query)]).toEqual([query, expected]);
    expect(await names('assigned_user_id=me', 'agent')).toEqual(['One']);
  });

  it('names every bad parameter at once', async () => {
    const answer = await as('admin').get(
      '/api/v1/leads?state=XX&status=new&score_min=a&limit=201&skip=-1&sort=ein&created_from=soon&nonsense=1',
    );
    expect(answer).toBeProblem(422);
    const fields = answer.body.errors.map(({ field }: { field: string }) => field);
    expect(fields.sort()).toEqual(
      ['created_from', 'limit', 'nonsense', 'score_min', 'skip', 'sort', 'state', 'status'].sort(),
    );
  });
});

describe('searching', () => {
  beforeEach(async () => {
    await aLead(api.db, {
      practice_name: 'Clínica Peña de Cardiología',
      owner_name: 'Dr. Zoë Ångström',
      city: 'Albuquerque',
      practice_phone: '(505) 555-0123',
      npi: '1234567893',
    });
    await aLead(api.db, { practice_name: 'Harbor Foot & Ankle', city: 'Baltimore', owner_name: 'Lee Park' });
  });

  it.each([
    ['peña', 1],
    ['PENA', 1],
    ['angstrom', 1],
    ['albuquerque', 1],
    ['505 555-0123', 1],
    ['5550123', 1],
    ['1234567893', 1],
    ['harbor baltimore', 1],
    ['harbor albuquerque', 0],
    ['albuqerque', 1],
    ['hrbor', 1],
    ['50%', 0],
    ['_', 0],
    ['nothing like it', 0],
  ])('for %j finds %i', async (q, found) => {
    expect((await list('admin', `q=${encodeURIComponent(q)}`)).leads).toHaveLength(found);
  });

  it('finds everything when nothing is asked for', async () => {
    expect((await list('admin', 'q=')).total).toBe(2);
    expect((await list('admin', 'q=%20%20')).total).toBe(2);
  });
});

describe('pages', () => {
  const SORTS = ['score', 'created_at', 'updated_at', 'practice_name', 'city', 'state', 'status'];
  const MORE_SORTS = ['next_follow_up', 'last_contact_date'];

  it('hold every lead once in every order, ties and empty values included', async () => {
    for (let index = 0; index < 23; index++) {
      await aLead(api.db, {
        score: 50 + (index % 3),
        practice_name: index % 4 ? `Practice ${index % 5}` : null,
        city: index % 2 ? null : 'Salem',
        next_follow_up: index % 3 ? null : new Date(2026, 0, 1 + (index % 4)),
        last_contact_date: index % 5 ? null : new Date(2026, 0, 1),
      });
    }
    for (const sort of [...SORTS, ...MORE_SORTS].flatMap((name) => [name, `-${name}`])) {
      const ids = await walk(`limit=5&sort=${sort}`);
      expect([sort, ids.length, new Set(ids).size]).toEqual([sort, 23, 23]);
      const whole = (await list('admin', `limit=200&sort=${sort}`)).leads.map(({ id }: Listed) => id);
      expect(ids).toEqual(whole);
    }
  });

  it('neither repeat nor leave out a lead that stays where it is, while others are edited, added and deleted', async () => {
    const leads: { id: number }[] = [];
    for (let index = 0; index < 20; index++) leads.push(await aLead(api.db, { score: 100 - index }));
    const untouched = leads.filter((_, index) => index % 2 === 0).map(({ id }) => id);
    let step = 0;
    const seen = await walk('limit=4', async () => {
      const lead = leads[(step * 4 + 1) % 20];
      await api.db.query('UPDATE leads SET score = 100 - score, deleted_at = $2 WHERE id = $1', [
        lead?.id,
        step % 2 ? new Date() : null,
      ]);
      await aLead(api.db, { score: 100 });
      step += 1;
    });
    const timesSeen = untouched.map((id) => seen.filter((other) => other === id).length);
    expect(timesSeen).toEqual(untouched.map(() => 1));
  });

  it('can be skipped to, as the first client does', async () => {
    for (let index = 0; index < 6; index++) await aLead(api.db, { score: 60 + index });
    const whole = (await list('admin', '')).leads.map(({ id }: Listed) => id);
    expect((await list('admin', 'skip=2&limit=2')).leads.map(({ id }: Listed) => id)).toEqual(
      whole.slice(2, 4),
    );
    expect((await list('admin', 'skip=100')).leads).toEqual([]);
  });

  it('are 400 for a cursor that is forged or of another list', async () => {
    for (let index = 0; index < 3; index++) await aLead(api.db);
    const { next_cursor } = await list('admin', 'limit=1');
    expect(await as('admin').get(`/api/v1/leads?limit=1&state=MD&cursor=${next_cursor}`)).toBeProblem(422);
    const forged = (change: object) =>
      Buffer.from(
        JSON.stringify({ ...JSON.parse(Buffer.from(next_cursor, 'base64url').toString()), ...change }),
      ).toString('base64url');
    for (const cursor of [
      'nonsense',
      forged({ value: "1'; DROP TABLE leads" }),
      forged({ id: 'x' }),
      forged({ mode: 'all' }),
      forged({ value: '99999999999' }),
    ]) {
      expect(await as('admin').get(`/api/v1/leads?limit=1&cursor=${cursor}`)).toBeProblem(422);
    }
    expect((await list('admin', `limit=2&cursor=${next_cursor}`)).leads).toHaveLength(2);
  });

  it("do not let one person's cursor show another's leads", async () => {
    for (let index = 0; index < 3; index++) await aLead(api.db);
    const { next_cursor } = await list('admin', 'limit=1');
    expect((await list('agent', `limit=1&cursor=${next_cursor}`)).leads).toEqual([]);
  });
});

describe('the total', () => {
  it('is exact up to 10,000 leads, and an estimate that says so beyond', async () => {
    await api.db.query(
      `INSERT INTO leads (practice_name, score, priority, state)
       SELECT 'Practice ' || n, n % 100, 'C', CASE WHEN n <= 200 THEN 'MD' ELSE 'CA' END FROM generate_series(1, 12000) n`,
    );
    await api.db.query('ANALYZE leads');
    const all = await list('admin', 'limit=1');
    expect(all.total_is_estimate).toBe(true);
    expect(all.total).toBeGreaterThan(10_000);
    expect(all.total).toBeLessThan(15_000);
    expect(await list('admin', 'limit=1&state=MD')).toMatchObject({ total: 200, total_is_estimate: false });
  });
});
