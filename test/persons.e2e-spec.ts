import { AuditSealer } from '../src/audit/audit-sealer.js';
import { AuditVerification } from '../src/audit/audit-verification.repository.js';
import { Actor, aCompany, aUser, Company, PASSWORD } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { leadFields } from './support/builders.js';
import { client } from './support/client.js';

jest.setTimeout(60_000);

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (actor: Actor) => client(api.url).as(actor);
const ERASE = { confirm: 'erase' };

/** Every place of every table whose text holds one of these, whatever its type. */
async function placesOf(texts: string[]): Promise<string[]> {
  const tables = await api.db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  expect(tables.length).toBeGreaterThan(50);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await api.db.query<{ column: string; text: string }>(
      `SELECT e.key AS column, e.value AS text FROM "${name}" t, jsonb_each_text(to_jsonb(t)) AS e WHERE e.value ILIKE ANY ($1)`,
      [texts.map((text) => `%${text}%`)],
    );
    found.push(...rows.map(({ column }) => `${name}.${column}`));
  }
  return [...new Set(found)].sort();
}

describe('erasing a user', () => {
  const NAMES = ['Zebulon Quartermain', 'zebulon.q', 'zq@example.org', '555) 867-5309'];
  let zebulon: Actor;
  beforeEach(async () => {
    const { admin, manager, agent, colleague } = company;
    const { body } = await as(admin).post('/api/v1/users', {
      username: 'zebulon.q',
      email: 'zq@example.org',
      full_name: 'Zebulon Quartermain',
      password: PASSWORD,
      manager_id: manager.id,
    });
    zebulon = { id: body.id, username: 'zebulon.q', role: 'agent' };
    await as(admin).patch(`/api/v1/users/${body.id}`, {
      phone: '(555) 867-5309',
      territory: 'Zebulon Quartermain land',
    });
    // Traces of every kind.
    await client(api.url).post('/auth/login', { username: 'zebulon.q', password: 'wrong' });
    const { body: lead } = await as(zebulon).post('/api/v1/leads', leadFields());
    await as(zebulon).post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'call',
      subject: 'Zebulon Quartermain called, back at 555-867-5309',
      description: 'Write to ZQ@example.org',
    });
    await as(zebulon).patch('/api/v1/me/preferences', { time_zone: 'America/Denver' });
    await as(zebulon).post('/api/v1/views', {
      name: 'Of Zebulon Quartermain',
      kind: 'leads',
      scope: 'private',
      settings: {},
    });
    await as(colleague).post('/api/v1/gamification/kudos', {
      to_user_id: body.id,
      message: 'Well done, Zebulon Quartermain',
    });
    await as(manager).post('/api/v1/api-keys', { name: 'Robot', scopes: ['leads:read'], user_id: body.id });
    await as(agent).post('/api/v1/views', {
      name: 'Like Zebulon Quartermain',
      kind: 'leads',
      scope: 'private',
      settings: {},
    });
    await api.db.query(
      `INSERT INTO notifications (user_id, title, data) VALUES ($1, 'Kudos', '{"from": {"username": "zebulon.q", "name": "Zebulon Quartermain"}}')`,
      [agent.id],
    );
  });

  it('leaves nothing of them in any table, and the trail whole', async () => {
    expect((await placesOf(NAMES)).length).toBeGreaterThan(5);
    await api.app.get(AuditSealer).run();
    await as(company.admin).post(`/api/v1/users/${zebulon.id}/deactivate`);
    const { status } = await as(company.admin).post(`/api/v1/users/${zebulon.id}/erase`, ERASE);
    expect(status).toBe(204);
    expect(await placesOf(NAMES)).toEqual([]);
    await api.app.get(AuditSealer).run();
    expect((await api.app.get(AuditVerification).verify()).fault).toBeUndefined();
    const { body } = await as(company.admin).get(`/api/v1/audit?subject_type=user&subject_id=${zebulon.id}`);
    expect(body.entries[0]).toMatchObject({ action: 'person.erased', actor_id: company.admin.id });
    const failed = body.entries.find(({ action }: { action: string }) => action === 'sign_in.failed');
    expect(failed).toMatchObject({ ip_address: null, user_agent: null });
  });

  it('keeps their work, others’ words and others’ data', async () => {
    await as(company.admin).post(`/api/v1/users/${zebulon.id}/deactivate`);
    await as(company.admin).post(`/api/v1/users/${zebulon.id}/erase`, ERASE);
    const activities = await api.db.query<{ subject: string }>(
      'SELECT subject FROM activities WHERE user_id = $1',
      [zebulon.id],
    );
    expect(activities).toEqual([{ subject: '[erased] called, back at [erased]' }]);
    const user = (await as(company.admin).get(`/api/v1/users/${zebulon.id}`)).body;
    expect(user).toMatchObject({ full_name: `Erased user ${zebulon.id}`, phone: null, is_active: false });
    expect((await as(company.agent).get('/auth/me')).body.full_name).not.toContain('rased');
  });

  it('is refused while they can sign in, without the word, and for nobody', async () => {
    const path = `/api/v1/users/${zebulon.id}/erase`;
    expect(await as(company.admin).post(path, ERASE)).toBeProblem(409, 'still-active');
    expect(await as(company.admin).post(path, { confirm: 'yes' })).toBeProblem(422);
    expect(await as(company.admin).post(path)).toBeProblem(422);
    expect(await as(company.admin).post('/api/v1/users/999999/erase', ERASE)).toBeProblem(404);
    expect((await placesOf(NAMES)).length).toBeGreaterThan(5);
  });

  it('can be preceded by a copy of all of it, without secrets', async () => {
    const { body, text } = await as(company.admin).post(`/api/v1/users/${zebulon.id}/personal-data`);
    expect(body.tables.users).toHaveLength(1);
    expect(body.tables.activities[0].subject).toContain('Zebulon');
    expect(body.tables.audit_origins.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/password_hash|secret_hash|argon2/);
  });
});

