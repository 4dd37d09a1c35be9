import { startTestApp } from './support/app.js';
import { AppWithReplica } from './support/app-with-replica.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { settled } from './support/settled.js';

let rota: AppWithReplica;
beforeAll(async () => {
  rota = await AppWithReplica.start();
});
afterAll(() => rota?.stop());

describe('reads with a replica', () => {
  it('are answered by the replica', async () => {
    await rota.byReplica('/api/v1/leads');
    const asked = await rota.cluster.onReplica<{ query: string }>(
      `SELECT query FROM pg_stat_activity WHERE application_name = 'rota-reads'`,
    );
    expect(asked).toContainEqual({ query: expect.stringContaining('FROM leads l') });
  });

  it('are the same by either server, for everybody', async () => {
    const alone = await startTestApp({}, { beside: rota.app });
    try {
      for (const actor of ['agent', 'manager', 'admin'] as const) {
        const before = await rota.answered('replica');
        for (const path of PATHS(rota.company.agent.id, rota.leadId)) {
          const [here, there] = await Promise.all([
            rota.as(actor).get(path),
            client(alone.url).as(rota.company[actor]).get(path),
          ]);
          if (actor === 'admin') expect([path, here.status]).toEqual([path, 200]);
          expect([actor, path, here.status, comparable(here.body)]).toEqual([
            actor,
            path,
            there.status,
            comparable(there.body),
          ]);
        }
        expect(await rota.answered('replica')).toBeGreaterThan(before);
      }
      const own = await rota.as('agent').get('/api/v1/leads?show_all=true');
      expect(own.body.leads.map((lead: { assigned_user_id: number }) => lead.assigned_user_id)).toEqual([
        rota.company.agent.id,
      ]);
      // A statement that only the primary could run would be a fault of ours.
      expect(await rota.answered('failed')).toBe(0);
    } finally {
      await alone.stop();
    }
  });

  it('hold what was written before them, though replay stands still', async () => {
    await rota.cluster.onReplica('SELECT pg_wal_replay_pause()');
    try {
      await rota.as('outsider').put(`/api/v1/leads/${rota.leadId}`, { city: 'Frederick' });
      const [behind, replica] = [await rota.answered('behind'), await rota.answered('replica')];
      const { body } = await rota.as('manager').get('/api/v1/leads?q=Frederick');
      expect(body.leads.map(({ id }: { id: number }) => id)).toEqual([rota.leadId]);
      expect(await rota.answered('behind')).toBeGreaterThan(behind);
      expect(await rota.answered('replica')).toBe(replica);
    } finally {
      await rota.cluster.onReplica('SELECT pg_wal_replay_resume()');
    }
    const { body } = await rota.byReplica('/api/v1/leads?q=Frederick');
    expect(body.leads.map(({ id }: { id: number }) => id)).toEqual([rota.leadId]);
  });

  it('hold what was summed up, once it is seen at the primary', async () => {
    const activity = { lead_id: rota.leadId, activity_type: 'note', subject: 'Called back' };
    expect((await rota.as('outsider').post('/api/v1/activities', activity)).status).toBe(201);
    await settled(rota.app);
    const { db, onReplica } = rota.cluster;
    const [log] = await db.query<{ flushed: string }>('SELECT pg_current_wal_flush_lsn()::text AS flushed');
    await eventually(async () => {
      const reached = `SELECT pg_last_wal_replay_lsn() >= '${log?.flushed}' AS is_there`;
      expect(await onReplica(reached)).toEqual([{ is_there: true }]);
    });
    const consumers = 'SELECT name, position FROM outbox_consumers ORDER BY name';
    expect(await onReplica(consumers)).toEqual(await db.query(consumers));
  });

  it('of a program hold what was written before them as well', async () => {
    const wanted = { name: 'Robot', scopes: ['leads:read'], user_id: rota.company.admin.id };
    const { body } = await rota.as().post('/api/v1/api-keys', wanted);
    const program = { 'x-api-key': body.key };
    await rota.byReplica('/api/v1/leads', program);
  });

  it('of requests that write stay at the primary', async () => {
    const count = async () => [await rota.answered('replica'), await rota.answered('behind')];
    await rota.byReplica('/api/v1/leads');
    const before = await count();
    // The answer is read by a question that a replica may answer to others.
    const { status } = await rota.as().post('/api/v1/gamification/contests', {
      name: 'Spring',
      metric: 'points',
      entrants: 'agents',
      starts_on: '2030-03-01',
      ends_on: '2030-03-31',
    });
    expect(status).toBe(201);
    expect(await count()).toEqual(before);
  });

  it('hold what the request itself has written', async () => {
    const contest = await eventually(async () => {
      const [ended] = await rota.cluster.db.query<{ id: number }>(
        `INSERT INTO contests (name, metric, entrants, starts_on, ends_on, created_by)
         VALUES ('Over', 'points', 'agents', '2020-01-01', '2020-01-31', $1) RETURNING id`,
        [rota.company.admin.id],
      );
      await rota.byReplica('/api/v1/gamification/contests');
      await rota.cluster.onReplica('SELECT pg_wal_replay_pause()');
      try {
        const before = await rota.answered('replica');
        const { body } = await rota.as().get(`/api/v1/gamification/contests/${ended?.id}`);
        expect(await rota.answered('replica')).toBeGreaterThan(before);
        return body;
      } finally {
        await rota.cluster.onReplica('SELECT pg_wal_replay_resume()');
      }
    });
    // Its result becomes final when it is first asked for.
    expect(contest.frozen_at).not.toBeNull();
  });
});

/** What is asked for where a replica may answer. */
const PATHS = (agentId: number, id: number): string[] => [
  '/api/v1/leads',
  '/api/v1/leads?q=Harbour&show_all=true',
  '/api/v1/leads/facets',
  '/api/v1/summary',
  `/api/v1/leads/${id}/history`,
  `/api/v1/leads/${id}/provenance`,
  `/api/v1/leads/${id}/timeline`,
  '/api/v1/activities',
  `/api/v1/leads/${id}/family`,
  '/api/v1/my-day',
  ...`dashboard lead-types totals trends funnel cohorts speed-to-lead win-rates?by=source heat-map pipeline stuck-leads
    sources recycling fairness leads?report=totals&cell=arrived scorecard/${agentId} agent-performance/${agentId}`
    .split(/\s+/)
    .map((report) => `/api/v1/analytics/${report}`),
  `/api/v1/analytics/smart-assignment/${id}`,
  ...`leaderboard leaderboards?period=month&metric=points leaderboards?period=month&metric=win_rate my-stats kudos contests
    agents/${agentId} ledger progress flags targets`
    .split(/\s+/)
    .map((board) => `/api/v1/gamification/${board}`),
  '/api/v1/duplicates',
];

/** Without what says when it was asked. */
const comparable = (body: unknown): unknown =>
  JSON.parse(
    JSON.stringify(body, (key, value) => (key === 'instance' || key === 'as_of' ? undefined : value)),
  );
