import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { LeadResponse } from '../leads/dto/lead.response.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ClaimsService } from './claims.service.js';
import { distributionErrors } from './distribution.errors.js';
import { ClaimPoolResponse } from './dto/claims.dto.js';
import {
  MovedResponse,
  ReturnLeadDto,
  ReturnLeadResponse,
  TransferDto,
  UndoneResponse,
} from './dto/moves.dto.js';
import { MovesService } from './moves.service.js';

const ApiLeadId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** Leads that change hands by people: claimed, returned, transferred. */
@ApiTags('Distribution')
@ForPrograms('distribution')
@Controller('api/v1/distribution')
export class MovesController {
  constructor(
    private readonly claims: ClaimsService,
    private readonly moves: MovesService,
  ) {}

  @Get('claim-pool')
  @Roles(UserRole.AGENT)
  @ApiOperation({ summary: 'Leads that the caller may claim, best first, phones masked' })
  @ApiOkResponse({ type: ClaimPoolResponse })
  list(@CurrentActor() actor: Actor): Promise<ClaimPoolResponse> {
    return this.claims.list(actor);
  }

  @Post('claim-pool/:id/claim')
  @HttpCode(200)
  @Roles(UserRole.AGENT)
  @ApiOperation({ summary: 'Claim a lead; of many at once one gets it, the others the next best' })
  @ApiLeadId()
  @ApiOkResponse({ type: LeadResponse })
  @ApiProblems(404, 409)
  claim(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<LeadResponse> {
    return this.claims.claim(actor, id);
  }

  @Post('leads/:id/return')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({ summary: 'Return a lead to the pool; a bad one gives the turn back' })
  @ApiLeadId()
  @ApiOkResponse({ type: ReturnLeadResponse })
  @ApiProblems(404, 409)
  returnLead(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: ReturnLeadDto,
  ): Promise<ReturnLeadResponse> {
    return this.moves.returnLead(actor, id, dto);
  }

  @Post('transfer')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Move every active lead of an agent to another one, or to the pool' })
  @ApiOkResponse({ type: MovedResponse })
  @ApiProblems(404)
  transfer(@CurrentActor() actor: Actor, @Body() dto: TransferDto): Promise<MovedResponse> {
    return this.moves.transfer(actor, dto);
  }

  @Post('moves/:move_id/undo')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({ summary: 'Undo a move within 15 minutes' })
  @ApiParam({ name: 'move_id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: UndoneResponse })
  @ApiProblems(404, 409)
  undo(
    @CurrentActor() actor: Actor,
    @Param('move_id', new ParseUUIDPipe({ exceptionFactory: () => distributionErrors.undoNotFound() }))
    moveId: string,
  ): Promise<UndoneResponse> {
    return this.moves.undo(actor, moveId);
  }
}
