import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi } from './support/builders.js';
import { Answer, Client, client } from './support/client.js';

const BULK = '/api/v1/leads/bulk';

let api: TestApp;
let company: Company;
beforeAll(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterAll(() => api.stop());

const as = (actor: Actor): Client => client(api.url, actor);
const undo = (actor: Actor, changed: Answer) =>
  as(actor).post(`${BULK}-undo`, { undo_id: changed.body.undo_id });
const stateOf = async (ids: number[]) =>
  api.db.query(
    'SELECT id, status, assigned_user_id, assigned_at, deleted_at FROM leads WHERE id = ANY($1) ORDER BY id',
    [ids],
  );
const leadsIn = async (city: string): Promise<number[]> => [
  (await aLead(api.db, { city, status: 'NEW', assigned_user_id: company.agent.id })).id,
  (await aLead(api.db, { city, status: 'QUALIFIED', assigned_user_id: company.colleague.id })).id,
  (await aLead(api.db, { city, status: 'RECYCLED', assigned_user_id: null })).id,
];

describe('undoing a bulk change', () => {
  it.each([
    ['status', { status: 'NEGOTIATION' }],
    ['assign', { agent_id: 0 }],
    ['delete', {}],
  ])('of everything that matches puts each lead back to how it was: %s', async (kind, body) => {
    const city = `Undo ${kind}`;
    const ids = await leadsIn(city);
    const before = await stateOf(ids);
    const change = kind === 'assign' ? { agent_id: company.outsider.id } : body;
    const changed = await as(company.manager).post(`${BULK}-${kind}`, {
      filter: { city, show_all: true },
      ...change,
    });
    expect(changed.body.summary.changed).toBe(3);
    expect(await stateOf(ids)).not.toEqual(before);

    const undone = await undo(company.manager, changed);
    expect(undone.body.summary).toEqual({ selected: 3, changed: 3, unchanged: 0, refused: 0 });
    expect(await stateOf(ids)).toEqual(before);
    const history = await api.db.query(
      `SELECT DISTINCT lead_id FROM lead_history WHERE lead_id = ANY($1) AND reason = 'Undone' AND source = 'bulk'`,
      [ids],
    );
    expect(history).toHaveLength(3);
    const facts = await api.db.query('SELECT id FROM outbox_events WHERE lead_id = ANY($1)', [ids]);
    expect(facts).toHaveLength(6);
    expect(await undo(company.manager, changed)).toBeProblem(409, 'undone-already');
  });

  it('leaves alone and reports what somebody has touched since', async () => {
    const ids = await leadsIn('Touched');
    const changed = await as(company.manager).post(`${BULK}-status`, { ids, status: 'CONTACTED' });
    await as(company.agent).put(`/api/v1/leads/${ids[0]}`, { owner_name: 'Dr. Since' });
    await as(company.admin).delete(`/api/v1/leads/${ids[1]}`);
    const undone = await undo(company.manager, changed);
    expect(undone.body.summary).toEqual({ selected: 3, changed: 1, unchanged: 0, refused: 2 });
    expect(undone.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'touched',
      'touched',
      'changed',
    ]);
    const [touched] = await api.db.query('SELECT status, owner_name FROM leads WHERE id = $1', [ids[0]]);
    expect(touched).toEqual({ status: 'CONTACTED', owner_name: 'Dr. Since' });
  });

  it('does not bring back a lead whose NPI was entered again meanwhile', async () => {
    const npi = anNpi();
    const [twin, other] = [await aLead(api.db, { npi }), await aLead(api.db)];
    const changed = await as(company.admin).post(`${BULK}-delete`, { ids: [twin.id, other.id] });
    await aLead(api.db, { npi });
    const undone = await undo(company.admin, changed);
    expect(undone.body.summary).toMatchObject({ changed: 1, refused: 1 });
  });

  it('is for who made the change, within a minute, and happens once', async () => {
    const ids = await leadsIn('Once');
    const changed = await as(company.manager).post(`${BULK}-status`, { ids, status: 'CONTACTED' });
    for (const other of [company.admin, company.agent]) expect(await undo(other, changed)).toBeProblem(404);
    const both = await Promise.all([undo(company.manager, changed), undo(company.manager, changed)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);

    const late = await as(company.manager).post(`${BULK}-status`, { ids, status: 'QUALIFIED' });
    await api.db.query(
      `UPDATE bulk_changes SET created_at = created_at - interval '61 seconds' WHERE id = $1`,
      [late.body.undo_id],
    );
    expect(await undo(company.manager, late)).toBeProblem(409, 'undo-too-late');
    const nothing = await as(company.manager).post(`${BULK}-status`, { ids: [999_999], status: 'NEW' });
    expect(nothing.body.undo_id).toBeNull();
    expect(await as(company.manager).post(`${BULK}-undo`, { undo_id: 'nonsense' })).toBeProblem(422);
  });

  it('does not let an agent put back a lead that is another agent’s now', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const changed = await as(company.agent).post(`${BULK}-status`, { ids: [lead.id], status: 'CONTACTED' });
    // Behind the back of versions, to see the rule itself.
    await api.db.query('UPDATE leads SET assigned_user_id = $1 WHERE id = $2', [
      company.colleague.id,
      lead.id,
    ]);
    expect((await undo(company.agent, changed)).body.summary).toMatchObject({ changed: 0, refused: 1 });
  });
});
