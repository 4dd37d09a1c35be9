import { TransactionRunner } from '../src/database/transaction-runner.js';
import { FIRST_RULES } from '../src/leads/fields/scoring.js';
import { Rescoring } from '../src/leads/scoring/rescoring.js';
import { ScoringRulesRepository } from '../src/leads/scoring/scoring-rules.repository.js';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { anNpi, leadFields } from './support/builders.js';
import { Client, client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { factsOf, forgetFacts } from './support/facts.js';
import { settled } from './support/settled.js';

const VERSIONS = '/api/v1/scoring/versions';

let api: TestApp;
let company: Company;
let http: Client;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  http = client(api.url).as(company.admin);
});
afterEach(async () => {
  await http.post(`${VERSIONS}/1/activate`, {});
  // Who is still told of the leads would wait for what this takes away, and this for them.
  await settled(api);
  await api.db.query('DELETE FROM leads');
  await forgetFacts(api.db);
});
afterAll(() => api.stop());

const RULES = {
  base: 30,
  rules: [
    { name: 'feet', points: 40, field: 'specialties', contains: ['podiat', 'FOOT'] },
    { name: 'large', points: 15, field: 'providers', at_least: 3, at_most: 50 },
    { name: 'far_away', points: -10, field: 'state', contains: ['ak', 'hi'] },
  ],
  priorities: { 'A+': 95, A: 85, 'B+': 75, B: 65 },
};
const enter = async (fields: Record<string, unknown> = {}) =>
  (await http.post('/api/v1/leads', leadFields({ npi: anNpi(), ...fields }))).body;
const get = async (id: number) => (await http.get(`/api/v1/leads/${id}`)).body;
const draft = async (rules: unknown = RULES) =>
  (await http.post(VERSIONS, { rules, note: 'More feet' })).body;
const activate = (version: number) => http.post(`${VERSIONS}/${version}/activate`, {});
/** Does the work of the background in the foreground. */
const rescore = (version: number) => api.app.get(Rescoring, { strict: false }).run(version);
const inForce = async () =>
  (await http.get(VERSIONS)).body.find(({ is_active }: { is_active: boolean }) => is_active);

