import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseId } from '../common/id.pipe.js';
import { Actor } from '../users/actor.js';
import { leadErrors } from './lead.errors.js';
import { visibleOwner } from './lead.policy.js';
import { LeadsRepository } from './leads.repository.js';

/**
 * Keeps agents to their own leads: an absent lead is 404, another agent's 403.
 * Only reads; whoever writes asks again under the row lock, because distribution may move the lead meanwhile.
 */
@Injectable()
export class AgentOwnershipGuard implements CanActivate {
  constructor(private readonly leads: LeadsRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest & { user: Actor; params: { id: string } }>();
    // Guards run before pipes: the id is still what the client sent.
    const id = parseId(request.params.id);
    const owner = visibleOwner(request.user);
    // Whoever may see every lead learns from the service that it is absent, without a second look-up here.
    if (owner === null) return true;

    const assignedTo = await this.leads.findOwnerId(id);
    if (assignedTo === undefined) {
      const isLead = request.method === 'GET' && request.routeOptions.url === '/api/v1/leads/:id';
      const survivor = isLead ? await this.leads.findSurvivorId(id) : null;
      throw survivor === null ? leadErrors.notFound(id) : leadErrors.merged(id, survivor);
    }
    if (assignedTo !== owner) {
      throw request.method === 'GET' ? leadErrors.notYoursToSee() : leadErrors.notYoursToEdit();
    }
    return true;
  }
}
