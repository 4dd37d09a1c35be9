import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, anNpi, leadFields } from './support/builders.js';
import { Client, client } from './support/client.js';

let api: TestApp;
let pool: Pool;
let company: Company;
let as: (who: keyof Company) => Client;
beforeAll(async () => {
  api = await startTestApp();
  pool = new Pool({ connectionString: api.db.url, max: 4 });
  company = await aCompany(api.db);
  as = (who) => client(api.url).as(company[who]);
  for (const who of ['agent', 'colleague', 'manager', 'admin'] as const) await as(who).get('/auth/me');
});
afterAll(async () => {
  await pool.end();
  await api.stop();
});

const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

/** Holds a lead locked, runs `act` until it waits for the lock, then changes the lead and lets go. */
async function whileLocked<T>(id: number, act: () => Promise<T>, change: string): Promise<T> {
  const holder = await pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM leads WHERE id = $1 FOR UPDATE', [id]);
    const answer = act();
    while ((await waiting()) === 0) await sleep(5);
    await holder.query(change);
    await holder.query('COMMIT');
    return await answer;
  } finally {
    holder.release();
  }
}

async function waiting(): Promise<number> {
  const rows = await api.db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}

describe('two edits at once', () => {
  it('with the same version: one wins, the other learns that it is stale', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const edits = Array.from({ length: 8 }, (_, index) =>
      as(index % 2 ? 'agent' : 'manager').put(`/api/v1/leads/${lead.id}`, {
        city: `City ${index}`,
        version: 1,
      }),
    );
    expect(statuses(await Promise.all(edits))).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    const history = await api.db.query('SELECT 1 FROM lead_history WHERE lead_id = $1', [lead.id]);
    expect(history).toHaveLength(1);
  });

  it('of different fields without a version: both are kept', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const answers = await Promise.all([
      as('agent').put(`/api/v1/leads/${lead.id}`, { city: 'Salem' }),
      as('manager').put(`/api/v1/leads/${lead.id}`, { address: '1 New Street' }),
    ]);
    expect(statuses(answers)).toEqual([200, 200]);
    const { body } = await as('agent').get(`/api/v1/leads/${lead.id}`);
    expect(body).toMatchObject({ city: 'Salem', address: '1 New Street', version: 3 });
  });

  it('that take the same NPI for two leads: one is 409', async () => {
    const npi = anNpi();
    const leads = await Promise.all([1, 2, 3, 4].map(() => aLead(api.db)));
    const answers = await Promise.all(leads.map(({ id }) => as('admin').put(`/api/v1/leads/${id}`, { npi })));
    expect(statuses(answers)).toEqual([200, 409, 409, 409]);
  });
});

describe('a lead that moves between the guard and the write', () => {
  it('is refused to the agent who lost it', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const answer = await whileLocked(
      lead.id,
      () => as('agent').put(`/api/v1/leads/${lead.id}`, { city: 'Salem' }),
      `UPDATE leads SET assigned_user_id = ${company.colleague.id} WHERE id = ${lead.id}`,
    );
    expect(answer).toBeProblem(403, 'lead-not-yours');
    expect((await as('colleague').get(`/api/v1/leads/${lead.id}`)).body.city).toBe('Baltimore');
  });

  it('is refused for a status, too', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const answer = await whileLocked(
      lead.id,
      () => as('agent').patch(`/api/v1/leads/${lead.id}/status`, { status: 'CONTACTED' }),
      `UPDATE leads SET assigned_user_id = NULL WHERE id = ${lead.id}`,
    );
    expect(answer).toBeProblem(403);
  });

  it('is 404 when it was deleted', async () => {
    const lead = await aLead(api.db, { assigned_user_id: company.agent.id });
    const answer = await whileLocked(
      lead.id,
      () => as('agent').put(`/api/v1/leads/${lead.id}`, { city: 'Salem' }),
      `UPDATE leads SET deleted_at = now() WHERE id = ${lead.id}`,
    );
    expect(answer).toBeProblem(404);
  });
});

describe('the same new lead twice at once', () => {
  it('is entered once by its NPI', async () => {
    const fields = leadFields();
    const answers = await Promise.all([1, 2, 3, 4].map(() => as('manager').post('/api/v1/leads', fields)));
    expect(statuses(answers)).toEqual([201, 409, 409, 409]);
    const created = answers.find(({ status }) => status === 201)?.body.id;
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.body.lead_id).toBe(created);
  });

  it('is entered once by its Idempotency-Key, and everybody gets the first answer', async () => {
    const fields = leadFields({ npi: null });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => as('manager').post('/api/v1/leads', fields, { 'idempotency-key': 'order-1' })),
    );
    expect(statuses(answers)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('two bulk changes of the same leads at once', () => {
  it('never wait for each other, and each lead has one owner', async () => {
    const leads = await Promise.all(Array.from({ length: 30 }, () => aLead(api.db)));
    const ids = leads.map(({ id }) => id);
    const answers = await Promise.all(
      [company.agent, company.colleague, company.agent, company.colleague].map(({ id }, index) =>
        as('manager').post('/api/v1/leads/bulk-assign', {
          ids: index % 2 ? ids : ids.toReversed(),
          agent_id: id,
        }),
      ),
    );
    expect(statuses(answers)).toEqual([200, 200, 200, 200]);
    const owners = await api.db.query<{ assigned_user_id: number }>(
      'SELECT DISTINCT assigned_user_id FROM leads WHERE id = ANY($1)',
      [ids],
    );
    expect(owners).toHaveLength(1);
  });
});
