import { UserRole } from '../enums/index.js';
import { visibleOwner } from '../leads/lead.policy.js';
import { Actor } from '../users/actor.js';

/** A lead as far as it says who hears of it. */
export interface HeardLead {
  assignedUserId: number | null;
  /** Manager of whoever has the lead. */
  ownerManagerId: number | null;
}

export const EVERYONE = 'everyone';
/** Managers and admins. */
export const STAFF = 'staff';
const ALL_LEADS = 'leads:all';
const POOL = 'leads:pool';
const leadsOf = (agentId: number) => `leads:of:${agentId}`;
const leadsOfTeam = (managerId: number) => `leads:team:${managerId}`;
const ALL_USERS = 'users:all';
const usersOfTeam = (managerId: number) => `users:team:${managerId}`;
export const roomOfUser = (userId: number) => `user:${userId}`;

/**
 * The rooms somebody is in; they follow from who they are and are never asked for. Nobody hears of a lead that the API would
 * not show them (`lead.policy`); of those it shows them, managers hear of their team's and of the pool's.
 */
export function roomsOf(actor: Actor): string[] {
  const own = [EVERYONE, roomOfUser(actor.id)];
  const owner = visibleOwner(actor);
  if (owner !== null) return [...own, leadsOf(owner)];
  if (actor.role === UserRole.ADMIN) return [...own, STAFF, ALL_LEADS, ALL_USERS];
  return [...own, STAFF, POOL, leadsOfTeam(actor.id), usersOfTeam(actor.id)];
}

/** Managers and admins who hear of a lead. */
export function staffOfLead(lead: HeardLead): string[] {
  const { assignedUserId: owner, ownerManagerId: manager } = lead;
  if (owner === null) return [ALL_LEADS, POOL];
  return [ALL_LEADS, leadsOfTeam(owner), ...(manager === null ? [] : [leadsOfTeam(manager)])];
}

/** The agent whose lead it is, if one is. */
export function agentOf(agentId: number | null): string[] {
  return agentId === null ? [] : [leadsOf(agentId)];
}

/** Who hears that a person joined, left or changed: admins, the managers before and after. */
export function roomsAboutTeam(...managerIds: (number | null)[]): string[] {
  const managers = new Set(managerIds.filter((id) => id !== null));
  return [ALL_USERS, ...[...managers].map(usersOfTeam)];
}

/** Who hears of a person's success: the person, their manager, admins. */
export function roomsAboutUser(user: { id: number; managerId: number | null }): string[] {
  return [roomOfUser(user.id), ALL_USERS, ...(user.managerId === null ? [] : [usersOfTeam(user.managerId)])];
}
