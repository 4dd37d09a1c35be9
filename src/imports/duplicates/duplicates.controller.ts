import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { LeadResponse } from '../../leads/dto/lead.response.js';
import { AnyRole, CurrentActor, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import {
  CheckDto,
  CheckResponse,
  DismissDto,
  MergeDto,
  MergeResponse,
  PairResponse,
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
  @ApiOkResponse({ type: [PairResponse] })
  list(): Promise<PairResponse[]> {
    return this.duplicates.open();
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
  dismiss(@CurrentActor() actor: Actor, @Body() dto: DismissDto): Promise<void> {
    return this.duplicates.dismiss(actor, dto.lead_ids);
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
