import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
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
import { AnyRole, CurrentActor, ForPrograms, Roles } from './access.decorators.js';
import { Actor } from './actor.js';
import { CreateUserDto } from './dto/create-user.dto.js';
import { ListUsersQuery } from './dto/list-users.query.js';
import { ResetPasswordDto, UpdateUserDto } from './dto/update-user.dto.js';
import { UserResponse } from './dto/user.response.js';
import { UsersService } from './users.service.js';

const ApiUserId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

@ApiTags('Users')
@ForPrograms('users')
@Controller('api/v1/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @Roles(UserRole.ADMIN, UserRole.MANAGER)
  @ApiOperation({ summary: 'Users: all for admins, themselves and their team for managers' })
  @ApiOkResponse({ type: [UserResponse] })
  list(@CurrentActor() actor: Actor, @Query() query: ListUsersQuery): Promise<UserResponse[]> {
    return this.users.list(actor, query);
  }

  @Get(':id')
  @AnyRole()
  @ApiOperation({ summary: 'One user that the caller may see' })
  @ApiUserId()
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<UserResponse> {
    return this.users.get(actor, id);
  }

  @Post()
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Create a user' })
  @ApiCreatedResponse({ type: UserResponse })
  @ApiProblems(409)
  create(@CurrentActor() actor: Actor, @Body() dto: CreateUserDto): Promise<UserResponse> {
    return this.users.create(actor, dto);
  }

  @Patch(':id')
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Change a user: fields sent are set' })
  @ApiUserId()
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(404, 409)
  update(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: UpdateUserDto,
  ): Promise<UserResponse> {
    return this.users.update(actor, id, dto);
  }

  @Post(':id/reset-password')
  @HttpCode(204)
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: "Set a user's password; their sessions end and they must change it" })
  @ApiUserId()
  @ApiNoContentResponse()
  @ApiProblems(404)
  resetPassword(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: ResetPasswordDto,
  ): Promise<void> {
    return this.users.resetPassword(actor, id, dto.new_password);
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Lock a user out; their sessions end at once' })
  @ApiUserId()
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(404, 409)
  deactivate(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<UserResponse> {
    return this.users.deactivate(actor, id);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: 'Let a user in again' })
  @ApiUserId()
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(404)
  activate(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<UserResponse> {
    return this.users.activate(actor, id);
  }
}
