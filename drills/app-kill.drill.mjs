// kill -9 of the application under write load, again and again: what was acknowledged is there, and told to everybody.
import { Writers } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const WRITERS = 16;

export const drill = ({ times }) =>
  onStage(async (stage) => {
    let instance = await stage.startInstance();
    let target = { url: instance.url, token: (await stage.signIn(instance.url)).access_token };
    const writers = new Writers(() => target, WRITERS);
    for (let kill = 0; kill < times; kill++) {
      await writers.acknowledge(40, instance);
      await pause(Math.random() * 200);
      await stage.stopInstance(instance, 'SIGKILL');
      instance = await stage.startInstance();
      target = { ...target, url: instance.url };
    }
    await writers.stop();
    const seconds = await stage.outboxIsDelivered(instance);
    const { lost, halfDone } = await writers.check(stage.pool);
    const { rows } = await stage.pool.query(
      'SELECT count(*)::int AS dead FROM outbox_deliveries WHERE dead_at IS NOT NULL',
    );
    insist(lost === 0, `${lost} leads lost an acknowledged write`);
    insist(halfDone === 0, `${halfDone} leads have a version, history or facts that disagree`);
    insist(rows[0].dead === 0, `${rows[0].dead} deliveries were given up`);
    return [
      `killed ${times} times under ${WRITERS} writers; ${writers.acknowledged} writes acknowledged (${writers.summary()})`,
      `acknowledged and lost: ${lost}; half done: ${halfDone}; every fact delivered ${seconds.toFixed(1)} s after the last write`,
    ];
  });
