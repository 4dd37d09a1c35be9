// Two instances behind one address, restarted by turns under load: no request fails.
import { createServer } from 'node:http';
import { call, Writers } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const SETTINGS = { SHUTDOWN_GRACE_SECONDS: '2' };

export const drill = ({ times }) =>
  onStage(async (stage) => {
    const instances = [await stage.startInstance(SETTINGS), await stage.startInstance(SETTINGS)];
    const { access_token: token } = await stage.signIn(instances[0].url);
    const balancer = await balance(instances);
    const faults = balancer.faults;
    const writers = new Writers(() => ({ url: balancer.url, token }), 16);
    for (let round = 0; round < Math.min(times, 5); round++) {
      for (const position of [0, 1]) {
        await pause(500);
        await stage.stopInstance(instances[position], 'SIGTERM');
        instances[position] = await stage.startInstance(SETTINGS);
      }
    }
    await writers.stop();
    balancer.close();
    await stage.outboxIsDelivered(instances[0]);
    const { lost, halfDone } = await writers.check(stage.pool);
    insist(lost === 0 && halfDone === 0, `${lost} writes lost, ${halfDone} half done`);
    insist(writers.statuses.size === 1, `Requests failed: ${writers.summary()}; ${faults.join('; ')}`);
    const latencies = writers.latencies.map(({ ms }) => ms);
    return [
      `${2 * Math.min(times, 5)} restarts; ${writers.acknowledged} writes, failed: 0; longest ${Math.round(Math.max(...latencies))} ms; sent to the other instance: ${balancer.retried()}`,
    ];
  });

/**
 * What any load balancer does: by turns, to those that are ready (asked four times a second), and on to the other instance when one takes no connection or says that it is
 * closing. Neither has done anything with the request then.
 */
async function balance(instances) {
  const faults = [];
  const isReady = [true, true];
  const checks = setInterval(() => {
    for (const position of [0, 1])
      call(instances[position].url, { path: '/health/ready' }).then(
        ({ status }) => {
          isReady[position] = status === 200;
        },
        () => {
          isReady[position] = false;
        },
      );
  }, 250);
  let turn = 0;
  let retried = 0;
  const next = () => {
    turn += 1;
    return instances[isReady[turn % 2] ? turn % 2 : (turn + 1) % 2].url;
  };
  const server = createServer(async (incoming, outgoing) => {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const options = {
      method: incoming.method,
      path: incoming.url,
      token: incoming.headers.authorization?.slice(7),
      body: text ? JSON.parse(text) : undefined,
    };
    for (let attempt = 0; ; attempt++) {
      const answer = await call(next(), options).catch((error) => ({
        status: 502,
        error,
      }));
      const isUntouched =
        answer.error?.code === 'ECONNREFUSED' ||
        (answer.error?.code === 'ECONNRESET' && answer.error.syscall === 'connect') ||
        (answer.status === 503 && answer.headers?.connection === 'close');
      if (isUntouched && attempt < 40) {
        retried += 1;
        await pause(25);
        continue;
      }
      if (answer.error) faults.push(`${answer.error.code} ${answer.error.syscall} ${answer.error.message}`);
      outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(answer.body ?? { error: String(answer.error) }));
      return;
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      clearInterval(checks);
      server.close();
    },
    faults,
    retried: () => retried,
  };
}
