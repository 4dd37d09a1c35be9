import { Injectable, Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { Env } from '../../config/env.js';
import { authErrors } from '../auth.errors.js';
import { ProviderAccount } from './provider-accounts.repository.js';

const TIMEOUT_SECONDS = 10;

/** What a browser keeps between going to the provider and coming back: without it an answer of the provider is worth nothing. */
export interface Errand {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the provider signed in, as far as Rota asks. */
export interface ProvidedIdentity {
  account: ProviderAccount;
  email: string | undefined;
  emailIsVerified: boolean;
}

/** The company's OpenID Connect provider: authorization code with PKCE, state and nonce; signatures are always checked. */
@Injectable()
export class IdentityProvider {
  private readonly log = new Logger(IdentityProvider.name);
  private known: Promise<Configuration> | undefined;

  constructor(private readonly env: Env) {}

  get isOn(): boolean {
    return this.env.OIDC_ISSUER !== undefined;
  }

  /** @throws Problem 404 when there is no provider, 503 when it does not answer */
  async begin(): Promise<{ location: string; errand: Errand }> {
    const provider = await this.provider();
    const errand = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const location = buildAuthorizationUrl(provider, {
      redirect_uri: this.env.OIDC_REDIRECT_URI ?? '',
      scope: 'openid email',
      code_challenge: await calculatePKCECodeChallenge(errand.verifier),
      code_challenge_method: 'S256',
      state: errand.state,
      nonce: errand.nonce,
    });
    return { location: location.href, errand };
  }

  /**
   * @param query of the address that the provider sent the browser back to
   * @throws Problem 401 when it is no answer to this errand, 404, 503
   */
  async finish(query: string, { state, nonce, verifier }: Errand): Promise<ProvidedIdentity> {
    const provider = await this.provider();
    const address = new URL(this.env.OIDC_REDIRECT_URI ?? '');
    address.search = query;
    try {
      const tokens = await authorizationCodeGrant(provider, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('no claims');
      // Some providers tell the address in their token, others only when they are asked.
      const { email, email_verified } =
        claims.email === undefined && provider.serverMetadata().userinfo_endpoint
          ? await fetchUserInfo(provider, tokens.access_token, claims.sub)
          : claims;
      return {
        account: { issuer: claims.iss, subject: claims.sub },
        email: typeof email === 'string' ? email : undefined,
        emailIsVerified: email_verified === true,
      };
    } catch (error) {
      throw this.problemOf(error);
    }
  }

  /** Asked for at the first sign-in: a provider that is down does not keep Rota from starting. */
  private async provider(): Promise<Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.env;
    if (!OIDC_ISSUER) throw authErrors.singleSignOnOff();
    const issuer = new URL(OIDC_ISSUER);
    this.known ??= discovery(
      issuer,
      OIDC_CLIENT_ID ?? '',
      undefined,
      authentication(OIDC_CLIENT_SECRET ?? ''),
      {
        timeout: TIMEOUT_SECONDS,
        execute: [
          enableNonRepudiationChecks,
          ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
        ],
      },
    );
    try {
      return await this.known;
    } catch (error) {
      this.known = undefined;
      this.log.warn(`The identity provider cannot be asked what it is: ${reasonOf(error)}`);
      throw authErrors.providerUnavailable();
    }
  }

  private problemOf(error: unknown) {
    const reason = reasonOf(error);
    this.log.warn(`A single sign-on was refused: ${reason}`);
    return reason === 'OAUTH_TIMEOUT' || isUnreachable(error)
      ? authErrors.providerUnavailable()
      : authErrors.singleSignOnRefused();
  }
}

/** As the provider says it wants the secret; by the standard in the header when it says nothing. */
function authentication(secret: string): ClientAuth {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

/** Codes alone: what a provider says in words may hold what nobody should log. */
function reasonOf(error: unknown): string {
  const { code, error: told } = error as { code?: unknown; error?: unknown };
  return [code, told].filter((part) => typeof part === 'string').join(' ') || (error as Error).name;
}

function isUnreachable(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  return (
    (error instanceof TypeError && /fetch failed/.test(error.message)) ||
    (cause instanceof TypeError && /fetch failed/.test(cause.message)) ||
    (cause instanceof Response && cause.status >= 500)
  );
}
