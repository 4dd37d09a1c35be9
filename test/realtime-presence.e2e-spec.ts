import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, Listener, listen } from './support/socket.js';

let here: TestApp;
let there: TestApp;
let company: Company;
beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({}, { beside: here });
  company = await aCompany(here.db);
});
afterAll(async () => {
  await there.stop();
  await here.stop();
});
afterEach(closeListeners);

/** Who is on the lead as the listener was last told, as `id mode`. */
const seenBy = (listener: Listener) =>
  (listener.of('presence.updated').at(-1)?.data.viewers ?? []).map(
    ({ user_id, mode }: { user_id: number; mode: string }) => `${user_id} ${mode}`,
  );
const expectSeen = (listener: Listener, ...expected: string[]) =>
  eventually(async () => expect(seenBy(listener)).toEqual(expected));

describe('presence on a lead', () => {
  it('shows who else is on it and who is editing, at every instance, until they leave or are gone', async () => {
    const lead = await aLead(here.db, { assigned_user_id: company.agent.id });
    const [agent, admin, manager] = await Promise.all([
      listen(here.url, company.agent),
      listen(here.url, company.admin),
      listen(there.url, company.manager),
    ]);
    const first = await agent.ask('presence.view', { lead_id: lead.id });
    expect(first).toEqual({
      ok: true,
      viewers: [{ user_id: company.agent.id, full_name: expect.stringMatching(/^Agent/), mode: 'view' }],
    });
    await admin.ask('presence.view', { lead_id: lead.id });
    await manager.ask('presence.edit', { lead_id: lead.id });
    const everybody = [`${company.admin.id} view`, `${company.manager.id} edit`, `${company.agent.id} view`];
    for (const listener of [agent, admin, manager]) await expectSeen(listener, ...everybody);

    await admin.ask('presence.leave', { lead_id: lead.id });
    await expectSeen(manager, `${company.manager.id} edit`, `${company.agent.id} view`);
    manager.close();
    await expectSeen(agent, `${company.agent.id} view`);
  });

  it('ends for an agent whose lead it no longer is', async () => {
    const lead = await aLead(here.db, { assigned_user_id: company.agent.id });
    const [agent, admin] = await Promise.all([
      listen(there.url, company.agent),
      listen(here.url, company.admin),
    ]);
    await agent.ask('presence.edit', { lead_id: lead.id });
    await admin.ask('presence.view', { lead_id: lead.id });
    await expectSeen(admin, `${company.admin.id} view`, `${company.agent.id} edit`);
    await client(here.url)
      .as(company.admin)
      .post(`/api/v1/leads/${lead.id}/assign`, { agent_id: company.outsider.id });
    await expectSeen(admin, `${company.admin.id} view`);
    const told = agent.of('presence.updated').length;
    await admin.ask('presence.edit', { lead_id: lead.id });
    await admin.next('presence.updated', ({ data }) => data.viewers[0]?.mode === 'edit');
    expect(agent.of('presence.updated')).toHaveLength(told);
  });

  it('locks nothing', async () => {
    const lead = await aLead(here.db, { assigned_user_id: company.agent.id });
    const agent = await listen(here.url, company.agent);
    await agent.ask('presence.edit', { lead_id: lead.id });
    const answer = await client(here.url)
      .as(company.admin)
      .put(`/api/v1/leads/${lead.id}`, { city: 'Annapolis' });
    expect(answer.status).toBe(200);
  });
});
