import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';

/** Longest that a question waits for the replica to get there; then the primary answers sooner. */
const LONGEST_WAIT_MS = 100;
const BETWEEN_LOOKS_MS = 2;
/** After a wait in vain nobody waits for so long, and twice as long after the next. */
const SHORTEST_REST_MS = 100;
const LONGEST_REST_MS = 10_000;
/** A server that is silent for so long is treated as dead. */
export const SILENT_MS = 1_000;

/** Nothing on a server that replays no longer: what was made a primary goes on by itself. */
const REPLAYED = {
  name: 'rota_replayed',
  text: `SELECT CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0')::float8 END AS replayed`,
  query_timeout: SILENT_MS,
};

/** How far one server has replayed its primary's log; one look is for everybody who waits for it. */
export class ReplayProgress {
  private replayed = 0;
  private looking?: Promise<void>;
  private lookedAt = 0;
  private restMs = SHORTEST_REST_MS;
  private restsUntil = 0;

  /**
   * Whether the server has all that the primary had written at `position`: at once, or after a short wait.
   *
   * @param position bytes since the log began
   * @param client a connection to the server, the caller's alone
   * @throws what the driver does when the server does not answer
   */
  async reaches(position: number, client: PoolClient): Promise<boolean> {
    if (this.replayed >= position) return true;
    const began = performance.now();
    const giveUpAt = began < this.restsUntil ? 0 : began + LONGEST_WAIT_MS;
    for (let looks = 0; this.replayed < position; looks++) {
      if (looks > 0 && performance.now() >= giveUpAt) {
        if (giveUpAt > 0) this.rest();
        return false;
      }
      this.looking ??= this.look(client).finally(() => {
        this.looking = undefined;
      });
      await this.looking;
    }
    this.restMs = SHORTEST_REST_MS;
    return true;
  }

  /** Those who waited together rest once. */
  private rest(): void {
    const now = performance.now();
    if (now < this.restsUntil) return;
    this.restsUntil = now + this.restMs;
    this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
  }

  private async look(client: PoolClient): Promise<void> {
    const early = this.lookedAt + BETWEEN_LOOKS_MS - performance.now();
    if (early > 0) await sleep(early);
    const { rows } = await client.query<{ replayed: number | null }>(REPLAYED);
    this.lookedAt = performance.now();
    this.replayed = Math.max(this.replayed, rows[0]?.replayed ?? 0);
  }
}
