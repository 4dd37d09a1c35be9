import type { Query } from '@tanstack/react-query';
import { currentToken, renew } from '../api/session';
import { queryClient } from '../query-client';
import { onLiveEvent } from './events';

/** Whether it was loaded, or began to be, before the connection was there to tell what changed since. */
const mayBeOld = ({ state }: Query): boolean => state.dataUpdatedAt > 0 || state.fetchStatus === 'fetching';

/** Loads anew what is on show when events are missing: before the first connection, and after `resync`. To be called once. */
export function freshenWhenEventsAreMissing(): void {
  let hasBeenLive: number | undefined;
  onLiveEvent('ready', ({ data }) => {
    if (hasBeenLive === data.user_id) return;
    hasBeenLive = data.user_id;
    void queryClient.invalidateQueries({ predicate: mayBeOld });
  });
  onLiveEvent('resync', ({ data }) => {
    void queryClient.invalidateQueries();
    // Who one is comes with the token.
    if (data.reason === 'role_changed') void renew(currentToken()).catch(() => undefined);
  });
}
