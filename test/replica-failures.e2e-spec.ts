import { Client as Connection } from 'pg';
import { AppWithReplica } from './support/app-with-replica.js';
import { aLead } from './support/builders.js';
import { eventually } from './support/eventually.js';

let rota: AppWithReplica;
beforeAll(async () => {
  rota = await AppWithReplica.start();
});
afterAll(() => rota?.stop());

describe('a replica that fails', () => {
  it('cancels what is in the way of replay, and the primary is asked', async () => {
    const before = await rota.answered('conflict');
    const { answer, lock, letGo } = await aQuestionHeldUp();
    try {
      // It has leads and waits for their history; replay wants leads for itself then.
      await lock('leads');
      await eventually(async () => expect(await rota.answered('conflict')).toBe(before + 1));
    } finally {
      await letGo();
    }
    expect((await answer).status).toBe(200);
  });

  it('is killed: nobody notices, and it is asked again when it is back', async () => {
    await rota.byReplica('/api/v1/leads');
    await rota.cluster.replica.stop('SIGKILL');
    const statuses = new Set<number>();
    for (let n = 0; n < 10; n++) statuses.add((await rota.as().get('/api/v1/leads')).status);
    expect([...statuses]).toEqual([200]);
    expect(await rota.answered('away')).toBeGreaterThan(0);
    await rota.cluster.replica.start();
    await rota.byReplica('/api/v1/leads');
  });

  it('goes silent: nobody waits for it', async () => {
    const away = await rota.answered('away');
    const { answer, letGo } = await aQuestionHeldUp();
    rota.way.pause();
    try {
      // Who has to look how far the replica is finds out, and lets all go who only wait.
      await aLead(rota.cluster.db);
      expect((await rota.as().get('/api/v1/leads')).status).toBe(200);
      expect(await rota.answered('away')).toBeGreaterThan(away);
      await letGo();
      expect((await answer).status).toBe(200);
    } finally {
      await letGo();
      rota.way.resume();
    }
    await rota.byReplica('/api/v1/leads');
  });
});

/** Asks for a lead's history, which waits at the replica: it reads leads, then their history, which somebody has locked. */
async function aQuestionHeldUp() {
  const path = `/api/v1/leads/${rota.leadId}/history`;
  await rota.byReplica(path);
  const holders: Connection[] = [];
  const lock = async (table: string): Promise<void> => {
    const holder = new Connection({ connectionString: rota.cluster.db.url });
    holders.push(holder);
    await holder.connect();
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    // A commit of somebody else takes the lock's place in the log to the replica.
    await rota.cluster.db.query(`SELECT pg_logical_emit_message(true, 'test', '')`);
  };
  const locks = () =>
    rota.cluster.onReplica<{ granted: boolean }>(
      `SELECT granted FROM pg_locks WHERE relation = 'lead_history'::regclass`,
    );
  await lock('lead_history');
  await eventually(async () => expect(await locks()).toEqual([{ granted: true }]));
  const answer = rota.as().get(path);
  await eventually(async () => expect(await locks()).toContainEqual({ granted: false }));
  return { answer, lock, letGo: () => Promise.all(holders.splice(0).map((holder) => holder.end())) };
}
