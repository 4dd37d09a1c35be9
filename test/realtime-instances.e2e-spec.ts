import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { aCompany, Company, PASSWORD, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { closeListeners, dial, listen } from './support/socket.js';

let here: TestApp;
let there: TestApp;
let company: Company;
const children: ChildProcess[] = [];
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
afterEach(() => children.splice(0).forEach((child) => void child.kill('SIGKILL')));

describe('two instances on one database', () => {
  it('show each other the edits that they make, each event once and in order', async () => {
    const lead = await aLead(here.db, { assigned_user_id: company.agent.id });
    const [a, b] = await Promise.all([listen(here.url, company.agent), listen(there.url, company.agent)]);
    for (let n = 0; n < 20; n++) {
      const { url } = n % 2 ? here : there;
      await client(url)
        .as(company.admin)
        .put(`/api/v1/leads/${lead.id}`, { city: `City ${n}` });
    }
    for (const listener of [a, b]) {
      await eventually(async () => expect(listener.of('lead.updated')).toHaveLength(20));
    }
    expect(b.of('lead.updated').map(({ id, seq }) => [id, seq])).toEqual(
      a.of('lead.updated').map(({ id, seq }) => [id, seq]),
    );
  });

  it('tell of an edit made at the other within a second', async () => {
    const lead = await aLead(here.db, { assigned_user_id: company.agent.id });
    const b = await listen(there.url, company.agent);
    const began = performance.now();
    await client(here.url).as(company.admin).put(`/api/v1/leads/${lead.id}`, { city: 'Annapolis' });
    await b.next('lead.updated');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('end sockets within a second when the session is ended at the other', async () => {
    const login = { username: company.agent.username, password: PASSWORD };
    const { body } = await client(here.url).post('/auth/login', login);
    const socket = dial(there.url, { auth: { token: body.access_token }, reconnection: false });
    await socket.next('ready');
    const began = performance.now();
    await client(here.url).post('/auth/logout', undefined, { authorization: `Bearer ${body.access_token}` });
    await eventually(async () => expect(socket.isClosed()).toBe(true));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('a process that is killed', () => {
  it('loses nothing for a client that goes on at another one', async () => {
    const lead = await aLead(here.db, { assigned_user_id: company.agent.id });
    const { child, url } = await spawnApp(here.db.url);
    const agent = dial(url, { auth: { token: await signIn(here.url, company.agent) }, reconnection: false });
    await agent.next('ready');
    const edits: Promise<number>[] = [];
    const edit = async (n: number) => {
      const address = `/api/v1/leads/${lead.id}`;
      const answer = await client(url)
        .as(company.admin)
        .put(address, { city: `City ${n}` })
        .catch(() => undefined);
      return answer?.status ?? 0;
    };
    for (let n = 0; n < 40; n++) {
      edits.push(edit(n));
      if (n % 8 === 7) await agent.next('lead.updated');
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    await Promise.all(edits);

    const after = await listen(here.url, company.agent, {
      since: Math.max(...agent.events.map(({ seq }) => seq)),
    });
    const committed = await here.db.query<{ event_id: string }>(
      `SELECT event_id FROM outbox_events WHERE type = 'lead.updated' AND lead_id = $1 ORDER BY id`,
      [lead.id],
    );
    const ids = () => new Set([...agent.of('lead.updated'), ...after.of('lead.updated')].map(({ id }) => id));
    await eventually(async () => expect(ids()).toEqual(new Set(committed.map((row) => row.event_id))));
    expect(committed.length).toBeGreaterThan(0);
  });
});

async function spawnApp(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const support = join(__dirname, 'support');
  const script = ['--require', join(support, 'run-typescript.cjs'), join(support, 'app-process.ts')];
  const child = spawn(process.execPath, [...script, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return { child, url: line };
  }
  throw new Error('the process has ended');
}
