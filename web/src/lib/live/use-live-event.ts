import { useEffect, useEffectEvent } from 'react';
import { type EventType, type LiveEvent, onLiveEvent } from './events';

/**
 * Does something whenever an event of the type comes, while the component is on show. Events come in order, each once, only
 * those that whoever is signed in may hear. After a `resync` events are missing: load the present state.
 */
export function useLiveEvent<Type extends EventType>(
  type: Type,
  handler: (event: LiveEvent<Type>) => void,
): void {
  const latest = useEffectEvent(handler);
  useEffect(() => onLiveEvent(type, (event) => latest(event)), [type]);
}
