import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { LeadFacetsResponse } from './dto/lead-facets.dto.js';
import { LeadFilterDto } from './dto/list-leads.query.js';
import { LeadListService } from './lead-list.service.js';

/** What stands beside the filters. */
@ApiTags('Leads')
@ForPrograms('leads')
@Controller('api/v1/leads/facets')
export class LeadFacetsController {
  constructor(private readonly lists: LeadListService) {}

  @Get()
  @AnyRole()
  @ApiOperation({
    summary: 'How many leads there are for each value of each filter, its own filter left out',
  })
  @ApiOkResponse({ type: LeadFacetsResponse })
  facets(@CurrentActor() actor: Actor, @Query() filter: LeadFilterDto): Promise<LeadFacetsResponse> {
    return this.lists.facets(actor, filter);
  }
}
