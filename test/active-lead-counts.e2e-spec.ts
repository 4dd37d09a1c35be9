import { DataSource } from 'typeorm';
import { Assigner } from '../src/distribution/assigner.js';
import { PoolStateRepository } from '../src/distribution/pool-state.repository.js';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead, leadFields } from './support/builders.js';
import { Client, client } from './support/client.js';

const ROUTE = '/api/v1/distribution';

let api: TestApp;
let company: Company;
beforeEach(async () => {
  api = await startTestApp();
  company = await aCompany(api.db);
});
afterEach(() => api.stop());

const as = (who: keyof Company): Client => client(api.url, company[who]);
const agents = () => [company.agent, company.colleague, company.outsider];

/** What the distribution goes by, and what the leads say. */
async function expectTrueCounts(): Promise<void> {
  const pool = api.app.get(PoolStateRepository, { strict: false });
  const { state } = await pool.read(undefined, { limit: 0, isLocking: false });
  const counted = await api.db.query<{ id: number; leads: number }>(
    `SELECT u.id, count(l.id)::int AS leads FROM users u LEFT JOIN leads l ON l.assigned_user_id = u.id
        AND l.deleted_at IS NULL AND l.status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'RECYCLED')
      WHERE u.role = 'agent' GROUP BY 1 ORDER BY 1`,
  );
  const known = counted.map(({ id }) => ({ id, leads: state.agents.get(id)?.load }));
  expect(known).toEqual(counted);
}

describe('the number of active leads that the distribution goes by', () => {
  it('is true after everything that can happen to a lead, in the API and beside it', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 12; n++) ids.push((await aLead(api.db)).id);
    const [first = 0, second = 0, third = 0, fourth = 0] = ids;
    const steps: (() => Promise<unknown>)[] = [
      () => as('admin').post(`${ROUTE}/redistribute`),
      () => as('agent').post('/api/v1/leads', leadFields()),
      () => as('manager').post(`/api/v1/leads/${first}/assign`, { agent_id: company.agent.id }),
      () => as('manager').post(`/api/v1/leads/${first}/assign`, { agent_id: null }),
      () => as('admin').patch(`/api/v1/leads/${second}/status`, { status: 'CLOSED_WON' }),
      () => as('admin').patch(`/api/v1/leads/${second}/status`, { status: 'CONTACTED' }),
      () => as('admin').put(`/api/v1/leads/${third}`, { city: 'Towson' }),
      () => as('admin').delete(`/api/v1/leads/${third}`),
      () => as('admin').post(`/api/v1/leads/${third}/restore`),
      () => as('admin').post('/api/v1/leads/bulk-status', { ids, status: 'CLOSED_LOST' }),
      () => as('admin').post('/api/v1/leads/bulk-status', { ids, status: 'QUALIFIED' }),
      () => as('admin').post('/api/v1/leads/bulk-assign', { ids, agent_id: company.outsider.id }),
      () => as('admin').post(`${ROUTE}/leads/${fourth}/return`, { reason: 'duplicate' }),
      () =>
        as('admin').post(`${ROUTE}/transfer`, {
          from_agent_id: company.outsider.id,
          to_agent_id: company.colleague.id,
          reason: 'Leaves',
        }),
      () => api.db.query(`UPDATE leads SET assigned_at = now() - interval '2 days'`),
      () => as('admin').post(`${ROUTE}/recycle-check`),
      () => api.db.query('UPDATE leads SET assigned_user_id = $1 WHERE id % 2 = 0', [company.agent.id]),
      () => api.db.query('DELETE FROM leads WHERE id % 3 = 0'),
      () => as('admin').post(`${ROUTE}/redistribute`),
      () => api.db.query('TRUNCATE leads CASCADE'),
    ];
    for (const step of steps) {
      await step();
      await expectTrueCounts();
    }
  });

  it('is true after many change leads at once, while it is summed up', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 30; n++) ids.push((await aLead(api.db)).id);
    await Promise.all([
      ...ids.map((id, n) =>
        as('manager').post(`/api/v1/leads/${id}/assign`, { agent_id: agents()[n % 3]?.id }),
      ),
      ...[1, 2, 3, 4].map(() => as('admin').post(`${ROUTE}/redistribute`)),
      ...ids.map((id, n) =>
        as('admin').patch(`/api/v1/leads/${id}/status`, { status: n % 2 ? 'CLOSED_WON' : 'CONTACTED' }),
      ),
    ]);
    await expectTrueCounts();
    await as('admin').post(`${ROUTE}/redistribute`);
    expect(await api.db.query('SELECT 1 FROM agent_lead_count_changes')).toEqual([]);
    await expectTrueCounts();
  });

  it('is not changed by a transaction that is rolled back', async () => {
    const { id } = await aLead(api.db);
    const dataSource = api.app.get(DataSource);
    const work = dataSource.transaction(async (tx) => {
      await tx.query('UPDATE leads SET assigned_user_id = $1 WHERE id = $2', [company.agent.id, id]);
      throw new Error('on second thoughts');
    });
    await expect(work).rejects.toThrow('on second thoughts');
    await expectTrueCounts();
  });
});

describe('one new lead', () => {
  it('is given out by three statements: lock, read, write', async () => {
    const { id } = await aLead(api.db);
    const dataSource = api.app.get(DataSource);
    const sent: string[] = [];
    const assigner = api.app.get(Assigner, { strict: false });
    await dataSource.transaction(async (tx) => {
      const query = tx.query.bind(tx);
      tx.query = (sql: string, parameters?: unknown[]) => {
        sent.push(sql);
        return query(sql, parameters);
      };
      await assigner.assignIn(tx, { leadIds: [id], limit: 1 });
    });
    expect(sent).toHaveLength(3);
    const [lead] = await api.db.query('SELECT assigned_user_id FROM leads WHERE id = $1', [id]);
    expect(lead?.['assigned_user_id']).not.toBeNull();
  });
});
