import { ClaimsService } from '../src/distribution/claims.service.js';
import { aCompany, aUser, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';

const ROUTE = '/api/v1/distribution';

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp({ DATABASE_POOL_SIZE: '20' });
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);

async function leadRow(id: number): Promise<Record<string, unknown>> {
  const [lead] = await api.db.query('SELECT * FROM leads WHERE id = $1', [id]);
  return lead ?? {};
}

async function claiming(rules: Record<string, unknown> = {}): Promise<void> {
  await api.db.query(`UPDATE distribution_policy_versions SET rules = $1`, [
    JSON.stringify({ strategy: 'claim', target_active: 20, ...rules }),
  ]);
}

describe('the claim pool', () => {
  it('lists what an agent may claim, best first, with masked phones', async () => {
    await claiming();
    const low = await aLead(api.db, { score: 50 });
    const high = await aLead(api.db, { score: 90, practice_phone: '(410) 555-2034' });
    const { body } = await as('agent').get(`${ROUTE}/claim-pool`);
    expect(body.leads.map(({ id }: { id: number }) => id)).toEqual([high.id, low.id]);
    expect(body.leads[0].practice_phone).toBe('(•••) •••-••34');
    expect(body.free_places).toBe(20);
    expect((await as('manager').get(`${ROUTE}/claim-pool`)).status).toBe(403);
  });

  it('is empty where leads are given out by rules, which leave the claim pool alone', async () => {
    const { id } = await aLead(api.db);
    expect((await as('agent').get(`${ROUTE}/claim-pool`)).body.leads).toEqual([]);
    expect((await as('agent').post(`${ROUTE}/claim-pool/${id}/claim`)).status).toBe(409);
    await claiming();
    expect((await as('admin').post(`${ROUTE}/redistribute`)).body.leads_distributed).toBe(0);
  });

  it('gives a lead to exactly one of many who claim it at once, and the others the next best', async () => {
    await claiming();
    const { id } = await aLead(api.db, { score: 90 });
    const next = await aLead(api.db, { score: 80 });
    const agents = [company.agent, company.colleague, company.outsider];
    for (let n = 0; n < 5; n++) agents.push(await aUser(api.db));
    // Signed in beforehand, so that the claims come together.
    for (const agent of agents) await client(api.url, agent).get('/auth/me');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        client(api.url, agents[n % agents.length] ?? company.agent).post(`${ROUTE}/claim-pool/${id}/claim`),
      ),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(won[0]?.body).toMatchObject({ id, practice_phone: '(410) 555-2034', status: 'NEW' });
    for (const { status, body } of answers)
      if (status !== 200) expect([status, body.next_lead_id]).toEqual([409, next.id]);
    expect((await leadRow(id))['assigned_user_id']).toBe(won[0]?.body.assigned_user_id);
  });

  it('has one winner among three hundred claims that are under way together', async () => {
    await claiming();
    const { id } = await aLead(api.db, { score: 90 });
    const next = await aLead(api.db, { score: 80 });
    const claims = api.app.get(ClaimsService, { strict: false });
    const agents = [company.agent, company.colleague, company.outsider].map((one) => ({
      ...one,
      sessionId: 'of nobody',
    }));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, (_, n) => claims.claim(agents[n % 3] as (typeof agents)[0], id)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(new Set(refused.map(({ status, extensions }) => `${status} ${extensions?.next_lead_id}`))).toEqual(
      new Set([`409 ${next.id}`]),
    );
  }, 120_000);

  it('lets nobody claim beyond their capacity, however fast they are', async () => {
    await claiming({ target_active: 3 });
    const ids: number[] = [];
    for (let n = 0; n < 10; n++) ids.push((await aLead(api.db)).id);
    await as('agent').get('/auth/me');
    const answers = await Promise.all(ids.map((id) => as('agent').post(`${ROUTE}/claim-pool/${id}/claim`)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 409)?.body.detail).toContain('as many as you may have');
  });
});

