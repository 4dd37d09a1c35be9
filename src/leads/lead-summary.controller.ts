import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { LeadSummaryResponse } from './dto/lead-list.response.js';
import { LeadListService } from './lead-list.service.js';

@ApiTags('Leads')
@ForPrograms('leads')
@Controller('api/v1/summary')
export class LeadSummaryController {
  constructor(private readonly lists: LeadListService) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: 'Counts of the leads that the caller may see' })
  @ApiOkResponse({ type: LeadSummaryResponse })
  summary(@CurrentActor() actor: Actor): Promise<LeadSummaryResponse> {
    return this.lists.summary(actor);
  }
}
