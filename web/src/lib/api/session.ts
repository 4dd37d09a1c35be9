import { connectionLost } from '../connection';
import { createStore, useStore } from '../store';
import { ApiProblem, Unreachable } from './problem';
import type { TokensResponse, UserResponse } from './schema';

/**
 * `starting`: finding out whether the cookie still holds a session. `expired`: the page stays as it is while its user
 * signs in again.
 */
export type Session =
  | { status: 'starting' | 'signed-out' | 'unreachable'; user: null }
  | { status: 'signed-in' | 'expired'; user: UserResponse };

export const session = createStore<Session>({ status: 'starting', user: null });

/** In memory only: a script of another origin, a disk and a log never see it. */
let accessToken: string | undefined;
let refreshing: Promise<void> | undefined;
/** A session that ends because its user leaves has not expired: nobody is asked to sign in again. */
let isLeaving = false;
const waiting: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
const tabs = new BroadcastChannel('rota-session');

const WEB_CLIENT = { 'Content-Type': 'application/json', 'X-Rota-Client': 'web' };

export function currentToken(): string | undefined {
  return accessToken;
}

export function useSession(): Session {
  return useStore(session);
}

/** Whoever is signed in; only for pages behind the sign-in. */
export function useMe(): UserResponse {
  const { user } = useSession();
  if (!user) throw new Error('nobody is signed in');
  return user;
}

export function setMe(user: UserResponse): void {
  session.set({ status: session.get().status === 'expired' ? 'expired' : 'signed-in', user });
}

/**
 * @param code of the second factor, where `second-factor-required` asked for it
 * @throws ApiProblem 401 for wrong credentials or code, 429 when there were too many
 */
export function signIn(username: string, password: string, code?: string): Promise<void> {
  return signInBy('/api/v1/auth/login', { username, password, ...(code && { code }) });
}

/** @param path of a route that answers tokens */
export async function signInBy(path: string, body: object): Promise<void> {
  accept(await call(path, body));
  for (const { resolve } of waiting.splice(0)) resolve();
}

export async function signOut(): Promise<void> {
  isLeaving = true;
  tabs.postMessage('signed-out');
  try {
    await fetch('/api/v1/auth/logout', {
      method: 'POST',
      headers: { Authorization: `Bearer ${accessToken}` },
    });
  } finally {
    isLeaving = false;
    forget();
  }
}

/** Comes back to the session that the cookie holds, if it holds one. */
export async function restoreSession(): Promise<void> {
  try {
    await refresh();
  } catch (error) {
    session.set({ status: error instanceof ApiProblem ? 'signed-out' : 'unreachable', user: null });
  }
}

/**
 * Gets a token newer than `stale`: by the cookie, and when that is no longer good by waiting until the user has
 * signed in again.
 *
 * @throws Unreachable; ApiProblem 401 when the user leaves instead
 */
export async function renew(stale: string | undefined): Promise<void> {
  if (accessToken !== undefined && accessToken !== stale) return;
  try {
    await refresh();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { user } = session.get();
    if (!user || isLeaving) throw error;
    session.set({ status: 'expired', user });
    await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  }
}

function refresh(): Promise<void> {
  refreshing ??= oneTabAtATime(async () => accept(await call('/api/v1/auth/refresh', {}))).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** A refresh token used twice ends the session, so tabs that share the cookie take turns. */
function oneTabAtATime(work: () => Promise<void>): Promise<void> {
  return 'locks' in navigator ? navigator.locks.request('rota-refresh', work) : work();
}

async function call(path: string, body: object): Promise<TokensResponse> {
  const request = { method: 'POST', headers: WEB_CLIENT, body: JSON.stringify(body) };
  const response = await fetch(path, request).catch((error: unknown) => {
    connectionLost();
    throw new Unreachable(error);
  });
  // What a visitor gets who holds no session.
  if (response.status === 204) throw new ApiProblem(401, { detail: 'Nobody is signed in here.' });
  if (response.ok) return (await response.json()) as TokensResponse;
  if (response.status >= 500) {
    connectionLost();
    throw new Unreachable();
  }
  const seconds = Number(response.headers.get('retry-after'));
  throw new ApiProblem(response.status, await response.json().catch(() => ({})), seconds || null);
}

function accept(tokens: TokensResponse): void {
  accessToken = tokens.access_token;
  session.set({ status: 'signed-in', user: tokens.user });
}

function forget(): void {
  accessToken = undefined;
  session.set({ status: 'signed-out', user: null });
  const left = new ApiProblem(401, { detail: 'You have signed out.' });
  for (const { reject } of waiting.splice(0)) reject(left);
}

tabs.onmessage = (event: MessageEvent) => {
  if (event.data === 'signed-out') forget();
};
