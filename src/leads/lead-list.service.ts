import { Injectable } from '@nestjs/common';
import { Actor } from '../users/actor.js';
import { LeadFacetsResponse } from './dto/lead-facets.dto.js';
import { LeadListResponse, LeadSummaryResponse } from './dto/lead-list.response.js';
import { LeadFilterDto, ListLeadsQuery } from './dto/list-leads.query.js';
import { toLeadResponse } from './lead.mapper.js';
import { assertMayFilter } from './lead.policy.js';
import { LeadFacetsRepository } from './lead-facets.repository.js';
import { LeadListRepository } from './lead-list.repository.js';

/** Lists and counts of the leads that somebody may see. */
@Injectable()
export class LeadListService {
  constructor(
    private readonly lists: LeadListRepository,
    private readonly facetCounts: LeadFacetsRepository,
  ) {}

  async list(actor: Actor, query: ListLeadsQuery): Promise<LeadListResponse> {
    assertMayFilter(actor, query);
    const page = await this.lists.page(actor, query);
    return {
      leads: page.leads.map(toLeadResponse),
      total: page.total,
      total_is_estimate: page.totalIsEstimate,
      next_cursor: page.nextCursor,
    };
  }

  async facets(actor: Actor, filter: LeadFilterDto): Promise<LeadFacetsResponse> {
    assertMayFilter(actor, filter);
    return this.facetCounts.facets(actor, filter);
  }

  summary(actor: Actor): Promise<LeadSummaryResponse> {
    return this.lists.summary(actor);
  }
}
