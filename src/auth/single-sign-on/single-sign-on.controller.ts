import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../../common/api-problems.js';
import { Env } from '../../config/env.js';
import { Public } from '../../users/access.decorators.js';
import { User } from '../../users/user.entity.js';
import { deviceOf } from '../device.js';
import { TokensResponse } from '../dto/tokens.response.js';
import { ApiRotaClient, handTokens } from '../hand-tokens.js';
import { SignInCompletion } from '../sign-in-completion.js';
import {
  SingleSignOnCodeDto,
  SingleSignOnFinishDto,
  SingleSignOnResponse,
  SingleSignOnStartResponse,
} from './dto/single-sign-on.dto.js';
import { IdentityProvider } from './identity-provider.js';
import { SingleSignOnService } from './single-sign-on.service.js';
import { SingleSignOnCookies } from './single-sign-on-cookies.js';

/** Signing in at the company's own provider. */
@ApiTags('Auth')
@Public()
@Controller('api/v1/auth/single-sign-on')
export class SingleSignOnController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly singleSignOn: SingleSignOnService,
    private readonly completion: SignInCompletion,
    private readonly cookies: SingleSignOnCookies,
    private readonly env: Env,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether one can sign in at a provider' })
  @ApiOkResponse({ type: SingleSignOnResponse })
  state(): SingleSignOnResponse {
    return { enabled: this.provider.isOn, name: this.env.OIDC_NAME };
  }

  @Post('start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin: the address at the provider to send the browser to' })
  @ApiOkResponse({ type: SingleSignOnStartResponse })
  @ApiProblems(404)
  async start(@Res({ passthrough: true }) reply: FastifyReply): Promise<SingleSignOnStartResponse> {
    const { location, errand } = await this.provider.begin();
    this.cookies.keepErrand(reply, errand);
    void reply.header('Cache-Control', 'no-store');
    return { location };
  }

  @Post('finish')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in with what the provider answered',
    description:
      'Whoever has a second factor is answered 401 `second-factor-required` and goes on with `code`. An answer of the provider is good for one attempt, by the browser that began.',
  })
  @ApiRotaClient()
  @ApiOkResponse({ type: TokensResponse })
  @ApiProblems(401, 403, 404, 429)
  async finish(
    @Body() dto: SingleSignOnFinishDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensResponse> {
    const errand = this.cookies.takeErrand(request, reply);
    const user = await this.singleSignOn.identify(dto.query, errand, deviceOf(request));
    // Before the session is opened: whoever lacks their code comes back with this and the code.
    this.cookies.keepUser(reply, user.id);
    return this.complete(user, request, reply);
  }

  @Post('code')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with the code of the second factor, after the provider' })
  @ApiRotaClient()
  @ApiOkResponse({ type: TokensResponse })
  @ApiProblems(401, 429)
  async code(
    @Body() dto: SingleSignOnCodeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensResponse> {
    const user = await this.singleSignOn.find(this.cookies.userId(request));
    return this.complete(user, request, reply, dto.code);
  }

  private async complete(
    user: User,
    request: FastifyRequest,
    reply: FastifyReply,
    code?: string,
  ): Promise<TokensResponse> {
    const pair = await this.completion.complete(user, deviceOf(request), { code, method: 'single_sign_on' });
    this.cookies.forgetUser(reply);
    return handTokens(request, reply, pair, this.env);
  }
}
