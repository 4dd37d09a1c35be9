import { call, quantile, Writers } from '../../drills/lib/load.mjs';

const WRITERS = 4;
const READERS = 20;

/** Writers of their own leads and readers of lists, who look for what was written to the lead that they ask for last. */
export class Load {
  reads = [];
  isOver = false;
  began = performance.now();

  constructor(instances, token) {
    let turn = 0;
    this.target = () => ({ url: instances[turn++ % instances.length].url, token });
    this.writers = new Writers(this.target, WRITERS);
    this.readers = Array.from({ length: READERS }, () => this.read());
  }

  async read() {
    while (!this.isOver) {
      const began = performance.now();
      const acknowledged = new Map([...this.writers.leads].map(([id, state]) => [id, state.acknowledged]));
      const { url, token } = this.target();
      // What was written last comes first: the writers' leads.
      const path = '/api/v1/leads?limit=50&sort=-updated_at';
      const { status, body } = await call(url, { path, token }).catch(() => ({ status: 0 }));
      this.reads.push({ ms: performance.now() - began, status, isStale: isStale(body, acknowledged) });
    }
  }

  async stop() {
    this.isOver = true;
    await Promise.all([this.writers.stop(), ...this.readers]);
    const took = (performance.now() - this.began) / 1000;
    const { latencies } = this.writers;
    const all = [...latencies, ...this.reads];
    const failed = all.filter(({ status }) => status !== 200).length;
    const stale = this.reads.filter(({ isStale }) => isStale).length;
    const rate = (requests) => Math.round(requests.length / took);
    const times = (requests) => {
      const ms = requests.map((request) => request.ms);
      return `${quantile(ms, 0.5)} / ${quantile(ms, 0.99)} ms`;
    };
    return {
      requests: all.length,
      failed,
      line: `${rate(all)} requests/s: ${rate(latencies)} writes (median / p99 ${times(latencies)}), ${rate(this.reads)} lists (${times(this.reads)}); failed ${failed}, stale ${stale}`,
    };
  }
}

/** Whether a list lacks a write that was acknowledged before it was asked for. */
function isStale(body, acknowledged) {
  return (body?.leads ?? []).some(({ id, city }) => {
    const number = Number(/^City (\d+)$/.exec(city)?.[1] ?? Number.NaN);
    return acknowledged.get(id) > number;
  });
}

/** Questions that a replica might have answered, of all instances. @returns {Promise<Record<string, number>>} by who did, or why the primary had to */
export async function answeredBy(instances) {
  const counts = {};
  for (const { url } of instances) {
    const text = await (await fetch(`${url}/metrics`)).text();
    for (const [, who, count] of text.matchAll(/^replica_reads_total\{answered="(\w+)"\} (\d+)/gm))
      counts[who] = (counts[who] ?? 0) + Number(count);
  }
  return counts;
}
