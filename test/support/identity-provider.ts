import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Whom the provider signs in; it knows people by their address, unless it is told otherwise. */
export interface Person {
  sub?: string;
  email?: string;
  email_verified?: boolean;
}

/** What can be wrong with a token. */
export interface Forgery {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: KeyObject;
}

interface Grant {
  person: Person;
  query: URLSearchParams;
}

const CLIENT = { id: 'rota tests', secret: 'a secret: of the tests' };
/** Nothing listens there: tests carry the answer to the application by hand. */
export const REDIRECT_URI = 'https://rota.example.com/sign-in/callback';

const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** An OpenID Connect provider on this machine, which asks nobody for a password: authorization code with PKCE, RS256. */
export class TestIdentityProvider {
  /** Signed in next. */
  person: Person = {};
  forgery: Forgery = {};
  /** Says addresses only at the address for that. */
  tellsAtUserInfoOnly = false;
  isDown = false;
  /** Origin that browsers are sent back to instead of the redirect address's. */
  backTo: string | undefined;
  /** How often somebody wanted tokens. */
  tokenRequests = 0;
  private readonly keys = newKeys();
  private readonly grants = new Map<string, Grant>();
  private readonly people = new Map<string, Person>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<TestIdentityProvider> {
    const provider = new TestIdentityProvider();
    await new Promise<void>((done) => provider.server.listen(0, '127.0.0.1', done));
    return provider;
  }

  /** Another name than the application's: for a browser another site. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Environment variables of an application that trusts it. */
  settings(redirectUri = REDIRECT_URI): Record<string, string> {
    return {
      OIDC_ISSUER: this.url,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_REDIRECT_URI: redirectUri,
      OIDC_NAME: 'Example Directory',
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', this.url);
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (this.isDown) return void json(500, { error: 'server_error' });
    if (address.pathname === '/.well-known/openid-configuration') return void json(200, this.metadata());
    if (address.pathname === '/keys')
      return void json(200, { keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'one' }] });
    if (address.pathname === '/authorize') return this.authorize(address.searchParams, response);
    if (address.pathname === '/token') {
      this.tokenRequests += 1;
      const tokens = this.exchange(new URLSearchParams(await text(request)), request);
      return void (tokens ? json(200, tokens) : json(400, { error: 'invalid_grant' }));
    }
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const person = this.people.get(token);
    return void (person ? json(200, person) : json(401, { error: 'invalid_token' }));
  }

  private metadata() {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      userinfo_endpoint: `${this.url}/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  /** `login_hint` says who signs in, where the test cannot say it before. */
  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const hint = query.get('login_hint');
    const isProper =
      query.get('client_id') === CLIENT.id &&
      query.get('response_type') === 'code' &&
      query.get('code_challenge_method') === 'S256' &&
      (query.get('scope') ?? '').split(' ').includes('openid');
    if (!isProper) return void response.writeHead(400).end('not a request of Rota');
    const code = randomUUID();
    const person = hint ? { email: hint, email_verified: true } : this.person;
    this.grants.set(code, { person, query });
    const redirectUri = new URL(query.get('redirect_uri') ?? '');
    const back = new URL(redirectUri.pathname, this.backTo ?? redirectUri.origin);
    back.search = String(new URLSearchParams({ code, state: query.get('state') ?? '' }));
    response.writeHead(302, { location: back.href }).end();
  }

  /** @returns undefined when anything does not fit what the code was given out for */
  private exchange(form: URLSearchParams, { headers }: IncomingMessage) {
    const grant = this.grants.get(form.get('code') ?? '');
    this.grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const basic = [CLIENT.id, CLIENT.secret]
      .map((part) => new URLSearchParams({ part }).toString().slice('part='.length))
      .join(':');
    const isProper =
      grant?.query.get('code_challenge') === challenge &&
      grant.query.get('redirect_uri') === form.get('redirect_uri') &&
      headers.authorization === `Basic ${Buffer.from(basic).toString('base64')}`;
    if (!grant || !isProper) return undefined;
    const token = randomUUID();
    const subject = grant.person.sub ?? grant.person.email?.toLowerCase() ?? token;
    this.people.set(token, { ...grant.person, sub: subject });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.url,
      sub: subject,
      aud: CLIENT.id,
      iat: now,
      exp: now + 300,
      nonce: grant.query.get('nonce'),
      ...(!this.tellsAtUserInfoOnly && grant.person),
      ...this.forgery.claims,
    };
    return { access_token: token, token_type: 'Bearer', expires_in: 300, id_token: this.sign(claims) };
  }

  private sign(claims: object): string {
    const header = { alg: 'RS256', typ: 'JWT', kid: 'one', ...this.forgery.header };
    const signed = `${encode(header)}.${encode(claims)}`;
    const key = this.forgery.key ?? this.keys.privateKey;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
}

/** A key that no provider has told of. */
export const anotherKey = (): KeyObject => newKeys().privateKey;