describe('erasing the owner of a practice', () => {
  const OWNER = ['Persephone Vandermeer', '410) 555-0142'];
  const fields = () =>
    leadFields({
      practice_name: 'Harbor Foot',
      owner_name: 'Persephone Vandermeer',
      owner_phone: '4105550142',
    });

  it('leaves nothing of them in any table; the practice stays', async () => {
    const { admin, agent } = company;
    const { body: lead } = await as(admin).post('/api/v1/leads', fields(), {
      'idempotency-key': 'once-and-once',
    });
    await as(admin).put(`/api/v1/leads/${lead.id}`, { owner_name: 'Persephone Vandermeer-Li' });
    await as(admin).post('/api/v1/activities', {
      lead_id: lead.id,
      activity_type: 'note',
      subject: 'persephone vandermeer wants a call at 410-555-0142',
    });
    await as(agent).post('/api/v1/views', {
      name: 'One',
      kind: 'leads',
      scope: 'private',
      settings: { filter: { q: 'Persephone Vandermeer' } },
    });
    expect((await placesOf(OWNER)).length).toBeGreaterThan(4);
    const { status } = await as(admin).post(`/api/v1/leads/${lead.id}/erase-owner`, ERASE);
    expect(status).toBe(204);
    expect(await placesOf(OWNER)).toEqual([]);
    expect((await as(admin).get(`/api/v1/leads/${lead.id}`)).body).toMatchObject({
      practice_name: 'Harbor Foot',
      owner_name: null,
      owner_phone: null,
      version: lead.version + 2,
    });
  });

  it('takes everything that tells who, where one person is the practice', async () => {
    const { body: lead } = await as(company.admin).post('/api/v1/leads', {
      ...fields(),
      entity_type: 'Individual',
      practice_name: 'Persephone Vandermeer DPM',
      address: '7 Owl Lane',
    });
    await as(company.admin).post(`/api/v1/leads/${lead.id}/erase-owner`, ERASE);
    expect(await placesOf([...OWNER, '7 Owl Lane', lead.npi])).toEqual([]);
  });

  it('leaves another practice alone whose owner is called the same', async () => {
    const { body: lead } = await as(company.admin).post('/api/v1/leads', fields());
    const { body: other } = await as(company.admin).post('/api/v1/leads', fields());
    await as(company.admin).post(`/api/v1/leads/${lead.id}/erase-owner`, ERASE);
    expect((await as(company.admin).get(`/api/v1/leads/${other.id}`)).body.owner_name).toBe(
      'Persephone Vandermeer',
    );
    expect(await as(company.admin).post('/api/v1/leads/999999/erase-owner', ERASE)).toBeProblem(404);
  });

  it('can be preceded by a copy', async () => {
    const { body: lead } = await as(company.admin).post('/api/v1/leads', fields());
    const { body } = await as(company.admin).post(`/api/v1/leads/${lead.id}/personal-data`);
    expect(body.tables.leads[0].owner_name).toBe('Persephone Vandermeer');
  });
});

it('is for admins, and each use is in the trail', async () => {
  const somebody = await aUser(api.db);
  await as(company.admin).post(`/api/v1/users/${somebody.id}/personal-data`);
  const { body } = await as(company.admin).get('/api/v1/audit?action=person.exported');
  expect(body.entries).toMatchObject([{ subject_id: somebody.id, actor_id: company.admin.id }]);
});
