import { migrate } from '../src/database/migrate.js';
import { startTestApp, TestApp } from './support/app.js';
import { Client, client } from './support/client.js';
import { insertLegacyLead, legacyDatabase } from './support/legacy-database.js';

const OWN_LEAD = 1;
const JONS_LEAD = 2;
const DIRTY_LEAD = 10;

let api: TestApp;
let http: Client;
beforeAll(async () => {
  const dirt = {
    zip_code: '21201.0',
    practice_phone: '555',
    scoring_breakdown: '[50]',
    assigned_user_id: 3,
  };
  const db = await legacyDatabase(insertLegacyLead(dirt));
  await migrate(db.url);
  api = await startTestApp({}, { db });
  http = client(api.url);
});
afterAll(() => api.stop());

async function signIn(username: string, password: string): Promise<{ authorization: string }> {
  const { status, body } = await http.post('/auth/login', { username, password });
  expect(status).toBe(200);
  return { authorization: `Bearer ${body.access_token}` };
}
const hashOfIda = async () =>
  (await api.db.query<{ password_hash: string }>('SELECT password_hash FROM users WHERE id = 3'))[0]
    ?.password_hash;

describe('an agent of the first version', () => {
  it('signs in with the old password, which is then stored as argon2id', async () => {
    expect(await hashOfIda()).toMatch(/^\$2b\$/);
    await signIn('ida', 'agent123');
    expect(await hashOfIda()).toMatch(/^\$argon2id\$/);
    await signIn('ida', 'agent123');
  });

  it('is refused with another password', async () => {
    expect(await http.post('/auth/login', { username: 'jon', password: 'agent124' })).toBeProblem(401);
  });

  it('stays out when they had left', async () => {
    expect(await http.post('/auth/login', { username: 'gone', password: 'agent123' })).toBeProblem(401);
  });

  it("edits their own lead and nobody else's", async () => {
    const ida = await signIn('ida', 'agent123');
    const edit = { city: 'Annapolis', zip_code: '21401' };
    const own = await http.put(`/api/v1/leads/${OWN_LEAD}`, edit, ida);
    expect(own.status).toBe(200);
    expect(own.body).toMatchObject({ id: OWN_LEAD, city: 'Annapolis', version: 2 });
    expect(await http.put(`/api/v1/leads/${JONS_LEAD}`, edit, ida)).toBeProblem(403);
  });

  it('sees what adoption repaired, and what it could not', async () => {
    const ida = await signIn('ida', 'agent123');
    const { body: lead } = await http.get(`/api/v1/leads/${DIRTY_LEAD}`, ida);
    expect(lead).toMatchObject({ zip_code: '21201', practice_phone: '555' });
    expect(lead.data_quality).toEqual([
      expect.objectContaining({ field: 'practice_phone', code: 'phone_invalid' }),
    ]);
    const { body } = await http.get(`/api/v1/leads/${DIRTY_LEAD}/history`, ida);
    expect(body.history).toEqual([
      expect.objectContaining({ field: 'scoring_breakdown', old_value: [50], new_value: { total: [50] } }),
      expect.objectContaining({
        field: 'zip_code',
        old_value: '21201.0',
        new_value: '21201',
        source: 'adoption',
      }),
    ]);
  });
});

describe('the admin of the first version', () => {
  it('finds every lead and user', async () => {
    const chief = await signIn('chief', 'admin123');
    expect((await http.get('/api/v1/leads?show_all=true', chief)).body).toMatchObject({ total: 4 });
    const { body: users } = await http.get('/api/v1/users', chief);
    expect(users.map(({ username }: { username: string }) => username).sort()).toEqual([
      'chief',
      'gone',
      'ida',
      'jon',
      'teamlead',
    ]);
  });
});
