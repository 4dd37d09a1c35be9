import { UserRole } from '../../src/enums/index.js';
import { hashPassword } from '../../src/users/password-hasher.js';
import { TestDatabase } from './database.js';

/** Somebody who can sign in. */
export interface Actor {
  id: number;
  username: string;
  role: UserRole;
}

/** Everybody's password in the tests. */
export const PASSWORD = 'correct horse battery';

interface UserFacts {
  role?: UserRole;
  username?: string;
  manager_id?: number | null;
  is_active?: boolean;
}

let passwordHash: Promise<string> | undefined;
let hired = 0;

/** A user that was there before the test began. */
export async function aUser(db: TestDatabase, facts: UserFacts = {}): Promise<Actor> {
  passwordHash ??= hashPassword(PASSWORD);
  const role = facts.role ?? UserRole.AGENT;
  const username = facts.username ?? `${role}${++hired}`;
  const [user] = await db.query<{ id: number }>(
    `INSERT INTO users (username, email, full_name, password_hash, role, manager_id, is_active)
     VALUES ($1, $1 || '@example.com', initcap($1), $2, $3, $4, $5) RETURNING id`,
    [username, await passwordHash, role, facts.manager_id ?? null, facts.is_active ?? true],
  );
  return { id: user?.id ?? 0, username, role };
}

/** A company: one admin, two managers, two agents of the first manager and one of the second. */
export interface Company {
  admin: Actor;
  manager: Actor;
  agent: Actor;
  /** Another agent of the same manager. */
  colleague: Actor;
  otherManager: Actor;
  /** An agent of the other manager. */
  outsider: Actor;
}

export async function aCompany(db: TestDatabase): Promise<Company> {
  const admin = await aUser(db, { role: UserRole.ADMIN });
  const manager = await aUser(db, { role: UserRole.MANAGER });
  const otherManager = await aUser(db, { role: UserRole.MANAGER });
  return {
    admin,
    manager,
    otherManager,
    agent: await aUser(db, { manager_id: manager.id }),
    colleague: await aUser(db, { manager_id: manager.id }),
    outsider: await aUser(db, { manager_id: otherManager.id }),
  };
}

const tokens = new Map<string, Promise<string>>();

/** An access token, got through the API once for each application and user. */
export function signIn(url: string, actor: Actor): Promise<string> {
  const key = `${url} ${actor.username}`;
  const token = tokens.get(key) ?? requestToken(url, actor);
  tokens.set(key, token);
  return token;
}

async function requestToken(url: string, actor: Actor): Promise<string> {
  const response = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: actor.username, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`${actor.username} cannot sign in: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
