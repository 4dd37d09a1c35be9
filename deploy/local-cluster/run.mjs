// node deploy/local-cluster/run.mjs [--seconds 10] [--rounds 2] [--share 0.3]: two instances of Rota, a primary and a streaming replica of
// PostgreSQL on this machine, either PostgreSQL on a share of a core of its own where root may give it one. Prints what is served with
// the primary alone and with the replica, kills the replica, then the primary and goes on with the replica.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { cpuSecondsOfAll } from '../../bench/lib/cpu.mjs';
import { Writers } from '../../drills/lib/load.mjs';
import { insist, onStage, pause } from '../../drills/lib/stage.mjs';
import { build } from '../../scripts/lib/build.mjs';
import { ensureInstalled } from '../../scripts/lib/install.mjs';
import { say } from '../../scripts/lib/project.mjs';
import { answeredBy, Load } from './load.mjs';
import { SmallMachine } from './small-machine.mjs';

const LEADS = 10_000;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
    share: { type: 'string', default: '0.3' },
  },
});
const seconds = Number(values.seconds);

await ensureInstalled();
await build({ only: 'server' });
const { startReplica } = await import('./replica.mjs');
say(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`);
const machines = ['primary', 'replica'].map((name) =>
  SmallMachine.make(`rota-${name}-${process.pid}`, Number(values.share)),
);
say(
  machines.every(Boolean)
    ? `Each PostgreSQL has ${Number(values.share) * 100} % of a core of its own`
    : 'No control groups may be made here: everything shares all cores',
);
try {
  await onStage(act, { leads: LEADS });
} finally {
  await Promise.all(machines.map((machine) => machine?.remove()));
}
process.exit(0);

async function act(stage) {
  const replica = await startReplica(stage);
  try {
    const settings = { DATABASE_REPLICA_URL: replica.url };
    const alone = [await stage.startInstance(), await stage.startInstance()];
    const withReplica = [await stage.startInstance(settings), await stage.startInstance(settings)];
    const { access_token: token } = await stage.signIn(alone[0].url);
    const onMachines = () => {
      machines[0]?.run(stage.postgresPid());
      machines[1]?.run(replica.pid);
    };
    onMachines();

    const run = (what, instances, meanwhile) =>
      measure(what, { stage, replica, instances, token }, meanwhile);
    await run('warm-up', [...alone, ...withReplica]);
    for (let round = 1; round <= Number(values.rounds); round++) {
      await run(`round ${round}, one instance, primary alone`, alone.slice(0, 1));
      await run(`round ${round}, two instances, primary alone`, alone);
      await run(`round ${round}, two instances, primary and replica`, withReplica);
    }

    const killed = await run('the replica is killed half-way', withReplica, async () => {
      await pause((seconds * 1000) / 2);
      await replica.stop('SIGKILL');
    });
    insist(killed.failed === 0, `${killed.failed} requests failed with the replica`);
    await replica.start();
    onMachines();
    say(
      `  started again, the replica had caught up after ${(await replica.catchUp(stage.pool)).toFixed(1)} s`,
    );
    await run('after it was started again', withReplica);
    await failOver(stage, replica, alone, token);
  } finally {
    await replica.stop();
  }
}

/** Writers and readers for a while, to each instance by turns. */
async function measure(what, { stage, replica, instances, token }, meanwhile = async () => {}) {
  const used = () => [stage.postgresPid(), replica.pid].map(cpuSecondsOfAll);
  const [before, answered] = [used(), await answeredBy(instances)];
  const load = new Load(instances, token);
  await Promise.all([meanwhile(), pause(seconds * 1000)]);
  const { line, requests, failed } = await load.stop();
  // A server that was killed has taken its processor time with it.
  const cost = used().map((now, index) =>
    now === 0 ? '?' : (((now - before[index]) / requests) * 1000).toFixed(1),
  );
  const by = Object.entries(await answeredBy(instances))
    .map(([who, count]) => [who, count - (answered[who] ?? 0)])
    .filter(([, count]) => count > 0)
    .map(([who, count]) => `${who} ${count}`);
  say(`- ${what}: ${line}`);
  say(
    `  PostgreSQL's processor for 1,000 requests: primary ${cost[0]} s, replica ${cost[1]} s; reads answered: ${by.join(', ') || 'by the primary'}; load ${loadavg()[0].toFixed(1)}`,
  );
  return { failed };
}

/** The primary dies under write load; the replica takes its place, and what was acknowledged is looked for there. */
async function failOver(stage, replica, instances, token) {
  let target = { url: instances[0].url, token };
  const writers = new Writers(() => target, 8);
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
  for (let inbox = 1; inbox > 0; await pause(100)) {
    const { rows } = await replica.pool.query('SELECT count(*)::int AS inbox FROM outbox_inbox');
    inbox = rows[0].inbox;
  }
  const { lost, halfDone } = await writers.check(replica.pool);
  insist(halfDone === 0, `${halfDone} leads half done after the failover`);
  say(
    `- the primary was killed under 8 writers, the replica promoted and an instance started on it: writes again after ${away.toFixed(1)} s; leads that miss an acknowledged write ${lost} (replication is asynchronous), half done ${halfDone}`,
  );
}
