import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { Env } from '../config/env.js';
import { UsersModule } from '../users/users.module.js';
import { AccessCheck } from './access-check.js';
import { AccessTokens } from './access-tokens.js';
import { ApiKey } from './api-keys/api-key.entity.js';
import { ApiKeyCheck } from './api-keys/api-key-check.js';
import { ApiKeyUsesRecorder } from './api-keys/api-key-uses.recorder.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Credentials } from './credentials.js';
import { JwtStrategy } from './jwt.strategy.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtSecret } from './jwt-secret.js';
import { LastActivityRecorder } from './last-activity.recorder.js';
import { LastActivityRepository } from './last-activity.repository.js';
import { LoginThrottle } from './login-throttle.js';
import { PasswordChangeService } from './password-change.service.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { RefreshToken } from './refresh-token.entity.js';
import { RolesGuard } from './roles.guard.js';
import { RouteAccessCheck } from './route-access.check.js';
import {
  SecondFactorController,
  SecondFactorResetController,
} from './second-factor/second-factor.controller.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SecondFactorCheck } from './second-factor/second-factor-check.js';
import { SecondFactorsRepository } from './second-factor/second-factors.repository.js';
import { SecretBox } from './second-factor/secret-box.js';
import { Session } from './session.entity.js';
import { SessionHousekeeping } from './session-housekeeping.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { SignInCompletion } from './sign-in-completion.js';
import { IdentityProvider } from './single-sign-on/identity-provider.js';
import { ProviderAccountsRepository } from './single-sign-on/provider-accounts.repository.js';
import { SingleSignOnController } from './single-sign-on/single-sign-on.controller.js';
import { SingleSignOnService } from './single-sign-on/single-sign-on.service.js';
import { SingleSignOnCookies } from './single-sign-on/single-sign-on-cookies.js';
import { SingleSignOnResetController } from './single-sign-on/single-sign-on-reset.controller.js';
import { ThrottleRepository } from './throttle.repository.js';

/** Signing in; and for all of Rota the guards: who is asking, then whether their role may. */
@Module({
  imports: [
    AuditModule,
    TypeOrmModule.forFeature([Session, RefreshToken, ApiKey]),
    PassportModule,
    DiscoveryModule,
    UsersModule,
  ],
  controllers: [
    AuthController,
    SessionsController,
    ApiKeysController,
    SecondFactorController,
    SecondFactorResetController,
    SingleSignOnController,
    SingleSignOnResetController,
  ],
  providers: [
    { provide: JwtSecret, useFactory: JwtSecret.of, inject: [Env] },
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    RouteAccessCheck,
    JwtStrategy,
    AccessTokens,
    AccessCheck,
    ApiKeyCheck,
    ApiKeysRepository,
    ApiKeysService,
    ApiKeyUsesRecorder,
    Credentials,
    AuthService,
    SignInService,
    SignInCompletion,
    IdentityProvider,
    ProviderAccountsRepository,
    SingleSignOnCookies,
    SingleSignOnService,
    PasswordChangeService,
    PasswordConfirmation,
    SecretBox,
    SecondFactorsRepository,
    SecondFactorCheck,
    SecondFactorService,
    SessionsRepository,
    SessionsService,
    SessionHousekeeping,
    ThrottleRepository,
    LoginThrottle,
    LastActivityRepository,
    LastActivityRecorder,
  ],
  exports: [AccessCheck],
})
export class AuthModule {}
