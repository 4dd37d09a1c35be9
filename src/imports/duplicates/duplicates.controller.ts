import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { AgentOwnershipGuard } from '../../leads/agent-ownership.guard.js';
import { LeadResponse } from '../../leads/dto/lead.response.js';
import { AnyRole, CurrentActor, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import {
  CheckDto,
  CheckResponse,
  MergeDto,
  MergeResponse,
  PairsQuery,
  PairsResponse,
  PastMergeResponse,
  TwoLeadsDto,
} from './dto/duplicates.dto.js';
import { DuplicatesService } from './duplicates.service.js';
import { MergeService } from './merge.service.js';

const ApiId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** Leads that may be one practice, and making them one. */
@ApiTags('Duplicates')
@Controller('api/v1')
export class DuplicatesController {
  constructor(
    private readonly duplicates: DuplicatesService,
    private readonly merges: MergeService,
  ) {}

  @Post('duplicates/check')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({ summary: 'Leads that a new one may be; writes nothing' })
  @ApiOkResponse({ type: CheckResponse })
  check(@CurrentActor() actor: Actor, @Body() dto: CheckDto): Promise<CheckResponse> {
    return this.duplicates.check(actor, dto);
  }

  @Get('duplicates')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Pairs that wait for a decision, the likeliest first' })
  @ApiOkResponse({ type: PairsResponse })
  list(@Query() query: PairsQuery): Promise<PairsResponse> {
    return this.duplicates.open(query);
  }

  @Post('duplicates/scan')
  @HttpCode(204)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Look for pairs among all leads, in the background' })
  @ApiNoContentResponse()
  scan(): Promise<void> {
    return this.duplicates.requestScan();
  }

  @Post('duplicates/dismiss')
  @HttpCode(204)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Say that two leads are different practices' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  dismiss(@CurrentActor() actor: Actor, @Body() dto: TwoLeadsDto): Promise<void> {
    return this.duplicates.dismiss(actor, dto.lead_ids);
  }

  @Post('duplicates/reopen')
  @HttpCode(204)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Take back that two leads are different practices' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  reopen(@Body() dto: TwoLeadsDto): Promise<void> {
    return this.duplicates.reopen(dto.lead_ids);
  }

  @Get('leads/:id/duplicates')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({ summary: 'Leads that this one may be as well' })
  @ApiId()
  @ApiOkResponse({ type: CheckResponse })
  @ApiProblems(404)
  ofLead(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<CheckResponse> {
    return this.duplicates.ofLead(actor, id);
  }

  @Get('leads/:id/merges')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'What was merged into a lead and can be undone, newest first' })
  @ApiId()
  @ApiOkResponse({ type: [PastMergeResponse] })
  mergesOf(@Param('id', IdPipe) id: number): Promise<PastMergeResponse[]> {
    return this.merges.ofLead(id);
  }

  @Post('leads/:id/merge')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Make other leads part of this one; their activities and history are kept' })
  @ApiId()
  @ApiOkResponse({ type: MergeResponse })
  @ApiProblems(404)
  async merge(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: MergeDto,
  ): Promise<MergeResponse> {
    const { mergeId, lead } = await this.merges.merge(actor, id, dto);
    return { merge_id: mergeId, lead };
  }

  @Post('merges/:id/undo')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Make merged leads several again' })
  @ApiId()
  @ApiOkResponse({ type: LeadResponse })
  @ApiProblems(404, 409)
  undo(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<LeadResponse> {
    return this.merges.undo(actor, id);
  }
}
