// A pool that is used up by edits waiting for a lock: what cannot be served is refused in time, and all is well afterwards.
import { call, quantile } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

export const drill = () =>
  onStage(async (stage) => {
    const instance = await stage.startInstance({ DATABASE_POOL_SIZE: '5', STATEMENT_TIMEOUT_MS: '2000' });
    const { access_token: token } = await stage.signIn(instance.url);
    const list = async () => {
      const began = performance.now();
      const { status, headers } = await call(instance.url, { path: '/api/v1/leads?limit=50', token });
      return { status, retryAfter: headers['retry-after'], ms: performance.now() - began };
    };
    const calm = [];
    for (let index = 0; index < 40; index++) calm.push((await list()).ms);

    const holder = await stage.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM leads WHERE id = 1 FOR UPDATE');
    const edits = Array.from({ length: 30 }, () =>
      call(instance.url, { method: 'PUT', path: '/api/v1/leads/1', token, body: { city: 'Held' } }),
    );
    await pause(500);
    const during = await Promise.all(Array.from({ length: 20 }, list));
    const alive = await call(instance.url, { path: '/health/live' });
    const held = await Promise.all(edits);
    await holder.query('ROLLBACK');
    holder.release();

    const answers = [
      ...during,
      ...held.map(({ status, headers }) => ({ status, retryAfter: headers['retry-after'] })),
    ];
    const codes = [...new Set(answers.map(({ status }) => status))];
    insist(alive.status === 200, 'The process was not alive');
    insist(
      codes.every((status) => [200, 503].includes(status)),
      `Answers ${codes.join(', ')}: ${stage.firstFault(instance)}`,
    );
    insist(
      answers.every(({ status, retryAfter }) => status === 200 || retryAfter),
      'A 503 without Retry-After',
    );
    const after = [];
    for (let index = 0; index < 40; index++) {
      const answer = await list();
      insist(answer.status === 200, `Afterwards a list answered ${answer.status}`);
      after.push(answer.ms);
    }
    const refused = answers.filter(({ status }) => status === 503).length;
    return [
      `30 edits behind a lock on a pool of 5, 20 lists beside them: ${refused} refused with 503 and Retry-After, ${answers.length - refused} served, longest ${Math.round(Math.max(...during.map(({ ms }) => ms)))} ms; alive all the time`,
      `a list before: median ${quantile(calm, 0.5)} ms; after: median ${quantile(after, 0.5)} ms`,
    ];
  });
