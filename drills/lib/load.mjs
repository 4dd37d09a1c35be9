import { Agent, request } from 'node:http';
import { insist, pause } from './stage.mjs';

/** One request over kept-alive connections. @returns {Promise<{ status: number, body: any, headers: object }>} */
export function call(url, { method = 'GET', path, token, body, agent = shared, timeoutMs = 60_000 }) {
  return new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
    };
    const sent = request(new URL(path, url), { method, headers, agent, timeout: timeoutMs }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', fail);
      answer.on('aborted', () => fail(new Error('cut off')));
      answer.on('end', () => {
        const content = Buffer.concat(parts).toString();
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        done({
          status: answer.statusCode,
          headers: answer.headers,
          body: isJson && content ? JSON.parse(content) : content,
        });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', fail);
    sent.end(text);
  });
}

const shared = new Agent({ keepAlive: true, maxSockets: 512 });

/**
 * Writers of their own leads, each of which writes one number after the other into its lead. What was acknowledged is
 * kept, so that it can be asked for afterwards.
 */
export class Writers {
  statuses = new Map();
  latencies = [];
  /** Of each lead: the last number that was sent, and the last that was acknowledged. */
  leads = new Map();
  isStopped = false;

  /** @param {() => { url: string, token: string }} target asked before every request */
  constructor(target, count) {
    this.target = target;
    this.work = Array.from({ length: count }, (_, index) => this.write(index + 1));
  }

  async write(id) {
    const state = { sent: 0, acknowledged: 0, version: 1 };
    this.leads.set(id, state);
    while (!this.isStopped) {
      state.sent += 1;
      const began = performance.now();
      const { url, token } = this.target();
      const answer = await call(url, {
        method: 'PUT',
        path: `/api/v1/leads/${id}`,
        token,
        body: { city: `City ${state.sent}` },
      }).catch((error) => ({ status: error.code ?? error.message }));
      this.latencies.push({ at: began, ms: performance.now() - began, status: answer.status });
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 200)
        Object.assign(state, { acknowledged: state.sent, version: answer.body.version });
      else await pause(50);
    }
  }

  get acknowledged() {
    return this.statuses.get(200) ?? 0;
  }

  /**
   * Until so many more writes are acknowledged.
   *
   * @param instance that they write to
   * @throws Error when it has ended by itself, or they get nowhere for a minute and a half
   */
  async acknowledge(count, instance) {
    const wanted = this.acknowledged + count;
    const began = performance.now();
    while (this.acknowledged < wanted) {
      insist(!instance.hasEnded(), `The instance ended by itself: ${instance.said.slice(-3).join(' | ')}`);
      insist(performance.now() - began < 90_000, `No writes for a minute and a half: ${this.summary()}`);
      await pause(20);
    }
    return (performance.now() - began) / 1000;
  }

  async stop() {
    this.isStopped = true;
    await Promise.all(this.work);
  }

  /** What was acknowledged and what was sent up to now. @returns {Map<number, { sent: number, acknowledged: number }>} by lead */
  soFar() {
    return new Map([...this.leads].map(([id, { sent, acknowledged }]) => [id, { sent, acknowledged }]));
  }

  /**
   * Holds the database against what was acknowledged.
   *
   * @param {Map<number, { acknowledged: number }>} [wanted] what was acknowledged earlier; without it, all that was
   * @returns {Promise<{ lost: number, halfDone: number }>} half-done: a lead whose version, history and facts disagree
   */
  async check(pool, wanted = this.leads) {
    const { rows } = await pool.query(
      `SELECT l.id, substring(l.city FROM '^City (\\d+)$')::int AS number, l.version,
              (SELECT count(*)::int FROM lead_history h WHERE h.lead_id = l.id) AS history,
              (SELECT count(*)::int FROM outbox_log f WHERE f.lead_id = l.id AND f.type = 'lead.updated') AS facts
         FROM leads l WHERE l.id <= $1`,
      [this.leads.size],
    );
    const numbers = new Map(rows.map(({ id, number }) => [id, number ?? 0]));
    const lost = [...wanted].filter(([id, { acknowledged }]) => acknowledged > (numbers.get(id) ?? 0)).length;
    const halfDone = rows.filter(
      ({ version, history, facts }) => version !== history + 1 || facts !== history,
    ).length;
    return { lost, halfDone };
  }

  summary() {
    return [...this.statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
  }
}

/** @param {number[]} values @param {number} share 0 to 1 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
