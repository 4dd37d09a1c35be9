import { basename, join } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUrl,
  Max,
  Min,
  MinLength,
  ValidateIf,
  validateSync,
} from 'class-validator';

export type NodeEnv = 'development' | 'test' | 'production';
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

const ABOVE = join(__dirname, '..', '..');
/** Where builds go, also when run from the sources. */
const BUILT = basename(ABOVE) === 'dist' ? ABOVE : join(ABOVE, 'dist');

const toNumber = () => Transform(({ value }) => (typeof value === 'string' ? Number(value) : value));
const toBoolean = () =>
  Transform(({ value }) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  );
const toList = () =>
  Transform(({ value }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : value,
  );

/** Every setting Rota reads from the environment; names and defaults are documented in `.env.example`. */
export class Env {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: NodeEnv = 'development';

  @IsString()
  @MinLength(1)
  HOST: string = '127.0.0.1';

  @toNumber()
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT: number = 8001;

  /** Folder of the embedded PostgreSQL; unused when DATABASE_URL is set. */
  @IsString()
  @MinLength(1)
  DATA_DIR: string = '.data';

  /** Folder of files that are made or taken in: exports, imports. Instances that share a database share it. By default in DATA_DIR. */
  @IsOptional()
  @IsString()
  FILES_DIR?: string;

  @IsOptional()
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false })
  DATABASE_URL?: string;

  /** The same database through a pooler in transaction mode, for the pool of requests. */
  @IsOptional()
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false })
  DATABASE_POOLER_URL?: string;

  /** A streaming replica of the same database, or a pooler before it, that may answer reads. None when not given. */
  @IsOptional()
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false })
  DATABASE_REPLICA_URL?: string;

  /** Connections this process may hold open, to each server. */
  @toNumber()
  @IsInt()
  @Min(1)
  @Max(500)
  DATABASE_POOL_SIZE: number = 20;

  /** Milliseconds after which PostgreSQL cancels a statement. */
  @toNumber()
  @IsInt()
  @Min(100)
  STATEMENT_TIMEOUT_MS: number = 15_000;

  /** Milliseconds after which a request that has not been received is given up. */
  @toNumber()
  @IsInt()
  @Min(1_000)
  REQUEST_TIMEOUT_MS: number = 30_000;

  /** Seconds between SIGTERM and the end of listening, in which a load balancer notices that this instance is leaving. */
  @toNumber()
  @IsInt()
  @Min(0)
  @Max(300)
  SHUTDOWN_GRACE_SECONDS: number = 0;

  @toNumber()
  @IsInt()
  @Min(1_024)
  BODY_LIMIT_BYTES: number = 2 * 1024 * 1024;

  /** Folder of the built web client; nothing is served where there is none. By default beside the program, wherever it is started. */
  @IsString()
  @MinLength(1)
  WEB_ROOT: string = join(BUILT, 'web');

  /** Signs access tokens. Outside production a random one is kept in DATA_DIR. */
  @ValidateIf((env: Env) => env.NODE_ENV === 'production' || env.JWT_SECRET !== undefined)
  @IsString()
  @MinLength(32)
  JWT_SECRET?: string;

  /** Encrypts the secrets of authenticator apps; JWT_SECRET does when it is not given, and then cannot change without ending them. */
  @IsOptional()
  @IsString()
  @MinLength(32)
  ENCRYPTION_KEY?: string;

  @IsString()
  @MinLength(1)
  JWT_ISSUER: string = 'rota';

  @IsString()
  @MinLength(1)
  JWT_AUDIENCE: string = 'rota-api';

  @toNumber()
  @IsInt()
  @Min(30)
  @Max(86_400)
  ACCESS_TOKEN_TTL_SECONDS: number = 900;

  @toNumber()
  @IsInt()
  @Min(1)
  @Max(365)
  REFRESH_TOKEN_TTL_DAYS: number = 30;

  /** Days for which the audit trail says where a request came from; what was done stays. */
  @toNumber()
  @IsInt()
  @Min(1)
  @Max(3_650)
  AUDIT_ORIGIN_DAYS: number = 365;

  /** Address of a collector of traces; none are recorded without. Others of the standard's variables count too. */
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** Issuer of the company's OpenID Connect provider: people can sign in there. Off when not given. */
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  OIDC_ISSUER?: string;

  @IsOptional()
  @IsString()
  OIDC_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  /** Where the provider sends browsers back to: the web client's address and /sign-in/callback. */
  @IsOptional()
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  OIDC_REDIRECT_URI?: string;

  /** What people call the provider, for the button. */
  @IsString()
  @MinLength(1)
  OIDC_NAME: string = 'your company account';

  /** Browser origins that may call the API; comma separated. */
  @toList()
  @IsString({ each: true })
  CORS_ORIGINS: string[] = [];

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  LOG_LEVEL: LogLevel = 'info';

  /** Share of the requests that are logged, of those that were answered well and within a second. */
  @toNumber()
  @IsNumber({}, { message: 'must be a number from 0 to 1' })
  @Min(0)
  @Max(1)
  LOG_SAMPLE: number = 1;

  /** True when a reverse proxy in front sets X-Forwarded-For. */
  @toBoolean()
  @IsBoolean()
  TRUST_PROXY: boolean = false;

  /** IANA name of the zone whose days the company counts by: points, leaderboards, rollups. */
  @IsTimeZone()
  COMPANY_TIME_ZONE: string = 'America/New_York';

  /** Gives out leads by itself: when they come, when one is closed, every 30 minutes. Without it only by hand. */
  @toBoolean()
  @IsBoolean()
  AUTO_DISTRIBUTION: boolean = true;

  /** Does background jobs: schedules, exports, imports. Without it they wait for another instance. */
  @toBoolean()
  @IsBoolean()
  BACKGROUND_JOBS: boolean = true;

  /** Seconds between two looks for jobs that wait. */
  @toNumber()
  @IsInt()
  @Min(1)
  @Max(60)
  JOBS_POLL_SECONDS: number = 2;

  /** Folder on the server that admins may import files from; none when not given. */
  @IsOptional()
  @IsString()
  IMPORT_DIR?: string;

  /** Largest file of leads, in bytes. */
  @toNumber()
  @IsInt()
  @Min(1_024)
  IMPORT_MAX_BYTES: number = 20 * 1024 ** 3;

  /** Sockets one user may hold open at this process. */
  @toNumber()
  @IsInt()
  @Min(1)
  @Max(1_000)
  REALTIME_CONNECTIONS_PER_USER: number = 10;

  /** Sockets that one network address may begin within a minute, refused ones included. */
  @toNumber()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  REALTIME_HANDSHAKES_PER_MINUTE: number = 600;

  /** Lets webhooks go to private, loopback and link-local addresses too. */
  @toBoolean()
  @IsBoolean()
  WEBHOOKS_TO_PRIVATE_ADDRESSES: boolean = false;

  /** Loads demo users and leads into an empty database; refused in production. */
  @toBoolean()
  @IsBoolean()
  DEMO_DATA: boolean = true;
}