describe('POST /api/v1/distribution/leads/:id/return', () => {
  it('returns a bad lead to the pool and gives the turn back', async () => {
    const { id } = await aLead(api.db);
    await as('admin').post(`${ROUTE}/redistribute?agent_id=${company.agent.id}`);
    const deviation = async () =>
      (await api.db.query<{ deviation: number }>('SELECT deviation FROM distribution_standings'))[0]
        ?.deviation;
    expect(await deviation()).toBe(0);
    const { status, body } = await as('agent').post(`${ROUTE}/leads/${id}/return`, {
      reason: 'wrong_number',
    });
    expect(status).toBe(200);
    expect(body.is_credited).toBe(true);
    expect(await deviation()).toBe(-1);
    expect(await leadRow(id)).toMatchObject({ assigned_user_id: null, previous_agents: [company.agent.id] });
    const fairness = (await as('admin').get(`${ROUTE}/fairness`)).body.agents[0];
    expect(fairness).toMatchObject({ received: 0, deviation: -1, standing: -1 });
  });

  it('gives no turn back for another reason, or for a lead that was not given out by rules', async () => {
    const given = await aLead(api.db);
    await as('admin').post(`${ROUTE}/redistribute?agent_id=${company.agent.id}`);
    const other = await as('agent').post(`${ROUTE}/leads/${given.id}/return`, {
      reason: 'other',
      note: 'No time',
    });
    expect(other.body.is_credited).toBe(false);
    const own = await aLead(api.db, { assigned_user_id: company.agent.id });
    expect(
      (await as('agent').post(`${ROUTE}/leads/${own.id}/return`, { reason: 'duplicate' })).body.is_credited,
    ).toBe(false);
  });

  it('is for the lead’s agent, their manager and admins', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id });
    const back = (who: keyof Company) => as(who).post(`${ROUTE}/leads/${id}/return`, { reason: 'other' });
    expect((await back('colleague')).status).toBe(403);
    expect((await back('otherManager')).status).toBe(403);
    expect((await back('manager')).status).toBe(200);
    // Now nobody has it: there is nothing to return, and for an agent it is not theirs.
    expect((await back('manager')).status).toBe(409);
    expect((await back('agent')).status).toBe(403);
    expect((await as('admin').post(`${ROUTE}/leads/999999/return`, { reason: 'other' })).status).toBe(404);
    expect((await as('admin').post(`${ROUTE}/leads/${id}/return`, { reason: 'bored' })).status).toBe(422);
  });
});

describe('POST /api/v1/distribution/transfer', () => {
  it('moves every active lead of a leaver, with the reason, and can be undone', async () => {
    const leaver = await aUser(api.db, { manager_id: company.manager.id, is_active: false });
    const first = await aLead(api.db, { assigned_user_id: leaver.id, status: 'CONTACTED' });
    const second = await aLead(api.db, { assigned_user_id: leaver.id });
    const won = await aLead(api.db, { assigned_user_id: leaver.id, status: 'CLOSED_WON' });
    const { status, body } = await as('manager').post(`${ROUTE}/transfer`, {
      from_agent_id: leaver.id,
      to_agent_id: company.agent.id,
      reason: 'Left the company',
    });
    expect(status).toBe(200);
    expect(body.leads_moved).toBe(2);
    expect(await leadRow(first.id)).toMatchObject({
      assigned_user_id: company.agent.id,
      status: 'CONTACTED',
      previous_agents: [leaver.id],
    });
    expect((await leadRow(won.id))['assigned_user_id']).toBe(leaver.id);
    const why = await as('manager').get(`/api/v1/leads/${first.id}/assignments`);
    expect(why.body.sentence).toMatch(/^This lead was transferred by .*: Left the company\.$/);

    await as('manager').post(`/api/v1/leads/${second.id}/assign`, { agent_id: company.colleague.id });
    expect((await as('otherManager').post(`${ROUTE}/moves/${body.move_id}/undo`)).status).toBe(403);
    const undone = await as('manager').post(`${ROUTE}/moves/${body.move_id}/undo`);
    expect(undone.body).toEqual({ leads_restored: 1, leads_left_alone: 1 });
    expect(await leadRow(first.id)).toMatchObject({ assigned_user_id: leaver.id, previous_agents: [] });
    expect((await as('manager').post(`${ROUTE}/moves/${body.move_id}/undo`)).status).toBe(409);
  });

  it('cannot be undone after 15 minutes', async () => {
    await aLead(api.db, { assigned_user_id: company.agent.id });
    const { body } = await as('admin').post(`${ROUTE}/transfer`, {
      from_agent_id: company.agent.id,
      to_agent_id: null,
      reason: 'On leave',
    });
    await api.db.query("UPDATE distribution_moves SET moved_at = now() - interval '16 minutes'");
    expect((await as('admin').post(`${ROUTE}/moves/${body.move_id}/undo`)).status).toBe(409);
    expect((await as('admin').post(`${ROUTE}/moves/nonsense/undo`)).status).toBe(404);
  });

  it('keeps managers to their team, and needs a reason and somebody else', async () => {
    const transfer = (who: keyof Company, from: number, to: number | null, reason = 'Leaves') =>
      as(who).post(`${ROUTE}/transfer`, { from_agent_id: from, to_agent_id: to, reason });
    const { agent, outsider } = company;
    expect((await transfer('manager', outsider.id, agent.id)).status).toBe(403);
    expect((await transfer('manager', agent.id, outsider.id)).status).toBe(403);
    expect((await transfer('agent', agent.id, outsider.id)).status).toBe(403);
    expect((await transfer('admin', agent.id, agent.id)).status).toBe(422);
    expect((await transfer('admin', agent.id, null, '')).status).toBe(422);
  });
});

