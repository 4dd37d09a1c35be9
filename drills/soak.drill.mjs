// Many users at once, reading and writing, for --seconds: no error, and nothing more in use on the heap at the end than half-way.
import { join } from 'node:path';
import { Cost } from '../bench/lib/cpu.mjs';
import { root } from '../scripts/lib/project.mjs';
import { call, quantile } from './lib/load.mjs';
import { Sessions } from './lib/sessions.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const READS = [
  '/api/v1/leads?limit=50',
  '/api/v1/leads?limit=20&q=clinc&show_all=true',
  '/api/v1/summary',
  '/api/v1/gamification/my-stats',
  '/api/v1/gamification/leaderboard?limit=10',
  '/api/v1/analytics/dashboard',
];

export const drill = ({ seconds, users }) =>
  onStage(async (stage) => {
    const instance = await stage.startInstance({}, [
      '--expose-gc',
      '--require',
      join(root, 'drills/lib/collect-garbage.cjs'),
    ]);
    const sessions = new Sessions(stage, instance.url);
    const latencies = [];
    const statuses = new Map();
    let isOver = false;
    const act = async (user) => {
      const agent = 1 + (user % 20);
      const own = (
        await stage.pool.query(
          'SELECT id FROM leads WHERE assigned_user_id = (SELECT id FROM users WHERE username = $1) ORDER BY id OFFSET $2 LIMIT 1',
          [`agent${agent}`, user % 50],
        )
      ).rows[0].id;
      while (!isOver) {
        const dice = Math.random();
        const request =
          dice < 0.6
            ? { path: READS[Math.floor(Math.random() * READS.length)] }
            : dice < 0.85
              ? {
                  method: 'PUT',
                  path: `/api/v1/leads/${own}`,
                  body: { city: `City ${Math.floor(Math.random() * 1e6)}` },
                }
              : {
                  method: 'POST',
                  path: '/api/v1/activities',
                  body: { lead_id: own, activity_type: 'note', subject: 'A drill' },
                };
        const token = await sessions.tokenOf(`agent${agent}`);
        const began = performance.now();
        const { status } = await call(instance.url, { ...request, token }).catch((error) => ({
          status: error.code ?? error.message,
        }));
        latencies.push(performance.now() - began);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        // A person looks at what came before the next click.
        await pause(1_000 + Math.random() * 3_000);
      }
    };
    const memory = [];
    const heap = [];
    const cost = new Cost(instance.pid, stage.postgresPid());
    await cost.of(async () => {
      const work = Array.from({ length: users }, (_, user) => act(user));
      for (let sample = 0; sample < 10; sample++) {
        await pause((seconds * 1000) / 10);
        memory.push(Math.round(instance.memory() / 2 ** 20));
        if (sample % 5 === 4) heap.push(await heapInUse(instance));
      }
      isOver = true;
      await Promise.all(work);
      return { requests: latencies.length };
    });
    const faults = [...statuses].filter(([status]) => ![200, 201].includes(status));
    insist(
      faults.length === 0,
      `Answers other than success: ${faults.map(([status, count]) => `${status}: ${count}`).join(', ')}; ${stage.firstFault(instance)}`,
    );
    const [halfWay, atTheEnd] = heap;
    insist(atTheEnd < 1.1 * halfWay, `The heap grows: ${heap.join(', ')} MiB in use`);
    return [
      `${users} users for ${seconds} s: ${latencies.length} requests, errors: 0; median ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms`,
      `processor time of 1,000 requests, Rota + PostgreSQL: ${cost}; ${((cost.seconds + cost.ofPostgres) / seconds / users).toFixed(4)} of a core a user`,
      `in use on the heap half-way ${halfWay} MiB, at the end ${atTheEnd} MiB; memory of the process over that time: ${memory.join(', ')} MiB`,
    ];
  });

/** MiB after a collection of garbage: what the process holds besides is waiting to be collected. */
async function heapInUse(instance) {
  instance.said.length = 0;
  process.kill(instance.pid, 'SIGUSR2');
  for (;;) {
    const found = /Heap in use: (\d+)/.exec(instance.said.join('\n'));
    if (found) return Math.round(found[1] / 2 ** 20);
    insist(!instance.hasEnded(), 'The instance ended by itself');
    await pause(50);
  }
}
