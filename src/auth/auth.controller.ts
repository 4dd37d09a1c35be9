import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../common/api-problems.js';
import { Env } from '../config/env.js';
import { AnyRole, CurrentActor, Public } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { UserResponse } from '../users/dto/user.response.js';
import { UsersService } from '../users/users.service.js';
import { AuthService } from './auth.service.js';
import { deviceOf } from './device.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';
import { LoginDto, RefreshDto } from './dto/login.dto.js';
import { TokensResponse } from './dto/tokens.response.js';
import { ApiRotaClient, handTokens } from './hand-tokens.js';
import { PasswordChangeService } from './password-change.service.js';
import { clearRefreshCookie, hasRefreshCookie, refreshTokenOfCookie, wantsCookie } from './refresh-cookie.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

/** The first version's clients call these without the prefix. */
export const AUTH_PATHS = ['auth', 'api/v1/auth'];

@ApiTags('Auth')
@Controller(AUTH_PATHS)
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordChangeService,
    private readonly users: UsersService,
    private readonly env: Env,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Sign in' })
  @ApiRotaClient()
  @ApiOkResponse({ type: TokensResponse })
  @ApiProblems(401, 429)
  async login(
    @Body() dto: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensResponse> {
    const pair = await this.signIns.signIn(dto, deviceOf(request));
    return handTokens(request, reply, pair, this.env);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Exchange a refresh token for a new pair; using one twice ends the session' })
  @ApiRotaClient()
  @ApiBody({ type: RefreshDto, required: false })
  @ApiOkResponse({ type: TokensResponse })
  @ApiNoContentResponse({
    description: 'Asked with `X-Rota-Client: web` by a browser that holds no session.',
  })
  @ApiProblems(401, 403)
  async refresh(
    @Body() dto: RefreshDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensResponse | undefined> {
    const sent = dto.refresh_token;
    if (sent === undefined && wantsCookie(request) && !hasRefreshCookie(request)) {
      // The web client asks at every start; a visitor who has not signed in has done nothing wrong.
      void reply.status(204);
      return undefined;
    }
    const pair = await this.auth.refresh(sent ?? refreshTokenOfCookie(request));
    const asCookie = sent === undefined || wantsCookie(request);
    return handTokens(request, reply, pair, this.env, asCookie);
  }

  @Post('logout')
  @HttpCode(204)
  @AnyRole()
  @ApiOperation({ summary: 'End this session; its access token stops working at once' })
  @ApiNoContentResponse()
  async logout(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(actor, actor.sessionId, 'logout');
    clearRefreshCookie(reply, this.env);
  }

  @Get('me')
  @AnyRole()
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ type: UserResponse })
  me(@CurrentActor() actor: Actor): Promise<UserResponse> {
    return this.users.get(actor, actor.id);
  }

  @Post('change-password')
  @HttpCode(204)
  @AnyRole()
  @ApiOperation({ summary: "Change one's own password; other sessions end" })
  @ApiNoContentResponse()
  @ApiProblems(429)
  changePassword(@CurrentActor() actor: Actor, @Body() dto: ChangePasswordDto): Promise<void> {
    return this.passwords.change(actor, dto);
  }
}
