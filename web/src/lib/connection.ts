import { onlineManager } from '@tanstack/react-query';
import { createStore } from './store';

/** `offline`: this device has no network. `away`: it has, and the server does not answer. */
export type Connection = 'online' | 'offline' | 'away';

export const connection = createStore<Connection>(navigator.onLine ? 'online' : 'offline');

const FIRST_RETRY_MS = 1_000;
const SLOWEST_RETRY_MS = 15_000;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

/** Queries wait while there is no connection, and go on by themselves when it is back. */
onlineManager.setEventListener((setOnline) =>
  connection.subscribe(() => setOnline(connection.get() === 'online')),
);
onlineManager.setOnline(connection.get() === 'online');

window.addEventListener('offline', () => connection.set('offline'));
window.addEventListener('online', () => void probe(FIRST_RETRY_MS));

/** Called when a request got no answer: asks until the server is there again. */
export function connectionLost(): void {
  if (connection.get() === 'away') return;
  connection.set(navigator.onLine ? 'away' : 'offline');
  retryTimer = setTimeout(() => void probe(FIRST_RETRY_MS), FIRST_RETRY_MS);
}

export function retryNow(): void {
  void probe(FIRST_RETRY_MS);
}

async function probe(delay: number): Promise<void> {
  clearTimeout(retryTimer);
  const isThere = await fetch('/health/ready', { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
  if (isThere) connection.set('online');
  else {
    connection.set(navigator.onLine ? 'away' : 'offline');
    retryTimer = setTimeout(() => void probe(Math.min(delay * 2, SLOWEST_RETRY_MS)), delay);
  }
}
