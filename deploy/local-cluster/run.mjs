// node deploy/local-cluster/run.mjs [--seconds 10]: two instances of Rota, a primary and a streaming replica of PostgreSQL on this
// machine. Prints the throughput of one instance and of two, kills the replica, then the primary and goes on with the replica.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { call, quantile, Writers } from '../../drills/lib/load.mjs';
import { insist, onStage, pause } from '../../drills/lib/stage.mjs';
import { build } from '../../scripts/lib/build.mjs';
import { ensureInstalled } from '../../scripts/lib/install.mjs';
import { say } from '../../scripts/lib/project.mjs';

const WRITERS = 8;
const READERS = 16;
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const seconds = Number(values.seconds);

await ensureInstalled();
await build({ only: 'server' });
const { startReplica } = await import('./replica.mjs');
say(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`);
await onStage(async (stage) => {
  const instances = [await stage.startInstance(), await stage.startInstance()];
  const { access_token: token } = await stage.signIn(instances[0].url);
  await measure('warm-up', instances, token);
  for (const round of [1, 2]) {
    await measure(`round ${round}, one instance`, instances.slice(0, 1), token);
    await measure(`round ${round}, two instances`, instances, token);
  }

  const replica = await startReplica(stage);
  try {
    const withReplica = await measure('two instances and a replica', instances, token, async () => {
      await pause((seconds * 1000) / 2);
      await replica.stop('SIGKILL');
      say('  the replica was killed half-way');
    });
    insist(withReplica.failed === 0, `${withReplica.failed} requests failed with the replica`);
    await replica.start();
    say(
      `  started again, the replica had caught up after ${(await replica.catchUp(stage.pool)).toFixed(1)} s`,
    );
    await failOver(stage, replica, instances, token);
  } finally {
    await replica.stop();
  }
});
process.exit(0);

/** Eight writers and sixteen readers of lists for a while, to each instance by turns. */
async function measure(what, instances, token, meanwhile = () => pause(seconds * 1000)) {
  let turn = 0;
  const target = () => ({ url: instances[turn++ % instances.length].url, token });
  const writers = new Writers(target, WRITERS);
  const reads = [];
  let isOver = false;
  const readers = Array.from({ length: READERS }, async () => {
    while (!isOver) {
      const began = performance.now();
      const { url } = target();
      const answer = await call(url, { path: '/api/v1/leads?limit=50', token }).catch(() => ({ status: 0 }));
      reads.push({ ms: performance.now() - began, status: answer.status });
    }
  });
  const began = performance.now();
  await Promise.all([meanwhile(), pause(seconds * 1000)]);
  isOver = true;
  await Promise.all([writers.stop(), ...readers]);
  const took = (performance.now() - began) / 1000;
  const all = [...writers.latencies, ...reads];
  const failed = all.filter(({ status }) => status !== 200).length;
  const latencies = all.map(({ ms }) => ms);
  say(
    `- ${what}: ${Math.round(all.length / took)} requests/s (${Math.round(writers.latencies.length / took)} writes, ${Math.round(reads.length / took)} lists), median ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms, failed ${failed}`,
  );
  return { failed };
}

/** The primary dies under write load; the replica takes its place, and what was acknowledged is looked for there. */
async function failOver(stage, replica, instances, token) {
  let target = { url: instances[0].url, token };
  const writers = new Writers(() => target, WRITERS);
  await writers.acknowledge(200, instances[0]);
  process.kill(stage.postgresPid(), 'SIGKILL');
  // Before it starts again by itself: two primaries would be worse than none.
  await stage.postgres.stop();
  const began = performance.now();
  await replica.promote();
  const successor = await stage.startInstance({ DATABASE_URL: replica.url });
  target = { url: successor.url, token };
  await writers.acknowledge(1, successor);
  const away = (performance.now() - began) / 1000;
  await writers.acknowledge(100, successor);
  await writers.stop();
  const { lost, halfDone } = await writers.check(replica.pool);
  insist(halfDone === 0, `${halfDone} leads half done after the failover`);
  say(
    `- the primary was killed under ${WRITERS} writers, the replica promoted and an instance started on it: writes again after ${away.toFixed(1)} s; leads that miss an acknowledged write ${lost} (replication is asynchronous), half done ${halfDone}`,
  );
}
