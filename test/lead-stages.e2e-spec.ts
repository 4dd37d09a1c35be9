import { Actor, aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let us: Company;
let lead: { id: number };
let as: (actor: Actor) => Client;
beforeAll(async () => {
  api = await startTestApp();
  us = await aCompany(api.db);
  as = client(api.url).as;
});
beforeEach(async () => {
  lead = await aLead(api.db, { assigned_user_id: us.agent.id, status: 'NEW' });
});
afterAll(() => api.stop());

describe('PATCH /api/v1/leads/:id/status', () => {
  const move = (actor: Actor, body: object) => as(actor).patch(`/api/v1/leads/${lead.id}/status`, body);
  const stages = () =>
    api.db.query(
      `SELECT status, from_status, agent_id, left_at IS NULL AS is_present, reason, warnings, deal_value
         FROM lead_stages WHERE lead_id = $1 ORDER BY id`,
      [lead.id],
    );

  it("takes the first version's call without a body, and notes that no reason was given", async () => {
    const answer = await as(us.agent).patch(`/api/v1/leads/${lead.id}/status?status=CLOSED_LOST`);
    expect(answer.body).toMatchObject({ lead: { status: 'CLOSED_LOST' }, warnings: ['no_reason_given'] });
    expect(await stages()).toMatchObject([
      { status: 'NEW', is_present: false },
      {
        status: 'CLOSED_LOST',
        from_status: 'NEW',
        is_present: true,
        reason: 'not given',
        agent_id: us.agent.id,
      },
    ]);
  });

  it('makes every move that the first version makes, and warns of what the graph has against it', async () => {
    for (const from of ['NEW', 'CLOSED_WON', 'CLOSED_LOST', 'RECYCLED', 'NEGOTIATION']) {
      for (const to of ['NEW', 'CONTACTED', 'CLOSED_WON', 'CLOSED_LOST', 'RECYCLED']) {
        await api.db.query('UPDATE leads SET status = $2 WHERE id = $1', [lead.id, from]);
        const { status, body } = await as(us.agent).patch(`/api/v1/leads/${lead.id}/status?status=${to}`);
        expect([from, to, status, body.lead.status]).toEqual([from, to, 200, to]);
      }
    }
    expect((await stages()).filter((stage) => stage['is_present'])).toHaveLength(1);
  });

  it('keeps the value of a won deal and the reason of a loss', async () => {
    const won = await move(us.agent, { status: 'CLOSED_WON', deal_value: 1250.5 });
    expect(won.body.warnings).toEqual(['stages_skipped']);
    const lost = await move(us.agent, { status: 'CLOSED_LOST', reason: 'Changed their mind' });
    expect(lost.body.warnings).toEqual(['closed_again_without_reopening']);
    expect((await stages()).slice(1)).toMatchObject([
      { status: 'CLOSED_WON', deal_value: '1250.50' },
      { status: 'CLOSED_LOST', reason: 'Changed their mind', deal_value: null },
    ]);
    expect(await move(us.agent, { status: 'CLOSED_WON', deal_value: -1 })).toBeProblem(422);
  });

  it('notes in bulk as well', async () => {
    const body = { ids: [lead.id], status: 'CLOSED_LOST' };
    const answer = await as(us.manager).post('/api/v1/leads/bulk-status', body);
    expect(answer.status).toBe(200);
    expect((await stages()).at(-1)).toMatchObject({ reason: 'not given', warnings: ['no_reason_given'] });
  });
});
