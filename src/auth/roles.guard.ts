import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS, Access } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { authErrors } from './auth.errors.js';

/** Keeps roles to the routes that name them; a route that names none is closed. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access === undefined) throw authErrors.routeClosed();
    if (access === 'public') return true;
    const { role } = context.switchToHttp().getRequest<{ user: Actor }>().user;
    if (!access.includes(role)) throw authErrors.roleNotAllowed();
    return true;
  }
}
