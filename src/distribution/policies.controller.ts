import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ActivateDto, NewPolicyDto, NewVersionDto, ScheduleDto } from './dto/policy.dto.js';
import { PolicyResponse } from './dto/policy.response.js';
import { PolicyDiffResponse } from './dto/policy-diff.dto.js';
import { SimulateDto, SimulationResponse } from './dto/simulation.dto.js';
import { PoliciesService } from './policies.service.js';
import { SimulationService } from './simulation.service.js';

const ApiId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** The rules that leads are given out by. */
@ApiTags('Distribution policies')
@Roles(UserRole.MANAGER, UserRole.ADMIN)
@ForPrograms('distribution')
@Controller('api/v1/distribution')
export class PoliciesController {
  constructor(
    private readonly policies: PoliciesService,
    private readonly simulation: SimulationService,
  ) {}

  @Get('policies')
  @ApiOperation({ summary: 'Policies with all their versions, in the order in which leads go by them' })
  @ApiOkResponse({ type: [PolicyResponse] })
  list(): Promise<PolicyResponse[]> {
    return this.policies.list();
  }

  @Get('policies/:id')
  @ApiOperation({ summary: 'One policy, its versions, and who activated which' })
  @ApiId()
  @ApiOkResponse({ type: PolicyResponse })
  @ApiProblems(404)
  get(@Param('id', IdPipe) id: number): Promise<PolicyResponse> {
    return this.policies.get(id);
  }

  @Post('policies')
  @ApiOperation({ summary: 'A new policy whose first version is a draft; managers make them for their team' })
  @ApiCreatedResponse({ type: PolicyResponse })
  create(@CurrentActor() actor: Actor, @Body() dto: NewPolicyDto): Promise<PolicyResponse> {
    return this.policies.create(actor, dto);
  }

  @Post('policies/:id/versions')
  @ApiOperation({ summary: 'A new version, as a draft; versions are never changed' })
  @ApiId()
  @ApiCreatedResponse({ type: PolicyResponse })
  @ApiProblems(404)
  addVersion(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: NewVersionDto,
  ): Promise<PolicyResponse> {
    return this.policies.addVersion(actor, id, dto);
  }

  @Get('policies/:id/versions/:from/diff/:to')
  @ApiOperation({ summary: 'What differs between two versions, in lines for people and in data' })
  @ApiId()
  @ApiParam({ name: 'from', schema: { type: 'integer', minimum: 1 } })
  @ApiParam({ name: 'to', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: PolicyDiffResponse })
  @ApiProblems(404)
  diff(
    @Param('id', IdPipe) id: number,
    @Param('from', IdPipe) from: number,
    @Param('to', IdPipe) to: number,
  ): Promise<PolicyDiffResponse> {
    return this.policies.diff(id, from, to);
  }

  @Post('policies/:id/activate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put a version into force now' })
  @ApiId()
  @ApiOkResponse({ type: PolicyResponse })
  @ApiProblems(404, 409)
  activate(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { version }: ActivateDto,
  ): Promise<PolicyResponse> {
    return this.policies.activate(actor, id, version);
  }

  @Post('policies/:id/schedule')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put a version into force at a later time' })
  @ApiId()
  @ApiOkResponse({ type: PolicyResponse })
  @ApiProblems(404, 409)
  schedule(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { version, at }: ScheduleDto,
  ): Promise<PolicyResponse> {
    return this.policies.schedule(actor, id, version, new Date(at));
  }

  @Post('policies/:id/rollback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Back to the version that was in force before' })
  @ApiId()
  @ApiOkResponse({ type: PolicyResponse })
  @ApiProblems(404, 409)
  rollBack(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<PolicyResponse> {
    return this.policies.rollBack(actor, id);
  }

  @Post('policies/:id/deactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a policy out of force; its leads go by the next that takes them' })
  @ApiId()
  @ApiOkResponse({ type: PolicyResponse })
  @ApiProblems(404, 409)
  deactivate(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<PolicyResponse> {
    return this.policies.deactivate(actor, id);
  }

  @Delete('policies/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a policy that is not in force; its log stays' })
  @ApiId()
  @ApiNoContentResponse()
  @ApiProblems(404, 409)
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.policies.delete(actor, id);
  }

  @Post('simulate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Rehearse rules on the live pool or a past period beside those in force; writes nothing',
  })
  @ApiOkResponse({ type: SimulationResponse })
  @ApiProblems(404)
  simulate(@CurrentActor() actor: Actor, @Body() dto: SimulateDto): Promise<SimulationResponse> {
    return this.simulation.simulate(actor, dto);
  }
}
