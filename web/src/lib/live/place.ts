import type { LiveEvent } from './events';

/** Events that are remembered, to know those that come twice. */
const REMEMBERED = 2_000;

/** How far in the log of events this window has come: what it resumes from after a while away. */
export class Place {
  /** Highest `seq` received; undefined before the first. */
  since: number | undefined;
  private readonly seen = new Set<string>();

  /** @returns whether it is news; events come at least once */
  take({ id, type, seq }: Pick<LiveEvent, 'id' | 'type' | 'seq'>): boolean {
    // One fact may be told as two events, to those who lost a lead and those who got it.
    const key = `${id} ${type}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    for (const oldest of this.seen) {
      if (this.seen.size <= REMEMBERED) break;
      this.seen.delete(oldest);
    }
    if (seq > 0) this.since = Math.max(this.since ?? 0, seq);
    return true;
  }
}