describe('the scoring rules', () => {
  it('are the first version’s until another version is put into force', async () => {
    expect(await inForce()).toMatchObject({ version: 1, rules: FIRST_RULES.rules });
    expect(await enter({ specialties: 'Nephrology', providers: 1 })).toMatchObject({
      score: 75,
      priority: 'B+',
      scoring_breakdown: { base: 50, nephrology: 25 },
      scoring_version: 1,
    });
    expect(await enter({ score: 12 })).toMatchObject({ score: 12, scoring_version: null });
  });

  it('change nothing as a draft; in force they score new leads at once and the others after them', async () => {
    const feet = await enter({ specialties: 'Podiatrist', providers: 5, state: 'AK', zip_code: '99501' });
    const other = await enter({ specialties: 'Dermatology', providers: 1 });
    const given = await enter({ score: 12 });
    const { version } = await draft();
    expect(await enter({ specialties: 'Podiatrist' })).toMatchObject({ scoring_version: 1, score: 60 });

    expect((await activate(version)).status).toBe(200);
    const fresh = await enter({ specialties: 'foot care', providers: 3 });
    expect(fresh).toMatchObject({ score: 85, priority: 'A', scoring_version: version });
    expect(await get(feet.id)).toMatchObject({ scoring_version: 1, score: 60 });
    await rescore(version);
    expect(await get(feet.id)).toMatchObject({
      score: 75,
      priority: 'B+',
      scoring_version: version,
      scoring_breakdown: { base: 30, feet: 40, large: 15, far_away: -10 },
      version: feet.version + 1,
    });
    expect(await get(other.id)).toMatchObject({ score: 30, priority: 'C' });
    expect(await get(given.id)).toMatchObject({ score: 12, scoring_version: null, version: given.version });
    const { history } = (await http.get(`/api/v1/leads/${feet.id}/history`)).body;
    expect(history).toContainEqual(
      expect.objectContaining({
        field: 'score',
        old_value: 60,
        new_value: 75,
        source: 'scoring',
        actor: null,
      }),
    );
    const [fact, ...more] = await factsOf(api.db, 'leads.rescored');
    expect(more).toEqual([]);
    expect(fact?.payload).toMatchObject({ version, updatedIds: expect.arrayContaining([feet.id, other.id]) });
    expect(fact?.payload['updatedIds']).not.toContain(given.id);
    expect((await inForce()).rescoring).toMatchObject({
      looked_at: 3,
      changed: 3,
      finished_at: expect.any(String),
    });
  });

  it('note their number on leads that they score as before, which is no change of these', async () => {
    const lead = await enter({ specialties: 'Dermatology', providers: 1 });
    const { version } = await draft({ ...FIRST_RULES.rules, rules: [] });
    await activate(version);
    await rescore(version);
    expect(await get(lead.id)).toMatchObject({ scoring_version: version, version: lead.version });
    expect(await factsOf(api.db, 'leads.rescored')).toEqual([]);
  });

  it('go on after the last chunk when they are cut off, and stop when others are put into force', async () => {
    await api.db.query(
      `INSERT INTO leads (practice_name, score, priority, providers, scoring_breakdown, scoring_version)
       SELECT 'Practice ' || n, 60, 'B', 5, '{"base": 50, "several_providers": 10}', 1 FROM generate_series(1, 2500) n`,
    );
    const { version } = await draft();
    await activate(version);
    const runs = Promise.all([rescore(version), rescore(version)]);
    await runs;
    expect((await inForce()).rescoring).toMatchObject({ looked_at: 2500, changed: 2500 });
    const [count] = await api.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM lead_history WHERE source = 'scoring' AND field = 'score'`,
    );
    expect(count?.n).toBe(2500);
    const later = (await draft({ ...RULES, base: 20 })).version;
    await activate(later);
    await rescore(version);
    expect(await api.db.query('SELECT id FROM leads WHERE scoring_version <> $1', [version])).toEqual([]);
  });

  it('are not changed under a lead that is being scored', async () => {
    const { version } = await draft();
    const order: string[] = [];
    let activation: Promise<unknown> | undefined;
    await api.app.get(TransactionRunner, { strict: false }).run(async (tx) => {
      await api.app.get(ScoringRulesRepository, { strict: false }).inForce(tx);
      activation = activate(version).then(() => order.push('activated'));
      await eventually(async () => {
        const waiting = await api.db.query(
          'SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()',
        );
        expect(waiting).not.toEqual([]);
      });
      order.push('scored');
    });
    await activation;
    expect(order).toEqual(['scored', 'activated']);
  });

  it('are put into force once, and taken down', async () => {
    const { version } = await draft();
    expect(await activate(99_999)).toBeProblem(404, 'scoring-version-not-found');
    await activate(version);
    expect(await activate(version)).toBeProblem(409, 'scoring-version-active');
    const { entries } = (
      await http.get(`/api/v1/audit?action=scoring.changed&subject_type=scoring&subject_id=${version}`)
    ).body;
    expect(entries.map(({ details }: { details: object }) => details)).toEqual([
      { change: 'activated' },
      { change: 'drafted' },
    ]);
    expect(await client(api.url).as(company.manager).post(VERSIONS, { rules: RULES })).toBeProblem(403);
  });

  it.each([
    ['base', { ...RULES, base: 101 }],
    ['rules', { ...RULES, rules: [RULES.rules[0], RULES.rules[0]] }],
    ['rules.0.field', { ...RULES, rules: [{ name: 'x', points: 1, field: 'providers', contains: ['a'] }] }],
    [
      'rules.0.field',
      { ...RULES, rules: [{ name: 'x', points: 1, field: 'providers', at_least: 9, at_most: 2 }] },
    ],
    ['rules.0.name', { ...RULES, rules: [{ name: 'base', points: 1, field: 'providers', at_least: 9 }] }],
    ['priorities', { ...RULES, priorities: { 'A+': 80, A: 85, 'B+': 75, B: 65 } }],
  ])('are refused when %s makes no sense', async (field, rules) => {
    const answer = await http.post(VERSIONS, { rules });
    expect(answer).toBeProblem(422);
    expect(
      answer.body.errors.map((error: { field: string }) => error.field.replace(/^rules\./, '')),
    ).toContain(field);
  });
});
