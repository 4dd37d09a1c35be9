import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { BulkChangeService } from './bulk-change.service.js';
import { BulkCreateService } from './bulk-create.service.js';
import { BulkUndoService } from './bulk-undo.service.js';
import {
  BulkAssignDto,
  BulkChangeResponse,
  BulkStatusDto,
  BulkUndoDto,
  LeadSelectionDto,
} from './dto/bulk-change.dto.js';
import { BulkCreateResponse, MAX_BULK_LEADS } from './dto/bulk-create.dto.js';
import { CreateLeadDto } from './dto/create-lead.dto.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { leadErrors } from './lead.errors.js';

/** Many leads in one request; each gets a result of its own. */
@ApiTags('Leads')
@ForPrograms('leads')
@Controller('api/v1/leads')
export class LeadBulkController {
  constructor(
    private readonly creations: BulkCreateService,
    private readonly changes: BulkChangeService,
    private readonly undos: BulkUndoService,
    private readonly idempotency: IdempotencyRepository,
  ) {}

  @Post('bulk')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({
    summary: `Enter up to ${MAX_BULK_LEADS} leads; the valid rows are entered, the others reported`,
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiBody({ type: [CreateLeadDto] })
  @ApiOkResponse({ type: BulkCreateResponse })
  create(
    @CurrentActor() actor: Actor,
    @Body() rows: unknown,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<BulkCreateResponse> {
    if (!Array.isArray(rows)) throw leadErrors.notAList();
    if (rows.length > MAX_BULK_LEADS) throw leadErrors.tooManyRows(MAX_BULK_LEADS);
    return this.idempotency.run(actor, key, ['POST leads/bulk', rows], (tx) =>
      this.creations.create(tx, actor, rows),
    );
  }

  @Post('bulk-status')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({ summary: 'Move many leads to another status' })
  @ApiOkResponse({ type: BulkChangeResponse })
  changeStatus(@CurrentActor() actor: Actor, @Body() dto: BulkStatusDto): Promise<BulkChangeResponse> {
    return this.changes.changeStatus(actor, dto);
  }

  @Post('bulk-assign')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Give many leads to an agent, or back to the pool' })
  @ApiOkResponse({ type: BulkChangeResponse })
  assign(@CurrentActor() actor: Actor, @Body() dto: BulkAssignDto): Promise<BulkChangeResponse> {
    return this.changes.assign(actor, dto);
  }

  @Post('bulk-delete')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Delete many leads; each can be restored' })
  @ApiOkResponse({ type: BulkChangeResponse })
  delete(@CurrentActor() actor: Actor, @Body() dto: LeadSelectionDto): Promise<BulkChangeResponse> {
    return this.changes.delete(actor, dto);
  }

  @Post('bulk-undo')
  @HttpCode(200)
  @AnyRole()
  @ApiOperation({
    summary: "Take one's own bulk change back; leads that were touched since stay, and are reported",
  })
  @ApiOkResponse({ type: BulkChangeResponse })
  @ApiProblems(404, 409)
  undo(@CurrentActor() actor: Actor, @Body() { undo_id }: BulkUndoDto): Promise<BulkChangeResponse> {
    return this.undos.undo(actor, undo_id);
  }
}
