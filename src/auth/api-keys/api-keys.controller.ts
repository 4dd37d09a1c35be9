import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { CurrentActor, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import { ApiKeysService } from './api-keys.service.js';
import { CreateApiKeyDto } from './dto/api-key.dto.js';
import { ApiKeyResponse, NewApiKeyResponse } from './dto/api-key.response.js';

@ApiTags('API keys')
@Roles(UserRole.ADMIN, UserRole.MANAGER)
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @ApiOperation({
    summary: 'Keys of programs, newest first: for admins all, for managers their own and their team’s',
  })
  @ApiOkResponse({ type: [ApiKeyResponse] })
  list(@CurrentActor() actor: Actor): Promise<ApiKeyResponse[]> {
    return this.keys.list(actor);
  }

  @Post()
  @ApiOperation({
    summary: 'Make a key for a program',
    description: 'It is sent as `Authorization: Bearer rota_…` or as `X-Api-Key`, and ends with its user.',
  })
  @ApiCreatedResponse({ type: NewApiKeyResponse })
  create(@CurrentActor() actor: Actor, @Body() dto: CreateApiKeyDto): Promise<NewApiKeyResponse> {
    return this.keys.create(actor, dto);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key: its requests and its sockets end at once' })
  @ApiParam({ name: 'id', schema: { type: 'integer' } })
  @ApiNoContentResponse()
  @ApiProblems(404)
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.keys.revoke(actor, id);
  }
}
