import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { LeadResponse } from '../leads/dto/lead.response.js';
import { toLeadResponse } from '../leads/lead.mapper.js';
import { visibleOwner } from '../leads/lead.policy.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { Report } from './csv-table.interceptor.js';
import { DrillDownRepository } from './drill-down.repository.js';
import { DrillDownQuery, DrillDownResponse } from './dto/drill-down.dto.js';
import { headOf, ReportScopes } from './report-scope.js';

/** From a figure to its leads. */
@ApiTags('Analytics')
@ForPrograms('analytics')
@Controller('api/v1/analytics')
export class DrillDownController {
  constructor(
    private readonly scopes: ReportScopes,
    private readonly behind: DrillDownRepository,
  ) {}

  @Get('leads')
  @AnyRole()
  @ApiOperation({ summary: 'The very leads behind a figure of a report, under the filters of that report' })
  @Report(DrillDownResponse, 'leads', LeadResponse)
  async leads(@CurrentActor() actor: Actor, @Query() query: DrillDownQuery): Promise<DrillDownResponse> {
    const scope = await this.scopes.of(actor, query);
    const { leads, total, hidden, nextCursor } = await this.behind.page(scope, query, visibleOwner(actor));
    return { ...headOf(scope), total, hidden, leads: leads.map(toLeadResponse), next_cursor: nextCursor };
  }
}
