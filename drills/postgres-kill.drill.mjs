// kill -9 of PostgreSQL under write load: 503 with Retry-After meanwhile, back by itself, nothing lost.
import { call, Writers } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

/** The embedded PostgreSQL is not started again when it dies more often within a minute. */
const KILLS_PER_MINUTE = 3;

export const drill = ({ times }) =>
  onStage(async (stage) => {
    const instance = await stage.startInstance();
    const { access_token: token } = await stage.signIn(instance.url);
    const writers = new Writers(() => ({ url: instance.url, token }), 16);
    const kills = [];
    const outages = [];
    const refusals = new Set();
    for (let kill = 0; kill < Math.min(times, 5); kill++) {
      await writers.acknowledge(40, instance);
      const earlier = kills.at(-KILLS_PER_MINUTE);
      if (earlier !== undefined) await pause(Math.max(0, earlier + 61_000 - performance.now()));
      kills.push(performance.now());
      process.kill(stage.postgresPid(), 'SIGKILL');
      const began = performance.now();
      for (;;) {
        const answer = await call(instance.url, { path: '/api/v1/leads?limit=1', token });
        if (answer.status === 200 && performance.now() - began > 500) break;
        if (answer.status !== 200)
          refusals.add(`${answer.status} Retry-After ${answer.headers['retry-after']}`);
        insist(performance.now() - began < 60_000, 'PostgreSQL did not come back within a minute');
        await pause(50);
      }
      outages.push((performance.now() - began) / 1000);
    }
    await writers.stop();
    await stage.outboxIsDelivered(instance);
    const { lost, halfDone } = await writers.check(stage.pool);
    insist(lost === 0 && halfDone === 0, `${lost} writes lost, ${halfDone} half done`);
    insist(
      [...refusals].every((text) => /^503 Retry-After \d+$/.test(text)),
      `Other refusals: ${[...refusals].join('; ')}`,
    );
    const codes = [...writers.statuses.keys()].filter((status) => ![200, 503].includes(status));
    insist(codes.length === 0, `The writers met ${codes.join(', ')}: ${stage.firstFault(instance)}`);
    return [
      `killed ${outages.length} times; answers again after ${outages.map((seconds) => seconds.toFixed(1)).join(', ')} s; refusals: ${[...refusals].join('; ') || 'none seen'}`,
      `writes: ${writers.summary()}; acknowledged and lost: ${lost}; half done: ${halfDone}; the process never ended`,
    ];
  });
