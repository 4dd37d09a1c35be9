import { applyDecorators, createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { API_KEY_SCOPES, ApiKeyScope, UserRole } from '../enums/index.js';
import { Actor } from './actor.js';

/** Metadata of a route: who may call it. A route without any is closed to everybody. */
export const ACCESS = 'rota:access';
export type Access = 'public' | readonly UserRole[];

/** Open without signing in. */
export const Public = () => applyDecorators(SetMetadata(ACCESS, 'public' satisfies Access), ApiSecurity({}));

/** Open to these roles. */
export const Roles = (...roles: UserRole[]) => SetMetadata(ACCESS, roles satisfies Access);

/** Open to whoever is signed in; what they see is decided row by row. */
export const AnyRole = () => Roles(UserRole.ADMIN, UserRole.MANAGER, UserRole.AGENT);

/** Metadata of routes that API keys may be used for: what they are about. */
export const FOR_PROGRAMS = 'rota:for-programs';
export type ProgramArea =
  | 'leads'
  | 'activities'
  | 'distribution'
  | 'analytics'
  | 'gamification'
  | 'users'
  | 'webhooks';

/**
 * Opens routes to API keys with the scope `area:read` for GET, `area:write` for all else; where there is no such scope they
 * stay closed. Routes without this are closed to every key.
 */
export const ForPrograms = (area: ProgramArea) =>
  applyDecorators(SetMetadata(FOR_PROGRAMS, area), ApiSecurity('bearer'), ApiSecurity('apiKey'));

/** The scope that a request needs; undefined when no key may make it. */
export function scopeOf(area: ProgramArea | undefined, method: string): ApiKeyScope | undefined {
  const use = area === 'webhooks' ? 'manage' : method === 'GET' ? 'read' : 'write';
  return API_KEY_SCOPES.find((scope) => scope === `${area}:${use}`);
}

/** Who is asking. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => context.switchToHttp().getRequest<{ user: Actor }>().user,
);
