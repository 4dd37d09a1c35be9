import { createStore } from '../store';

/**
 * `live`: what is on show is as the server has it. `reconnecting`: it was so until `since`. `paused`: the same, and it stays so
 * until somebody resumes: by choice, or because too many windows are open.
 */
export type LiveStatus =
  | { state: 'off' | 'connecting' | 'live' }
  | { state: 'reconnecting'; since: number }
  | { state: 'paused'; since: number; reason: 'chosen' | 'too_many_windows' };

export const liveStatus = createStore<LiveStatus>({ state: 'off' });

/** The connection is gone or stopped: since when nothing on show is certain stays what it was. */
export function notLive(next: 'reconnecting' | 'chosen' | 'too_many_windows'): void {
  const now = liveStatus.get();
  const since = 'since' in now ? now.since : Date.now();
  if (next === 'reconnecting') {
    // A page that is not there yet shows nothing old.
    if (now.state !== 'connecting' && now.state !== 'reconnecting') liveStatus.set({ state: next, since });
  } else liveStatus.set({ state: 'paused', since, reason: next });
}
