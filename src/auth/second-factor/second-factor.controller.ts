import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { AnyRole, CurrentActor, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import { AUTH_PATHS } from '../auth.controller.js';
import {
  ConfirmDto,
  EnrolDto,
  EnrolmentResponse,
  PasswordAndCodeDto,
  RecoveryCodesResponse,
  SecondFactorResponse,
} from './dto/second-factor.dto.js';
import { SecondFactorService } from './second-factor.service.js';

@ApiTags('Auth')
@AnyRole()
@Controller(AUTH_PATHS.map((path) => `${path}/second-factor`))
export class SecondFactorController {
  constructor(private readonly factors: SecondFactorService) {}

  @Get()
  @ApiOperation({ summary: "Whether one's own sign-in takes a code" })
  @ApiOkResponse({ type: SecondFactorResponse })
  state(@CurrentActor() actor: Actor): Promise<SecondFactorResponse> {
    return this.factors.state(actor);
  }

  @Post('enrol')
  @HttpCode(200)
  @ApiOperation({ summary: 'A secret for an authenticator app (RFC 6238); it counts once it is confirmed' })
  @ApiOkResponse({ type: EnrolmentResponse })
  @ApiProblems(409, 429)
  enrol(
    @CurrentActor() actor: Actor,
    @Body() dto: EnrolDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolmentResponse> {
    void reply.header('Cache-Control', 'no-store');
    return this.factors.enrol(actor, dto.current_password);
  }

  @Post('confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Turn it on with a first code; other sessions end' })
  @ApiOkResponse({ type: RecoveryCodesResponse })
  @ApiProblems(409, 429)
  confirm(
    @CurrentActor() actor: Actor,
    @Body() dto: ConfirmDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesResponse> {
    void reply.header('Cache-Control', 'no-store');
    return this.factors.confirm(actor, dto.code);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'New recovery codes instead of the old ones' })
  @ApiOkResponse({ type: RecoveryCodesResponse })
  @ApiProblems(409, 429)
  renewCodes(
    @CurrentActor() actor: Actor,
    @Body() dto: PasswordAndCodeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesResponse> {
    void reply.header('Cache-Control', 'no-store');
    return this.factors.renewCodes(actor, dto);
  }

  @Post('disable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Turn it off' })
  @ApiNoContentResponse()
  @ApiProblems(409, 429)
  disable(@CurrentActor() actor: Actor, @Body() dto: PasswordAndCodeDto): Promise<void> {
    return this.factors.disable(actor, dto);
  }
}

@ApiTags('Users')
@Roles(UserRole.ADMIN)
@Controller('api/v1/users')
export class SecondFactorResetController {
  constructor(private readonly factors: SecondFactorService) {}

  @Post(':id/reset-second-factor')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take the second factor of a user away who lost it; their sessions end' })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiNoContentResponse()
  @ApiProblems(404)
  reset(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.factors.reset(actor, id);
  }
}
