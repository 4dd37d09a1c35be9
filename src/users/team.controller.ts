import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, ForPrograms, Roles } from './access.decorators.js';
import { Actor } from './actor.js';
import { CreateUserDto } from './dto/create-user.dto.js';
import { ManagerResponse, MessageResponse, MyTeamResponse } from './dto/team.response.js';
import { UserResponse } from './dto/user.response.js';
import { TeamService } from './team.service.js';
import { UsersService } from './users.service.js';

class AssignAgentQuery {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @IsInt({ message: "must be a manager's id" })
  @Min(1, { message: "must be a manager's id" })
  @Max(2_147_483_647, { message: "must be a manager's id" })
  manager_id: number;
}

const ApiAgentId = () => ApiParam({ name: 'agent_id', schema: { type: 'integer', minimum: 1 } });

@ApiTags('Team')
@ForPrograms('users')
@Controller('api/v1/team')
export class TeamController {
  constructor(
    private readonly teams: TeamService,
    private readonly users: UsersService,
  ) {}

  @Post('create-user')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Create a user; managers create agents of their own team' })
  @ApiCreatedResponse({ type: UserResponse })
  @ApiProblems(409)
  createUser(@CurrentActor() actor: Actor, @Body() dto: CreateUserDto): Promise<UserResponse> {
    return this.users.create(actor, dto);
  }

  @Get('my-team')
  @Roles(UserRole.MANAGER)
  @ApiOperation({ summary: "The caller's team and its figures" })
  @ApiOkResponse({ type: MyTeamResponse })
  myTeam(@CurrentActor() actor: Actor): Promise<MyTeamResponse> {
    return this.teams.myTeam(actor);
  }

  @Get('all-managers')
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Every manager and the figures of their team' })
  @ApiOkResponse({ type: [ManagerResponse] })
  allManagers(): Promise<ManagerResponse[]> {
    return this.teams.allManagers();
  }

  @Get('unassigned-agents')
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Active agents without a manager' })
  @ApiOkResponse({ type: [UserResponse] })
  unassignedAgents(): Promise<UserResponse[]> {
    return this.teams.unassignedAgents();
  }

  @Put('assign-agent/:agent_id')
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: "Put an agent into a manager's team" })
  @ApiAgentId()
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems(404)
  assignAgent(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
    @Query() query: AssignAgentQuery,
  ): Promise<MessageResponse> {
    return this.teams.assignAgent(actor, agentId, query.manager_id);
  }

  @Delete('remove-agent/:agent_id')
  @Roles(UserRole.ADMIN, UserRole.MANAGER)
  @ApiOperation({ summary: 'Take an agent out of their team; managers out of their own' })
  @ApiAgentId()
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems(404)
  removeAgent(
    @CurrentActor() actor: Actor,
    @Param('agent_id', IdPipe) agentId: number,
  ): Promise<MessageResponse> {
    return this.teams.removeAgent(actor, agentId);
  }
}
