import fc from 'fast-check';
import { Actor, aCompany, aUser, Company, signIn } from './support/actors.js';
import { startTestApp, TestApp } from './support/app.js';
import { aLead } from './support/builders.js';
import { conformanceOf } from './support/client.js';
import { ApiOperation, Conformance } from './support/conformance.js';
import { RequestFuzzer } from './support/fuzz.js';
import { RawAnswer, RawRequest, RawSender } from './support/raw-request.js';

jest.setTimeout(600_000);

/** Requests in all, however many operations there are; the more runs, the more is seen. FUZZ_REQUESTS=50000 looks longer. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 2_500);
/** Another one every time; a failure names it, and FUZZ_SEED sends the same requests again. */
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
/** Callers are far from the ids that requests are made of, so that nobody is locked out or demoted half-way. */
const FIRST_CALLER = 700_000;
/** Ends the caller's own session; and the first version's addresses, which have the same handlers as ours. */
const LEFT_OUT = /logout$|^\/auth\//;

let api: TestApp;
/** To each operation by each role. */
let runs: number;
let document: Conformance;
let fuzzer: RequestFuzzer;
let sender: RawSender;
let company: Company;
beforeAll(async () => {
  api = await startTestApp({ LOG_LEVEL: 'error' });
  document = await conformanceOf(api.url);
  runs = Math.ceil(REQUESTS / (3 * document.operations.length));
  sender = new RawSender(api.url);
  await api.db.query(`SELECT setval('users_id_seq', ${FIRST_CALLER})`);
  company = await aCompany(api.db);
  await api.db.query(`SELECT setval('users_id_seq', 1, false)`);
  for (const role of ['admin', 'manager', 'agent', 'agent'] as const) {
    await aUser(api.db, { role, manager_id: role === 'agent' ? company.manager.id : null });
  }
  const { admin, manager, agent, outsider } = company;
  for (const owner of [agent, agent, agent, outsider, null]) {
    await aLead(api.db, { assigned_user_id: owner?.id ?? null });
  }
  fuzzer = new RequestFuzzer(document.document, [1, 2, 3, 4, 5]);
  for (const caller of [admin, manager, agent]) await signIn(api.url, caller);
});
afterAll(async () => {
  sender.close();
  await api.stop();
});

/** With what each operation was answered. */
const answered = new Map<string, Set<number>>();

describe.each(['admin', 'manager', 'agent'] as const)('whatever a signed-in %s sends', (role) => {
  it('is answered as the API document says', async () => {
    const failures: string[] = [];
    for (const [index, operation] of document.operations.entries()) {
      if (LEFT_OUT.test(operation.path)) continue;
      await bringBack();
      const property = neverFails(operation, company[role]);
      await fc
        .assert(property, { numRuns: runs, seed: SEED + index })
        .catch((error: Error) => failures.push(messageOf(error)));
    }
    expect(failures.join('\n\n')).toBe('');

    const me = await send(company[role], { method: 'GET', target: '/auth/me', headers: {} });
    expect(me.status).toBe(200);
  });
});

it('got past the door of most operations', () => {
  const names = [...answered.keys()];
  const done = names.filter((name) => [...(answered.get(name) ?? [])].some((status) => status < 300));
  expect(done.length).toBeGreaterThan(0.6 * names.length);
});

/** What the operation before took away. */
async function bringBack(): Promise<void> {
  const { agent, outsider } = company;
  await api.db.query(
    `UPDATE leads SET deleted_at = NULL, npi = NULL, assigned_user_id = CASE WHEN id = 4 THEN $2 ELSE $1 END::int
      WHERE id < 5`,
    [agent.id, outsider.id],
  );
  await api.db.query(
    `UPDATE users SET is_active = true, role = (ARRAY['admin', 'manager', 'agent', 'agent'])[id] WHERE id < 5`,
  );
}

function neverFails(operation: ApiOperation, caller: Actor): fc.IAsyncProperty<[RawRequest]> {
  const statuses = new Set<number>(answered.get(`${operation.method} ${operation.path}`));
  answered.set(`${operation.method} ${operation.path}`, statuses);
  return fc.asyncProperty(fuzzer.requestTo(operation), async (request) => {
    const answer = await send(caller, request);
    statuses.add(answer.status);
    assertDocumented(request, answer);
  });
}

async function send(caller: Actor, request: RawRequest): Promise<RawAnswer> {
  const authorization = `Bearer ${await signIn(api.url, caller)}`;
  return sender.send({ ...request, headers: { ...request.headers, authorization } });
}

function assertDocumented({ method, target }: RawRequest, answer: RawAnswer): void {
  if (answer.status >= 500) throw new Error(`${answer.text}\n${api.logLines().at(-1)}`);
  if (answer.status >= 400) {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const { status, detail } = answer.body as { status: number; detail: string };
    expect([status, typeof detail]).toEqual([answer.status, 'string']);
  }
  document.check(method, target.split('?')[0] ?? '', answer);
}

/** The request, and what came of it. */
function messageOf(error: Error): string {
  const { message, cause } = error as Error & { cause?: Error };
  return `FUZZ_SEED=${SEED} sends this again: ${message}\n${cause?.message}`;
}
