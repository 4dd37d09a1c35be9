// A disk that fills up under write load (a small file system in memory; mounting it takes root): refused with 507 or 503, nothing
// acknowledged is lost, and all is well when there is room again.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, Writers } from './lib/load.mjs';
import { insist, onStage, pause } from './lib/stage.mjs';

const SIZE_MB = 400;
const settings = { max_wal_size: '48MB', min_wal_size: '32MB', wal_recycle: 'off' };

export async function drill() {
  const disk = mkdtempSync(join(tmpdir(), 'rota-drill-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'rota-drill', disk]);
  try {
    const dataDir = join(disk, 'data');
    execFileSync('mkdir', ['-m', '755', dataDir]);
    execFileSync('chmod', ['755', disk]);
    return await onStage((stage) => fillUp(stage, disk), { dataDir, settings });
  } finally {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

async function fillUp(stage, disk) {
  const instance = await stage.startInstance();
  const { access_token: token } = await stage.signIn(instance.url);
  const writers = new Writers(() => ({ url: instance.url, token }), 16);
  await writers.acknowledge(100, instance);

  fill(join(disk, 'ballast'));
  const full = performance.now();
  const refusals = () => [...writers.statuses].filter(([status]) => status !== 200);
  while (refusals().reduce((sum, [, count]) => sum + count, 0) < 100) {
    insist(performance.now() - full < 120_000, `The disk never filled up: ${writers.summary()}`);
    await pause(100);
  }
  const alive = await call(instance.url, { path: '/health/live' });
  rmSync(join(disk, 'ballast'));

  const seconds = await writers.acknowledge(100, instance);
  await writers.stop();
  await stage.outboxIsDelivered(instance);
  const { lost, halfDone } = await writers.check(stage.pool);
  insist(alive.status === 200, 'The process was not alive');
  insist(lost === 0 && halfDone === 0, `${lost} writes lost, ${halfDone} half done`);
  const codes = refusals().filter(([status]) => ![503, 507].includes(status));
  insist(codes.length === 0, `The writers met ${codes.join('; ')}: ${stage.firstFault(instance)}`);
  return [
    `a disk of ${SIZE_MB} MB filled up under 16 writers: ${writers.summary()}; the process stayed alive`,
    `100 more writes ${seconds.toFixed(1)} s after there was room; acknowledged and lost: ${lost}; half done: ${halfDone}`,
  ];
}

/** Until nothing more fits: how much there is changes meanwhile. */
function fill(path) {
  const part = Buffer.alloc(1024 ** 2);
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, part);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
