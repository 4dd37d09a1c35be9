import { UserRole } from '../enums/index.js';
import { Actor } from './actor.js';

/** Which users somebody may see: admins all, managers themselves and their team, agents themselves. */
export interface UserVisibility {
  /** Limits to this id and, when `team` is true, to the users it manages; null is no limit. */
  ownerId: number | null;
  team: boolean;
}

export function visibleUsers(actor: Actor): UserVisibility {
  switch (actor.role) {
    case UserRole.ADMIN:
      return { ownerId: null, team: false };
    case UserRole.MANAGER:
      return { ownerId: actor.id, team: true };
    case UserRole.AGENT:
      return { ownerId: actor.id, team: false };
  }
}

export function maySee(actor: Actor, user: { id: number; managerId: number | null }): boolean {
  const { ownerId, team } = visibleUsers(actor);
  return ownerId === null || user.id === ownerId || (team && user.managerId === ownerId);
}