describe('an assignment by a person', () => {
  const give = (id: number, agent_id: number | null, reason?: string) =>
    as('manager').post(`/api/v1/leads/${id}/assign`, { agent_id, reason });
  const undo = (who: keyof Company, moveId: string) => as(who).post(`${ROUTE}/moves/${moveId}/undo`);
  const sentenceOf = async (id: number) =>
    (await as('manager').get(`/api/v1/leads/${id}/assignments`)).body.sentence as string;

  it('is told with its reason, and can be undone', async () => {
    const { agent, colleague } = company;
    const { id } = await aLead(api.db, {
      assigned_user_id: agent.id,
      status: 'CONTACTED',
      previous_agents: [agent.id],
    });
    const { status, body } = await give(id, colleague.id, '  Speaks Portuguese ');
    expect(status).toBe(200);
    expect(body.move_id).toMatch(/^[\da-f-]{36}$/);
    expect(await sentenceOf(id)).toMatch(
      /^This lead was assigned by Manager\d+ from Agent\d+ to Agent\d+: Speaks Portuguese\.$/,
    );
    const history = (await as('manager').get(`/api/v1/leads/${id}/history`)).body;
    expect(JSON.stringify(history)).toContain('Speaks Portuguese');

    expect((await undo('otherManager', body.move_id)).status).toBe(403);
    expect((await undo('manager', body.move_id)).body).toEqual({ leads_restored: 1, leads_left_alone: 0 });
    expect(await leadRow(id)).toMatchObject({
      assigned_user_id: agent.id,
      status: 'CONTACTED',
      previous_agents: [agent.id],
    });
    expect(await sentenceOf(id)).toMatch(
      /^A move of this lead was undone by Manager\d+: it went back from Agent\d+ to Agent\d+\.$/,
    );
    expect((await undo('manager', body.move_id)).status).toBe(409);
  });

  it('makes a recycled lead of the pool one again when it is undone', async () => {
    const { id } = await aLead(api.db, { status: 'RECYCLED', times_recycled: 1 });
    const { body } = await give(id, company.agent.id);
    expect(await leadRow(id)).toMatchObject({ assigned_user_id: company.agent.id, status: 'NEW' });
    await undo('manager', body.move_id);
    expect(await leadRow(id)).toMatchObject({
      assigned_user_id: null,
      status: 'RECYCLED',
      assigned_at: null,
    });
  });

  it('that changes nothing is none', async () => {
    const { id } = await aLead(api.db, { assigned_user_id: company.agent.id });
    expect((await give(id, company.agent.id, 'Again')).body.move_id).toBeNull();
  });

  it('of many leads gives each back to whom it was taken from', async () => {
    const { agent, colleague, outsider } = company;
    const leads = [
      await aLead(api.db, { assigned_user_id: agent.id, status: 'CONTACTED' }),
      await aLead(api.db, { assigned_user_id: colleague.id }),
      await aLead(api.db),
      await aLead(api.db, { assigned_user_id: outsider.id }),
    ];
    const ids = leads.map(({ id }) => id);
    const { body } = await as('manager').post('/api/v1/leads/bulk-assign', {
      ids,
      agent_id: outsider.id,
      reason: 'Knows the region',
    });
    expect(body.summary).toMatchObject({ changed: 3, unchanged: 1 });
    expect(await sentenceOf(ids[2] ?? 0)).toMatch(
      /^This lead was assigned by Manager\d+ to Agent\d+: Knows the region\.$/,
    );
    // Longer ago than bulk-undo allows.
    await api.db.query("UPDATE bulk_changes SET created_at = now() - interval '5 minutes'");
    expect((await undo('manager', body.undo_id)).body).toEqual({ leads_restored: 3, leads_left_alone: 0 });
    const owners = await Promise.all(ids.map(async (id) => (await leadRow(id))['assigned_user_id']));
    expect(owners).toEqual([agent.id, colleague.id, null, outsider.id]);
    expect(await leadRow(ids[0] ?? 0)).toMatchObject({ status: 'CONTACTED' });
  });

  it('names a reason that is none', async () => {
    const { id } = await aLead(api.db);
    const answer = await give(id, company.agent.id, 'x'.repeat(501));
    expect(answer).toBeProblem(422);
    expect(answer.body.errors[0]).toMatchObject({ field: 'reason' });
  });
});
