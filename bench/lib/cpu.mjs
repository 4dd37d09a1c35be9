import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc a second; Linux has had 100 for decades. */
const TICKS = 100;

/** Processor seconds per 1,000 requests, of a server and of PostgreSQL meanwhile: what a busy machine does not falsify. */
export class Cost {
  requests = 0;
  seconds = 0;
  ofPostgres = 0;

  constructor(pid, postgresPid) {
    this.pid = pid;
    this.postgresPid = postgresPid;
  }

  /** @param {() => Promise<{ requests: number }>} measure */
  async of(measure) {
    const [own, postgres] = [cpuSeconds(this.pid), cpuSecondsOfAll(this.postgresPid)];
    const result = await measure();
    this.requests += result.requests;
    this.seconds += cpuSeconds(this.pid) - own;
    this.ofPostgres += cpuSecondsOfAll(this.postgresPid) - postgres;
    return result;
  }

  toString() {
    const per1000 = (seconds) => ((seconds / this.requests) * 1000).toFixed(2);
    return `${per1000(this.seconds)} + ${per1000(this.ofPostgres)} s`;
  }
}

/**
 * Seconds of processor time that a process has used, its threads included; 0 where there is no /proc.
 *
 * @param {number} pid
 */
function cpuSeconds(pid) {
  return (statOf(pid)?.ticks ?? 0) / TICKS;
}

/**
 * Seconds that a process and all that it started have used, those that ended included.
 *
 * @param {number} pid e.g. PostgreSQL's first process
 */
export function cpuSecondsOfAll(pid) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .map(statOf)
    .filter(Boolean);
  const ticksFrom = (parent) =>
    processes
      .filter(({ ppid }) => ppid === parent)
      .reduce((sum, { pid: child, ticks, ended }) => sum + ticks + ended + ticksFrom(child), 0);
  const own = statOf(pid);
  return own ? (own.ticks + own.ended + ticksFrom(pid)) / TICKS : 0;
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may have spaces; the fields after it are counted from the state, proc(5) no. 3.
    const field = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const number = (index) => Number(field[index - 3]);
    return { pid, ppid: number(4), ticks: number(14) + number(15), ended: number(16) + number(17) };
  } catch {
    return undefined;
  }
}
