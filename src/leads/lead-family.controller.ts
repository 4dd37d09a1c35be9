import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { AnyRole, CurrentActor, ForPrograms } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AgentOwnershipGuard } from './agent-ownership.guard.js';
import { LeadFamilyResponse } from './dto/lead-family.response.js';
import { maySee } from './lead.policy.js';
import { LeadFamilyRepository } from './lead-family.repository.js';
import { LeadsService } from './leads.service.js';

const LOOKED_AT = 200;

/** The other locations of a practice. */
@ApiTags('Leads')
@ForPrograms('leads')
@Controller('api/v1/leads')
export class LeadFamilyController {
  constructor(
    private readonly leads: LeadsService,
    private readonly families: LeadFamilyRepository,
  ) {}

  @Get(':id/family')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({
    summary: 'Other locations of the practice: the same EIN, or the same name and authorized official',
  })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: LeadFamilyResponse })
  @ApiProblems(404)
  async familyOf(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<LeadFamilyResponse> {
    await this.leads.get(actor, id);
    const found = await this.families.relatives(id, LOOKED_AT + 1);
    const related = found.slice(0, LOOKED_AT);
    const seen = related.filter((lead) => maySee(actor, lead));
    return {
      leads: seen.map(({ practiceName, zipCode, assignedUserId, ...lead }) => ({
        ...lead,
        practice_name: practiceName,
        zip_code: zipCode,
        assigned_user_id: assignedUserId,
      })),
      others: related.length - seen.length,
      has_more: found.length > LOOKED_AT,
    };
  }
}
