import { Injectable } from '@nestjs/common';
import { UserRole } from '../enums/index.js';
import { leadErrors } from '../leads/lead.errors.js';
import { assertMaySee } from '../leads/lead.policy.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { Actor } from '../users/actor.js';
import { analyticsErrors } from './analytics.errors.js';
import { AudienceRepository } from './audience.repository.js';
import { DashboardRepository } from './dashboard.repository.js';
import { DashboardResponse } from './dto/dashboard.response.js';
import { LeadTypeResponse, SmartAssignmentResponse } from './dto/lead-type.response.js';
import { LeadTypesQuery } from './dto/lead-types.query.js';
import { LeadTypesRepository } from './lead-types.repository.js';
import { Candidate, SmartAssignmentRepository } from './smart-assignment.repository.js';

/** The contract's questions about figures, within what the caller may see. */
@Injectable()
export class AnalyticsService {
  constructor(
    private readonly audience: AudienceRepository,
    private readonly dashboards: DashboardRepository,
    private readonly leadTypes: LeadTypesRepository,
    private readonly smartAssignment: SmartAssignmentRepository,
    private readonly leads: LeadsRepository,
  ) {}

  async dashboard(actor: Actor): Promise<DashboardResponse> {
    return this.dashboards.read(await this.audience.visibleUserIds(actor));
  }

  async types(actor: Actor, query: LeadTypesQuery): Promise<LeadTypeResponse[]> {
    return this.leadTypes.types(await this.audience.visibleUserIds(actor), query);
  }

  /** @throws Problem 403 somebody else's figures, 404 no such agent */
  async agentPerformance(actor: Actor, agentId: number): Promise<LeadTypeResponse[]> {
    const visible = await this.audience.visibleUserIds(actor);
    if (visible !== null && !visible.includes(agentId)) {
      throw (actor.role === UserRole.AGENT ? analyticsErrors.notYourFigures : analyticsErrors.notYourTeam)(
        'agent_id',
      );
    }
    if ((await this.audience.nameOfAgent(agentId)) === undefined)
      throw analyticsErrors.agentNotFound(agentId);
    return this.leadTypes.types([agentId], {});
  }

  /** @throws Problem 403 not their lead, 404 no such lead */
  async recommend(actor: Actor, leadId: number): Promise<SmartAssignmentResponse> {
    const lead = await this.leads.findById(leadId);
    if (!lead) throw leadErrors.notFound(leadId);
    assertMaySee(actor, lead);
    const best = await this.smartAssignment.best(leadId, await this.audience.visibleUserIds(actor));
    return {
      lead_id: leadId,
      recommended_agent_id: best?.agent_id ?? null,
      recommended_agent_name: best?.full_name ?? null,
      confidence_score: best?.bound ?? 0,
      reason: best ? reasonFor(best) : 'There is no active agent to choose from',
      lead_type_match: best ? likenessOf(best) : 'none',
    };
  }
}

function likenessOf({ likeness, specialty, state }: Candidate): string {
  if (likeness === 'any') return 'any';
  return likeness === 'specialty' ? specialty : `${specialty}, ${state}`;
}

function reasonFor(best: Candidate): string {
  if (best.won === 0) return `Nobody has won a lead yet; has the fewest active leads: ${best.active_leads}`;
  const kind = {
    specialty_and_state: `in ${best.specialty} in ${best.state}`,
    specialty: `in ${best.specialty}`,
  };
  const where = best.likeness === 'any' ? 'of any type' : kind[best.likeness];
  return `Won ${best.won} of ${best.closed} closed leads ${where}`;
}
