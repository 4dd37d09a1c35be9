import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let company: Company;
let http: Client;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
  http = client(api.url).as(company.admin);
});
afterEach(() => api.db.query('DELETE FROM leads'));
afterAll(() => api.stop());

const location = async (columns: Record<string, unknown>) =>
  (await aLead(api.db, { ein: null, npi: anNpi(), owner_name: 'Lee Park, CEO', ...columns })).id;
const family = async (id: number, as = company.admin) =>
  (await client(api.url).as(as).get(`/api/v1/leads/${id}/family`)).body;

describe('GET /api/v1/leads/:id/family', () => {
  it('has the other locations of the practice, by EIN or by name and official, and no namesakes', async () => {
    const first = await location({
      practice_name: 'Harbor Kidney Care, LLC',
      ein: '52-7654321',
      city: 'Dover',
    });
    const sameEin = await location({
      practice_name: 'Quite Another Name',
      ein: '52-7654321',
      city: 'Annapolis',
    });
    const sameName = await location({
      practice_name: 'HARBOR KIDNEY CARE LLC',
      owner_name: 'LEE PARK, Owner',
      city: 'Baltimore',
    });
    await location({ practice_name: 'Harbor Kidney Care', owner_name: 'Somebody Else' });
    await location({ practice_name: 'Harbor Kidney Care Center' });
    await location({ practice_name: 'Harbor Kidney Care', deleted_at: new Date() });
    expect(await family(first)).toMatchObject({
      leads: [
        { id: sameEin, by: 'ein', city: 'Annapolis' },
        { id: sameName, by: 'name_and_official', city: 'Baltimore' },
      ],
      others: 0,
      has_more: false,
    });
    expect((await family(sameName)).leads).toMatchObject([{ id: first, by: 'name_and_official' }]);
    expect(await family(sameEin)).toMatchObject({ leads: [{ id: first }] });
    expect(await http.get('/api/v1/leads/999999/family')).toBeProblem(404);
  });

  it('shows an agent their own, and of the others only how many', async () => {
    const practice_name = 'Lake Heart Center';
    const mine = await location({ practice_name, assigned_user_id: company.agent.id });
    const second = await location({ practice_name, assigned_user_id: company.agent.id });
    await location({ practice_name, assigned_user_id: company.colleague.id });
    const { leads, others } = await family(mine, company.agent);
    expect([leads.map(({ id }: { id: number }) => id), others]).toEqual([[second], 1]);
  });
});
