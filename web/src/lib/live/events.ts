import type { Envelope, EventData, EventType } from '@server/realtime/event-catalogue';
import type { ActivityResponse, LeadResponse, NotificationResponse } from '../api/schema';

export type { ClientMessages, PresenceMode, Viewer } from '@server/realtime/event-catalogue';
export type { EventType };

/** What each event says, with the shapes that the API answers: the server's own catalogue, by the same file. */
export type LiveData = EventData<LeadResponse, ActivityResponse, NotificationResponse>;

/** An event as it comes from the server. */
export type LiveEvent<Type extends EventType = EventType> = Envelope<Type, LiveData[Type]>;

type Handler<Type extends EventType> = (event: LiveEvent<Type>) => void;

const handlers = new Map<EventType, Set<Handler<EventType>>>();

/** Hears events of a type for as long as nobody calls what it answers; with or without a connection. */
export function onLiveEvent<Type extends EventType>(type: Type, handler: Handler<Type>): () => void {
  const those = handlers.get(type) ?? new Set();
  handlers.set(type, those.add(handler as unknown as Handler<EventType>));
  return () => those.delete(handler as unknown as Handler<EventType>);
}

/** Hands an event to those who hear its type. One that fails keeps it from nobody else. */
export function deliver(event: LiveEvent): void {
  for (const handler of [...(handlers.get(event.type) ?? [])]) {
    try {
      handler(event);
    } catch (error) {
      reportError(error);
    }
  }
}
