import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { leadErrors } from './lead.errors.js';

interface Owned {
  assignedUserId: number | null;
}

/**
 * Which leads somebody may see. Every list, count, search, export and event goes through this one rule:
 * agents see the leads assigned to them, managers and admins all.
 *
 * @returns the agent whose leads it is limited to; null when there is no limit
 */
export function visibleOwner(actor: Actor): number | null {
  return actor.role === UserRole.AGENT ? actor.id : null;
}

export function maySee(actor: Actor, lead: Owned): boolean {
  const owner = visibleOwner(actor);
  return owner === null || lead.assignedUserId === owner;
}

/** @throws Problem 403 */
export function assertMaySee(actor: Actor, lead: Owned): void {
  if (!maySee(actor, lead)) throw leadErrors.notYoursToSee();
}

/** Who may see a lead may edit it. @throws Problem 403 */
export function assertMayEdit(actor: Actor, lead: Owned): void {
  if (!maySee(actor, lead)) throw leadErrors.notYoursToEdit();
}

/** Deleted leads are for those who can restore them. @throws Problem 403 */
export function assertMayFilter(actor: Actor, filter: { deleted?: boolean }): void {
  if (filter.deleted && actor.role === UserRole.AGENT) throw leadErrors.deletedNotYours();
}
