import { DataSource } from 'typeorm';
import { Assigner } from '../src/distribution/assigner.js';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, leadFields } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';

let api: TestApp;
beforeEach(async () => {
  api = await startTestApp();
  await aCompany(api.db);
});
afterEach(() => api.stop());

describe('leads that are given out by themselves', () => {
  let busy: TestApp;
  let people: Company;
  beforeEach(async () => {
    busy = await startTestApp({ AUTO_DISTRIBUTION: 'true' });
    people = await aCompany(busy.db);
  });
  afterEach(() => busy.stop());

  it('go to an agent at once when a manager enters them', async () => {
    const { body } = await client(busy.url, people.manager).post('/api/v1/leads', leadFields());
    await eventually(async () => {
      const [lead] = await busy.db.query('SELECT assigned_user_id FROM leads WHERE id = $1', [body.id]);
      expect(lead?.['assigned_user_id']).not.toBeNull();
    });
  });

  it('take three statements each, within one transaction: lock, read, write', async () => {
    const assigner = api.app.get(Assigner, { strict: false });
    const source = api.app.get(DataSource);
    const sent: { text: string; runner: unknown }[] = [];
    const usual = source.logger;
    const logQuery: typeof usual.logQuery = (text, _parameters, runner) => sent.push({ text, runner });
    for (let n = 0; n < 2; n++) {
      const { id } = await aLead(api.db);
      sent.length = 0;
      source.logger = Object.assign(Object.create(usual), { logQuery });
      try {
        expect((await assigner.assign({ leadIds: [id], limit: 1 })).assigned.size).toBe(1);
      } finally {
        source.logger = usual;
      }
      // The outbox works beside it, on connections of its own.
      const own = sent.find(({ text }) => text.includes('pg_advisory_xact_lock'))?.runner;
      const statements = sent.filter(({ text, runner }) => runner === own && !/^(START|COMMIT)/.test(text));
      // What the rules ask for is found out by the first read.
      expect(statements.length).toBeLessThanOrEqual(n === 0 ? 4 : 3);
      expect(statements.map(({ text }) => text).join()).toContain('INSERT INTO distribution_assignments');
    }
  });

  it('top an agent up in the answer to the closing of a lead', async () => {
    const lead = await aLead(busy.db, { assigned_user_id: people.agent.id });
    for (let n = 0; n < 25; n++) await aLead(busy.db);
    const { body } = await client(busy.url, people.agent).patch(`/api/v1/leads/${lead.id}/status`, {
      status: 'CLOSED_WON',
    });
    expect(body).toMatchObject({
      auto_assigned: true,
      agent_stats: { active_leads: 20, leads_needed: 0, sales_today: 1 },
    });
  });

  it('are not given when the agent has enough or the pool is empty', async () => {
    const lead = await aLead(busy.db, { assigned_user_id: people.agent.id });
    const { body } = await client(busy.url, people.agent).patch(`/api/v1/leads/${lead.id}/status`, {
      status: 'CLOSED_LOST',
    });
    expect(body.auto_assigned).toBe(false);
  });
});
