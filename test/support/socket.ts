import { io, ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import type {
  ClientMessages,
  Envelope,
  EventData,
  EventType,
  ServerEvents,
} from '../../src/realtime/event-catalogue.js';
import { Actor, signIn } from './actors.js';
import { EventConformance } from './event-conformance.js';
import { eventually } from './eventually.js';

// biome-ignore lint/suspicious/noExplicitAny: each test knows the data of the events that it looks at
type Event<Type extends EventType = EventType> = Envelope<Type, any>;

/** A client of the realtime events that remembers all it got. */
export interface Listener {
  socket: Socket<ServerEvents<EventData>, ClientMessages>;
  events: Event[];
  /** Events about leads and what is done with them. */
  told(): Event[];
  of(type: EventType): Event[];
  /** The first event of the type that fits; waits for it. */
  next(type: EventType, fits?: (event: Event) => boolean): Promise<Event>;
  /** Sends what the types forbid too. */
  send(event: string, ...args: unknown[]): void;
  ask(event: string, message: unknown): Promise<{ ok: boolean; reason?: string } & Record<string, unknown>>;
  isClosed(): boolean;
  close(): void;
}

const open = new Set<{ listener: Listener; conformance: Promise<EventConformance | undefined> }>();

/** Closes what the tests have opened; every event must have been one that the AsyncAPI document promises. */
export async function closeListeners(): Promise<void> {
  const closed = [...open];
  open.clear();
  for (const { listener } of closed) listener.close();
  for (const { listener, conformance } of closed) (await conformance)?.check(listener.events);
}

type Options = Partial<ManagerOptions & SocketOptions> & { auth?: Record<string, unknown> };

/** Connects without waiting. */
export function dial(url: string, options: Options): Listener {
  const socket: Listener['socket'] = io(url, { transports: ['websocket'], forceNew: true, ...options });
  const events: Event[] = [];
  let isClosed = false;
  socket.onAny((_type, event: Event) => events.push(event));
  socket.on('disconnect', () => {
    isClosed = true;
  });
  socket.on('connect', () => {
    isClosed = false;
  });
  const loose = socket as unknown as Socket;
  const listener: Listener = {
    socket,
    events,
    told: () => events.filter(({ type }) => /^(lead|activity)\./.test(type)),
    of: (type) => events.filter((event) => event.type === type),
    next: (type, fits = () => true) =>
      eventually(async () => {
        const event = events.find((one) => one.type === type && fits(one));
        if (!event) throw new Error(`no ${type} among: ${events.map((one) => one.type).join(', ')}`);
        return event;
      }),
    send: (event, ...args) => void loose.emit(event, ...args),
    ask: (event, message) => loose.timeout(5_000).emitWithAck(event, message),
    isClosed: () => isClosed,
    close: () => socket.close(),
  };
  // A process that was killed since cannot be asked any more; one that has gone before, neither.
  open.add({ listener, conformance: EventConformance.of(url).catch(() => undefined) });
  return listener;
}

/** Connects as somebody, and is live when it answers. */
export async function listen(
  url: string,
  actor: Actor,
  auth: Record<string, unknown> = {},
): Promise<Listener> {
  const listener = dial(url, { auth: { token: await signIn(url, actor), ...auth } });
  await listener.next('ready');
  return listener;
}

/** Why a handshake is refused. */
export function refusalOf(listener: Listener): Promise<string> {
  return new Promise((resolve, reject) => {
    listener.socket.on('connect_error', (error) => resolve(error.message));
    listener.socket.on('connect', () => reject(new Error('the handshake was not refused')));
  });
}
