import { Client } from 'pg';
import { hashPassword } from '../users/password-hasher.js';
import { DemoDataRepository } from './demo-data.repository.js';
import { demoLeads } from './demo-leads.js';
import { DemoRecognitionRepository } from './demo-recognition.repository.js';
import { DEMO_USERS } from './demo-users.js';

/** How to sign in to the demo. */
export const demoSignIn =
  'Sign in to the demo as admin / admin123, manager1 or manager2 / manager123, or agent1 to agent8 / agent123';

/**
 * Fills a migrated database that has no user yet, in one transaction; any other database stays as it is. Leads that are
 * there already, imported ones say, get the demo's users but no made-up leads beside them.
 *
 * @returns whether this is the demo's database, loaded now or before
 */
export async function loadDemoData(url: string, say: (line: string) => void): Promise<boolean> {
  const client = new Client({ connectionString: url, application_name: 'rota-demo' });
  await client.connect();
  try {
    await client.query('BEGIN');
    const demo = new DemoDataRepository(client);
    const loaded = await load(client, new Date());
    const isDemo = await demo.hasDemoUsers(DEMO_USERS);
    await client.query('COMMIT');
    if (loaded) say(`Loaded demo data: ${loaded.users} users, ${loaded.leads} leads`);
    return isDemo;
  } finally {
    // A transaction that is still open is rolled back with its connection.
    await client.end();
  }
}

async function load(client: Client, now: Date): Promise<{ users: number; leads: number } | null> {
  const demo = new DemoDataRepository(client);
  await demo.lock();
  if (await demo.hasUsers()) return null;

  const leads = (await demo.hasLeads()) ? [] : demoLeads(now);
  const users = await Promise.all(
    DEMO_USERS.map(async (user) => ({ ...user, passwordHash: await hashPassword(user.password) })),
  );
  await demo.insertUsers(users, now);
  if (leads.length > 0) await demo.insertLeads(leads);
  await demo.updateAgentFigures();
  if (leads.length > 0) await new DemoRecognitionRepository(client).insert(now);
  return { users: users.length, leads: leads.length };
}
