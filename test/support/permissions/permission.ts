import { UserRole } from '../../../src/enums/index.js';
import { Actor } from '../actors.js';
import { RowId, Rows, Scene } from './rows.js';

/** A role, with `:own` when it reaches only rows of its own; the rest is refused. */
export type Grant = UserRole | `${UserRole}:own`;

/** A valid request, so that a refusal is for who sent it and not for what it says. */
export interface Sending {
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

type Send = (id: RowId, scene: Scene, caller: Actor) => Sending | Promise<Sending>;

/** Who may call a route. */
export interface Permission {
  grants: readonly Grant[] | 'public';
  rows?: Rows;
  send: Send;
}

export type Permissions = Record<string, Permission>;

export const to = (grants: readonly Grant[], rows?: Rows, send: Send = () => ({})): Permission => ({
  grants,
  rows,
  send,
});
export const anyone = (send: Send = () => ({})): Permission => ({ grants: 'public', send });

export const ALL: readonly Grant[] = ['admin', 'manager', 'agent'];
/** Who leads sees every lead. */
export const OWN_LEADS: readonly Grant[] = ['admin', 'manager', 'agent:own'];
/** Agents themselves, managers their team, admins all. */
export const OWN_TEAM: readonly Grant[] = ['admin', 'manager:own', 'agent:own'];
/** Nobody but whose it is. */
export const OWN_ALONE: readonly Grant[] = ['admin:own', 'manager:own', 'agent:own'];
export const LEADERS: readonly Grant[] = ['admin', 'manager'];
/** Managers for their team. */
export const TEAM_LEADERS: readonly Grant[] = ['admin', 'manager:own'];