const OIDC_SETTINGS = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_REDIRECT_URI'] as const;

/** All of single sign-on or nothing; and in production nothing of it in the clear. */
function singleSignOnProblems(env: Env, production: boolean): string[] {
  const missing = OIDC_SETTINGS.filter((name) => env[name] === undefined);
  if (missing.length === OIDC_SETTINGS.length) return [];
  const inTheClear = OIDC_SETTINGS.filter((name) => production && env[name]?.startsWith('http:'));
  return [
    ...missing.map((name) => `${name}: must be given with the other settings of single sign-on`),
    ...inTheClear.map((name) => `${name}: must begin with https: when NODE_ENV=production`),
  ];
}

/** Names every wrong setting at once. */
export class InvalidEnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'an error' : 'errors'}:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.name = 'InvalidEnvironmentError';
  }
}

/**
 * Reads the settings from `source` (usually `process.env`). Empty values count as not set.
 *
 * @throws InvalidEnvironmentError listing every wrong value by name
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const production = source['NODE_ENV'] === 'production';
  const defaults: Partial<Record<keyof Env, unknown>> = production
    ? { DEMO_DATA: false }
    : { CORS_ORIGINS: ['http://localhost:3000'] };
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const known = Object.keys(new Env()).concat(
    'DATABASE_URL',
    'JWT_SECRET',
    'ENCRYPTION_KEY',
    'FILES_DIR',
    'IMPORT_DIR',
    ...OIDC_SETTINGS,
  );
  const picked = Object.fromEntries(known.filter((name) => name in given).map((name) => [name, given[name]]));
  const env = plainToInstance(Env, { ...defaults, ...picked });

  const problems = validateSync(env, { forbidUnknownValues: false }).map(
    (error) => `${error.property}: ${Object.values(error.constraints ?? {}).join('; ')}`,
  );
  if (production && env.DEMO_DATA === true) {
    problems.push('DEMO_DATA: demo data has known passwords and is refused when NODE_ENV=production');
  }
  problems.push(...singleSignOnProblems(env, production));
  if (problems.length > 0) throw new InvalidEnvironmentError(problems);
  return env;
}
