import { TransactionRunner } from '../src/database/transaction-runner.js';
import { Jobs } from '../src/jobs/jobs.js';
import { startTestApp, type TestApp } from './support/app.js';
import { eventually } from './support/eventually.js';

interface Greeting {
  name: string;
}

let instances: TestApp[] = [];
afterEach(async () => {
  for (const instance of instances.reverse()) await instance.stop();
  instances = [];
});

/** An instance whose jobs are known before its work begins, as they are in a module's constructor. */
async function anInstance(
  register: (jobs: Jobs) => void,
  settings: Record<string, string> = { BACKGROUND_JOBS: 'true' },
): Promise<TestApp> {
  const [first] = instances;
  const instance = await startTestApp(
    { BACKGROUND_JOBS: 'false', ...settings },
    {
      beforeListening: (app) => register(app.get(Jobs)),
      ...(first ? { beside: first } : {}),
    },
  );
  instances.push(instance);
  return instance;
}

const greetings = (seen: string[], handle?: () => Promise<void>) => (jobs: Jobs) =>
  jobs.register<Greeting>({
    name: 'greetings',
    expiresAfter: 60,
    retries: 2,
    handle: async ({ name }) => {
      seen.push(name);
      await handle?.();
    },
  });

const leave = (instance: TestApp, name: string, key?: string) =>
  instance.app
    .get(TransactionRunner)
    .run((tx) => instance.app.get(Jobs).send(tx, 'greetings', { name }, key));

describe('a job', () => {
  it('is done when the transaction that left it commits, and never when it rolls back', async () => {
    const seen: string[] = [];
    const instance = await anInstance(greetings(seen));
    const failure = instance.app.get(TransactionRunner).run(async (tx) => {
      await instance.app.get(Jobs).send(tx, 'greetings', { name: 'rolled back' });
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    await leave(instance, 'committed');
    await eventually(async () => expect(seen).toEqual(['committed']));
  });

  it('waits while no instance does jobs, and is done once when two do', async () => {
    const seen: string[] = [];
    const office = await anInstance(greetings(seen), { BACKGROUND_JOBS: 'false' });
    await leave(office, 'Ada');
    await leave(office, 'Grace');
    expect(seen).toEqual([]);
    await anInstance(greetings(seen));
    await anInstance(greetings(seen));
    await eventually(async () => expect([...seen].sort()).toEqual(['Ada', 'Grace']));
    await eventually(async () => {
      const [row] = await office.db.query(
        `SELECT count(*)::int AS count FROM rota_jobs.job WHERE name = 'greetings' AND state = 'completed'`,
      );
      expect(row).toEqual({ count: 2 });
    });
    expect(seen).toHaveLength(2);
  });

  it('is tried again when it fails', async () => {
    const seen: string[] = [];
    const instance = await anInstance(
      greetings(seen, () => (seen.length === 1 ? Promise.reject(new Error('once')) : Promise.resolve())),
    );
    await leave(instance, 'Ada');
    await eventually(async () => expect(seen).toEqual(['Ada', 'Ada']));
  });
});
