import { Client as Connection } from 'pg';
import { aCompany, Company } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { Cluster, startCluster } from './support/cluster.js';
import { eventually } from './support/eventually.js';
import { SeverableServer } from './support/severable-server.js';

let cluster: Cluster;
let way: SeverableServer;
let app: TestApp;
let company: Company;
let leadId: number;

beforeAll(async () => {
  cluster = await startCluster();
  company = await aCompany(cluster.db);
  for (const owner of [company.agent, company.colleague, company.outsider])
    leadId = (await aLead(cluster.db, { assigned_user_id: owner.id })).id;
  way = await SeverableServer.before(cluster.replica.url);
  app = await startTestApp(
    { DATABASE_REPLICA_URL: way.url, STATEMENT_TIMEOUT_MS: '600000' },
    { db: cluster.db },
  );
});
afterAll(async () => {
  await app?.stop();
  await way?.cut();
  await cluster?.stop();
});

const as = (actor: keyof Company = 'admin') => client(app.url).as(company[actor]);

/** How many questions were answered by the replica, or for this reason by the primary. */
async function answered(by: string): Promise<number> {
  const { text } = await client(app.url).get('/metrics');
  return Number(new RegExp(`^replica_reads_total\\{answered="${by}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

/** Until it is the replica that answers; what was written last may be on its way to it, or a probe. */
const byReplica = (path: string) =>
  eventually(async () => {
    const before = await answered('replica');
    const answer = await as().get(path);
    expect(answer.status).toBe(200);
    expect(await answered('replica')).toBeGreaterThan(before);
    return answer;
  });

describe('reads with a replica', () => {
  it('are answered by the replica', async () => {
    await byReplica('/api/v1/leads');
    const asked = await cluster.onReplica<{ query: string }>(
      `SELECT query FROM pg_stat_activity WHERE application_name = 'rota-reads'`,
    );
    expect(asked).toContainEqual({ query: expect.stringContaining('FROM leads l') });
  });

  it('are the same by either server, for everybody', async () => {
    const alone = await startTestApp({}, { beside: app });
    try {
      for (const actor of ['agent', 'manager', 'admin'] as const) {
        const before = await answered('replica');
        for (const path of PATHS(company.agent.id, leadId)) {
          const [here, there] = await Promise.all([
            as(actor).get(path),
            client(alone.url).as(company[actor]).get(path),
          ]);
          if (actor === 'admin') expect([path, here.status]).toEqual([path, 200]);
          expect([actor, path, here.status, comparable(here.body)]).toEqual([
            actor,
            path,
            there.status,
            comparable(there.body),
          ]);
        }
        expect(await answered('replica')).toBeGreaterThan(before);
      }
      const own = await as('agent').get('/api/v1/leads?show_all=true');
      expect(own.body.leads.map((lead: { assigned_user_id: number }) => lead.assigned_user_id)).toEqual([
        company.agent.id,
      ]);
      // A statement that only the primary could run would be a fault of ours.
      expect(await answered('failed')).toBe(0);
    } finally {
      await alone.stop();
    }
  });

  it('hold what was written before them, though replay stands still', async () => {
    await cluster.onReplica('SELECT pg_wal_replay_pause()');
    try {
      await as('outsider').put(`/api/v1/leads/${leadId}`, { city: 'Frederick' });
      const [behind, replica] = [await answered('behind'), await answered('replica')];
      const { body } = await as('manager').get('/api/v1/leads?q=Frederick');
      expect(body.leads.map(({ id }: { id: number }) => id)).toEqual([leadId]);
      expect(await answered('behind')).toBeGreaterThan(behind);
      expect(await answered('replica')).toBe(replica);
    } finally {
      await cluster.onReplica('SELECT pg_wal_replay_resume()');
    }
    const { body } = await byReplica('/api/v1/leads?q=Frederick');
    expect(body.leads.map(({ id }: { id: number }) => id)).toEqual([leadId]);
  });

  it('hold what was summed up, once it is seen at the primary', async () => {
    const activity = { lead_id: leadId, activity_type: 'note', subject: 'Called back' };
    const ledger = `/api/v1/gamification/ledger?user_id=${company.outsider.id}&limit=200`;
    for (let n = 1; n <= 10; n++) {
      expect((await as('outsider').post('/api/v1/activities', activity)).status).toBe(201);
      const [{ entries }] = await eventually(async () => {
        const rows = await cluster.db.query<{ entries: number }>(
          'SELECT count(*)::int AS entries FROM point_entries WHERE user_id = $1',
          [company.outsider.id],
        );
        expect(rows[0]?.entries).toBeGreaterThanOrEqual(n);
        return rows as [{ entries: number }];
      });
      expect((await as().get(ledger)).body.entries.length).toBeGreaterThanOrEqual(entries);
    }
  });

  it('of a program hold what was written before them as well', async () => {
    const wanted = { name: 'Robot', scopes: ['leads:read'], user_id: company.admin.id };
    const { body } = await as().post('/api/v1/api-keys', wanted);
    const program = { 'x-api-key': body.key };
    await eventually(async () => {
      const before = await answered('replica');
      expect((await client(app.url).get('/api/v1/leads', program)).status).toBe(200);
      expect(await answered('replica')).toBeGreaterThan(before);
    });
  });

  it('of requests that write stay at the primary', async () => {
    const count = async () => [await answered('replica'), await answered('behind')];
    await byReplica('/api/v1/leads');
    const before = await count();
    // The answer is read by a question that a replica may answer to others.
    const { status } = await as().post('/api/v1/gamification/contests', {
      name: 'Spring',
      metric: 'points',
      entrants: 'agents',
      starts_on: '2030-03-01',
      ends_on: '2030-03-31',
    });
    expect(status).toBe(201);
    expect(await count()).toEqual(before);
  });

  it('are asked again of the primary when they are in the way of replay', async () => {
    const before = await answered('conflict');
    const { answer, lock, letGo } = await aQuestionHeldUp();
    try {
      // It has leads and waits for their history; replay wants leads for itself then.
      await lock('leads');
      await eventually(async () => expect(await answered('conflict')).toBe(before + 1));
    } finally {
      await letGo();
    }
    const { status, body } = await answer;
    expect([status, body.history.length]).toEqual([200, 1]);
  });

  it('go on without a replica that is killed, and to it when it is back', async () => {
    await byReplica('/api/v1/leads');
    await cluster.replica.stop('SIGKILL');
    const statuses = new Set<number>();
    for (let n = 0; n < 10; n++) statuses.add((await as().get('/api/v1/leads')).status);
    expect([...statuses]).toEqual([200]);
    expect(await answered('away')).toBeGreaterThan(0);
    await cluster.replica.start();
    await byReplica('/api/v1/leads');
  });

  it('do not wait for a replica that has gone silent', async () => {
    const away = await answered('away');
    const { answer, letGo } = await aQuestionHeldUp();
    way.pause();
    try {
      // Who has to look how far the replica is finds out, and lets all go who only wait.
      await aLead(cluster.db);
      expect((await as().get('/api/v1/leads')).status).toBe(200);
      expect(await answered('away')).toBeGreaterThan(away);
      await letGo();
      expect((await answer).status).toBe(200);
    } finally {
      await letGo();
      way.resume();
    }
    await byReplica('/api/v1/leads');
  });
});

/** Asks for a lead's history, which waits at the replica: it reads leads, then their history, which somebody has locked. */
async function aQuestionHeldUp() {
  const path = `/api/v1/leads/${leadId}/history`;
  await byReplica(path);
  const holders: Connection[] = [];
  const lock = async (table: string): Promise<void> => {
    const holder = new Connection({ connectionString: cluster.db.url });
    holders.push(holder);
    await holder.connect();
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    // A commit of somebody else takes the lock's place in the log to the replica.
    await cluster.db.query(`SELECT pg_logical_emit_message(true, 'test', '')`);
  };
  const locks = () =>
    cluster.onReplica<{ granted: boolean }>(
      `SELECT granted FROM pg_locks WHERE relation = 'lead_history'::regclass`,
    );
  await lock('lead_history');
  await eventually(async () => expect(await locks()).toEqual([{ granted: true }]));
  const answer = as().get(path);
  await eventually(async () => expect(await locks()).toContainEqual({ granted: false }));
  return { answer, lock, letGo: () => Promise.all(holders.splice(0).map((holder) => holder.end())) };
}
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
