import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { AnyRole, CurrentActor } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AUTH_PATHS } from './auth.controller.js';
import { authErrors } from './auth.errors.js';
import { SessionResponse } from './dto/session.response.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Auth')
@AnyRole()
@Controller(AUTH_PATHS.map((path) => `${path}/sessions`))
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @ApiOperation({ summary: "One's own sessions, the last used first" })
  @ApiOkResponse({ type: [SessionResponse] })
  list(@CurrentActor() actor: Actor): Promise<SessionResponse[]> {
    return this.sessions.list(actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: "End one of one's own sessions" })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiNoContentResponse()
  @ApiProblems(404)
  end(
    @CurrentActor() actor: Actor,
    @Param('id', new ParseUUIDPipe({ exceptionFactory: authErrors.sessionNotFound })) id: string,
  ): Promise<void> {
    return this.sessions.end(actor, id, 'revoked');
  }
}
