import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../../drills/lib/stage.mjs';

const GROUPS = '/sys/fs/cgroup';
/** Short, so that who has used up their share waits for milliseconds. */
const PERIOD_US = 20_000;

/** A share of one core for a server and all that it starts, by a control group of Linux (version 1 or 2). */
export class SmallMachine {
  /**
   * @param {string} name of the group
   * @param {number} share of one core, 0 to 1
   * @returns {SmallMachine | undefined} where we may not make one
   */
  static make(name, share) {
    try {
      return new SmallMachine(name, share);
    } catch {
      return undefined;
    }
  }

  constructor(name, share) {
    const isSecond = existsSync(join(GROUPS, 'cgroup.controllers'));
    this.parent = isSecond ? GROUPS : join(GROUPS, 'cpu');
    this.folder = join(this.parent, name);
    const quota = Math.round(PERIOD_US * share);
    if (isSecond) writeFileSync(join(this.parent, 'cgroup.subtree_control'), '+cpu');
    mkdirSync(this.folder, { recursive: true });
    const bounds = isSecond
      ? { 'cpu.max': `${quota} ${PERIOD_US}` }
      : { 'cpu.cfs_period_us': PERIOD_US, 'cpu.cfs_quota_us': quota };
    for (const [file, bound] of Object.entries(bounds)) writeFileSync(join(this.folder, file), String(bound));
  }

  /** Puts a process and its children on it; what they start from there on is on it too. */
  run(pid) {
    for (const one of [pid, ...childrenOf(pid)]) move(one, this.folder);
  }

  /** Whoever is on it goes on without bounds. */
  async remove() {
    for (let tries = 0; tries < 50; tries++) {
      for (const pid of readFileSync(join(this.folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean))
        move(pid, this.parent);
      try {
        return rmdirSync(this.folder);
      } catch {
        await pause(100);
      }
    }
  }
}

function move(pid, folder) {
  try {
    writeFileSync(join(folder, 'cgroup.procs'), String(pid));
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
}
