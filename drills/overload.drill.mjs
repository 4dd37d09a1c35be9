// A pool that is used up, by row locks, slow statements and a locked table: what cannot be served is refused in time, and all is
// well afterwards.
import { call, quantile } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const EDITS = 30;
const LISTS = 20;
/** The pool waits 5 s for a connection, a statement runs 2 s at most; the rest is this machine's. */
const LONGEST_SECONDS = 15;

/** What uses the pool up: how it begins and ends, on a connection of its own. */
const SIEGES = [
  {
    what: 'edits that wait for a lock of their lead',
    begin: ['BEGIN', 'SELECT 1 FROM leads WHERE id = 1 FOR UPDATE'],
    end: ['ROLLBACK'],
  },
  {
    what: 'edits whose statement takes a minute',
    begin: [
      `CREATE FUNCTION drill_sleep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$`,
      'CREATE TRIGGER drill_sleep BEFORE UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION drill_sleep()',
    ],
    end: ['DROP TRIGGER drill_sleep ON leads', 'DROP FUNCTION drill_sleep'],
  },
  {
    what: 'edits and lists that wait for a lock of the table',
    begin: ['BEGIN', 'LOCK TABLE leads IN ACCESS EXCLUSIVE MODE'],
    end: ['ROLLBACK'],
  },
];

export const drill = () =>
  onStage(async (stage) => {
    const instance = await stage.startInstance({ DATABASE_POOL_SIZE: '5', STATEMENT_TIMEOUT_MS: '2000' });
    const { access_token: token } = await stage.signIn(instance.url);
    const timed = async (request) => {
      const began = performance.now();
      const { status, headers } = await call(instance.url, { token, ...request });
      return { status, retryAfter: headers['retry-after'], ms: performance.now() - began };
    };
    const list = () => timed({ path: '/api/v1/leads?limit=50' });
    const edit = (id) =>
      timed({ method: 'PUT', path: `/api/v1/leads/${id}`, body: { city: `Held ${Math.random()}` } });
    const calm = await inTurn(40, list);

    const told = [];
    for (const { what, begin, end } of SIEGES) {
      const holder = await stage.pool.connect();
      for (const statement of begin) await holder.query(statement);
      const edits = Array.from({ length: EDITS }, () => edit(1));
      await pause(500);
      const lists = Array.from({ length: LISTS }, list);
      const alive = await call(instance.url, { path: '/health/live' });
      const answers = await Promise.all([...edits, ...lists]);
      for (const statement of end) await holder.query(statement);
      holder.release();

      const codes = [...new Set(answers.map(({ status }) => status))];
      const longest = Math.max(...answers.map(({ ms }) => ms)) / 1000;
      const refused = answers.filter(({ status }) => status === 503);
      insist(alive.status === 200, 'The process was not alive');
      insist(
        codes.every((status) => [200, 503].includes(status)),
        `${what}: answers ${codes.join(', ')}: ${stage.firstFault(instance)}`,
      );
      insist(refused.length > 0, `${what}: nothing was refused, so nothing was tried`);
      insist(
        refused.every(({ retryAfter }) => retryAfter),
        'A 503 without Retry-After',
      );
      insist(longest < LONGEST_SECONDS, `${what}: an answer took ${longest} s`);
      const after = await inTurn(40, list);
      insist(
        after.every(({ status }) => status === 200),
        `${what}: afterwards a list was refused`,
      );
      insist((await edit(1)).status === 200, `${what}: afterwards an edit was refused`);
      const median = quantile(
        after.map(({ ms }) => ms),
        0.5,
      );
      told.push(
        `${EDITS} ${what} on a pool of 5, ${LISTS} lists beside them: ${refused.length} refused with 503 and Retry-After, ${answers.length - refused.length} served, the longest answer after ${longest.toFixed(1)} s; alive all the time; a list afterwards ${median} ms`,
      );
    }
    return [
      `a list before: median ${quantile(
        calm.map(({ ms }) => ms),
        0.5,
      )} ms`,
      ...told,
    ];
  });

async function inTurn(times, work) {
  const answers = [];
  for (let index = 0; index < times; index++) answers.push(await work());
  return answers;
}
