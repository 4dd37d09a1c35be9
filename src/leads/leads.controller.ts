import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { PageQuery } from '../common/page.query.js';
import { INACTIVE_LEAD_STATUSES, UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AgentOwnershipGuard } from './agent-ownership.guard.js';
import { ClosingFollowUp } from './closing-follow-up.js';
import { CreateLeadDto } from './dto/create-lead.dto.js';
import { LeadResponse } from './dto/lead.response.js';
import {
  AssignLeadDto,
  AssignLeadResponse,
  ChangeStatusDto,
  ChangeStatusResponse,
} from './dto/lead-actions.dto.js';
import { FieldProvenanceDto, LeadHistoryResponse, LeadListResponse } from './dto/lead-list.response.js';
import { ListLeadsQuery } from './dto/list-leads.query.js';
import { UpdateLeadDto } from './dto/update-lead.dto.js';
import { entityTag, versionsOf } from './entity-tag.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { leadErrors } from './lead.errors.js';
import { LeadAssignmentService } from './lead-assignment.service.js';
import { LeadHistoryRepository } from './lead-history.repository.js';
import { LeadListService } from './lead-list.service.js';
import { LeadsService } from './leads.service.js';
import { StoredValuesInterceptor } from './stored-values.interceptor.js';

const ApiLeadId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** Six dependencies: lists, edits, history, assignment and what follows from a closing are each their own. */
@ApiTags('Leads')
@ForPrograms('leads')
@Controller('api/v1/leads')
export class LeadsController {
  constructor(
    private readonly leads: LeadsService,
    private readonly lists: LeadListService,
    private readonly history: LeadHistoryRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly closing: ClosingFollowUp,
    private readonly assignments: LeadAssignmentService,
  ) {}

  @Get()
  @AnyRole()
  @ApiOperation({ summary: 'Leads that the caller may see, active ones unless told' })
  @ApiOkResponse({ type: LeadListResponse })
  list(@CurrentActor() actor: Actor, @Query() query: ListLeadsQuery): Promise<LeadListResponse> {
    return this.lists.list(actor, query);
  }

  @Get(':id')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({ summary: 'One lead' })
  @ApiLeadId()
  @ApiOkResponse({ type: LeadResponse, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiProblems(308, 404)
  async get(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LeadResponse> {
    return tagged(reply, await this.leads.follow(actor, id));
  }

  @Get(':id/history')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({ summary: 'Who changed which field of a lead, when, from what to what' })
  @ApiLeadId()
  @ApiOkResponse({ type: LeadHistoryResponse })
  @ApiProblems(404)
  async historyOf(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() query: PageQuery,
  ): Promise<LeadHistoryResponse> {
    await this.leads.get(actor, id);
    return this.history.page(id, query);
  }

  @Get(':id/provenance')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({
    summary: 'Where each field of a lead has its value from: the registry, a file or a person',
  })
  @ApiLeadId()
  @ApiOkResponse({ type: [FieldProvenanceDto] })
  @ApiProblems(404)
  async provenanceOf(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
  ): Promise<FieldProvenanceDto[]> {
    await this.leads.get(actor, id);
    return this.history.provenance(id);
  }

  @Post()
  @AnyRole()
  @ApiOperation({ summary: 'Enter a lead; an agent gets the lead they enter' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Makes repeating the request harmless for 24 hours.',
  })
  @ApiCreatedResponse({ type: LeadResponse, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiProblems(409)
  async create(
    @CurrentActor() actor: Actor,
    @Body() dto: CreateLeadDto,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LeadResponse> {
    const lead = await this.idempotency.run(actor, key, ['POST leads', dto], (tx) =>
      this.leads.create(tx, actor, dto),
    );
    void reply.header('Location', `/api/v1/leads/${lead.id}`);
    return tagged(reply, lead);
  }

  @Put(':id')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @UseInterceptors(StoredValuesInterceptor)
  @ApiOperation({ summary: 'Edit a lead: fields sent are set, fields not sent stay, null clears' })
  @ApiLeadId()
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the version you edited.' })
  @ApiOkResponse({ type: LeadResponse, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiProblems(404, 409, 412)
  async update(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: UpdateLeadDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LeadResponse> {
    return tagged(reply, await this.leads.update(actor, id, dto, versionsOf(ifMatch)));
  }

  @Patch(':id/status')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({ summary: 'Move a lead to another status; closing one tops its agent up' })
  @ApiLeadId()
  @ApiOkResponse({ type: ChangeStatusResponse })
  @ApiProblems(404)
  async changeStatus(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() query: ChangeStatusDto,
    @Body() body: ChangeStatusDto,
  ): Promise<ChangeStatusResponse> {
    const status = body.status ?? query.status;
    if (!status) throw leadErrors.required('status', 'must be given');
    const reason = body.reason ?? query.reason ?? null;
    const dealValue = body.deal_value ?? query.deal_value ?? null;
    const { lead, warnings } = await this.leads.changeStatus(actor, id, status, reason, dealValue);
    const answer = { message: `Lead status updated to ${status}`, lead, warnings };
    if (!INACTIVE_LEAD_STATUSES.includes(status) || lead.assigned_user_id === null)
      return { ...answer, auto_assigned: false };
    const { isToppedUp, agentStats } = await this.closing.after(lead.assigned_user_id);
    return { ...answer, auto_assigned: isToppedUp, agent_stats: agentStats };
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Give a lead to an agent, or back to the pool, and say why' })
  @ApiLeadId()
  @ApiOkResponse({ type: AssignLeadResponse })
  @ApiProblems(404)
  async assign(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() query: AssignLeadDto,
    @Body() body: AssignLeadDto,
  ): Promise<AssignLeadResponse> {
    const agentId = body.agent_id === undefined ? query.agent_id : body.agent_id;
    if (agentId === undefined) throw leadErrors.required('agent_id', 'must be given; null for the pool');
    const reason = body.reason ?? query.reason ?? null;
    const { lead, moveId } = await this.assignments.assign(actor, id, agentId, reason);
    return {
      message: agentId === null ? 'Lead returned to the pool' : `Lead assigned to agent ${agentId}`,
      lead,
      move_id: moveId,
    };
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Delete a lead; it can be restored' })
  @ApiLeadId()
  @ApiNoContentResponse()
  @ApiProblems(404)
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.leads.delete(actor, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Bring a deleted lead back' })
  @ApiLeadId()
  @ApiOkResponse({ type: LeadResponse })
  @ApiProblems(404, 409)
  restore(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<LeadResponse> {
    return this.leads.restore(actor, id);
  }
}

function tagged(reply: FastifyReply, lead: LeadResponse): LeadResponse {
  void reply.header('ETag', entityTag(lead.version));
  return lead;
}
