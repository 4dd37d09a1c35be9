import type { ServerEvents } from '@server/realtime/event-catalogue';
import type { Socket } from 'socket.io-client';
import { currentToken, renew, session } from '../api/session';
import { connection as network } from '../connection';
import { type ClientMessages, deliver, type LiveData, type LiveEvent } from './events';
import { Place } from './place';
import { liveStatus, notLive } from './status';

type LiveSocket = Socket<ServerEvents<LiveData>, ClientMessages>;

/** Before the token's end in which it is renewed. */
const RENEW_BEFORE_MS = 60_000;
const REFUSED_RETRY_MS = 5_000;

let socket: LiveSocket | undefined;
let place = new Place();
let owner: number | undefined;
let renewal: ReturnType<typeof setTimeout> | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Keeps one connection for whoever is signed in, from sign-in to sign-out. To be called once. */
export function keepLive(): void {
  session.subscribe(follow);
  network.subscribe(() => {
    // Do not wait for the next attempt when the network has just come back.
    if (network.get() === 'online' && socket && !socket.connected && isWanted())
      socket.disconnect().connect();
  });
  follow();
}

/** The live connection, if there is one at the moment. */
export function liveSocket(): LiveSocket | undefined {
  return socket?.connected ? socket : undefined;
}

export function pauseLive(): void {
  notLive('chosen');
  socket?.disconnect();
}

/** Goes on from where it was paused: what was missed comes first. */
export function resumeLive(): void {
  const status = liveStatus.get();
  if (status.state !== 'paused') return;
  liveStatus.set({ state: 'reconnecting', since: status.since });
  socket?.connect();
}

function isWanted(): boolean {
  return owner !== undefined && liveStatus.get().state !== 'paused';
}

function follow(): void {
  const { user } = session.get();
  const mayListen = user && !user.must_change_password;
  if (mayListen && user.id === owner) return;
  stop();
  if (mayListen) void start(user.id);
}

async function start(userId: number): Promise<void> {
  owner = userId;
  liveStatus.set({ state: 'connecting' });
  const client = await import('socket.io-client').catch(() => undefined);
  if (owner !== userId) return;
  if (!client) {
    retry = setTimeout(() => void start(userId), REFUSED_RETRY_MS);
    return;
  }
  const mine: LiveSocket = client.io({
    // WebSocket reaches any of several processes; polling is for networks that let nothing else through.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    auth: (answer) => answer({ token: currentToken(), since: place.since }),
  });
  socket = mine;
  mine.onAny((_type: string, event: LiveEvent) => socket === mine && hear(event));
  mine.on('connect', planRenewal);
  mine.on('connect_error', ({ message }) => refused(mine, message));
  mine.on('disconnect', (reason) => {
    if (socket !== mine || !isWanted()) return;
    notLive('reconnecting');
    // Whatever the server ends is not taken up again by the library.
    if (reason === 'io server disconnect') void comeBack(mine);
  });
}

function stop(): void {
  clearTimeout(renewal);
  clearTimeout(retry);
  owner = undefined;
  place = new Place();
  const last = socket;
  socket = undefined;
  last?.disconnect();
  liveStatus.set({ state: 'off' });
}

function hear(event: LiveEvent): void {
  if (!place.take(event)) return;
  if (event.type === 'ready') liveStatus.set({ state: 'live' });
  if (event.type === 'session.ended') {
    const { reason } = event.data as LiveData['session.ended'];
    if (reason === 'too_many_connections') notLive('too_many_windows');
  }
  deliver(event);
}

function refused(mine: LiveSocket, reason: string): void {
  if (socket !== mine) return;
  notLive('reconnecting');
  if (reason === 'too_many_connections') notLive('too_many_windows');
  else if (reason === 'unauthorized') void comeBack(mine);
  else if (!mine.active) retry = setTimeout(() => isWanted() && mine.connect(), REFUSED_RETRY_MS);
}

/** With a new token; if there is none, the user is asked to sign in again, and this waits. */
async function comeBack(mine: LiveSocket): Promise<void> {
  try {
    await renew(currentToken());
    if (socket === mine && isWanted()) mine.connect();
  } catch {
    if (socket === mine) retry = setTimeout(() => void comeBack(mine), REFUSED_RETRY_MS);
  }
}

/** A connection ends with its token, unless it is shown a newer one in time. */
function planRenewal(): void {
  clearTimeout(renewal);
  const token = currentToken();
  const life = expiryOf(token) - Date.now();
  // Of a token that is made for seconds, half of them.
  renewal = setTimeout(() => void showNewToken(token), Math.max(life - RENEW_BEFORE_MS, life / 2, 1_000));
}

async function showNewToken(stale: string | undefined): Promise<void> {
  await renew(stale).catch(() => undefined);
  const token = currentToken();
  if (token === undefined || token === stale || !socket?.connected) return;
  socket.emit('session.renew', { token }, ({ ok }) => ok && planRenewal());
}

/** In milliseconds since 1970; of a token that cannot be read, in a quarter of an hour. */
function expiryOf(token: string | undefined): number {
  try {
    const [, claims = ''] = token?.split('.') ?? [];
    const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { exp: number };
    return exp * 1_000;
  } catch {
    return Date.now() + 900_000;
  }
}
