import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import { SavedView, ViewScope } from './saved-view.entity.js';
import { viewErrors } from './view.errors.js';

/** Owners change their views; what everybody sees admins may change as well, whose owner may have left. */
export function mayChangeView(actor: Actor, view: Pick<SavedView, 'ownerId' | 'scope'>): boolean {
  return view.ownerId === actor.id || (view.scope === 'shared' && actor.role === UserRole.ADMIN);
}

/** @throws Problem 403, 422 */
export function assertMayPutInto(actor: Actor, scope: ViewScope): void {
  if (scope === 'private') return;
  if (actor.role === UserRole.AGENT) throw viewErrors.notYoursToShare();
  if (scope === 'team' && actor.role !== UserRole.MANAGER) throw viewErrors.noTeam();
}
