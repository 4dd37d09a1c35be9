import { LoggerService, LogLevel as NestLogLevel } from '@nestjs/common';
import pino, { DestinationStream, LoggerOptions, Logger as PinoLogger } from 'pino';
import { isError } from './is-error.js';
import { requestContext } from './request-context.js';
import { traceId } from './span.js';

/** Never in a log, wherever in an object they stand. */
const SECRET_FIELDS = [
  'password',
  'current_password',
  'new_password',
  'access_token',
  'refresh_token',
  'token',
  'ein',
  'authorization',
  'cookie',
];

/**
 * The process's structured logger: JSON lines, secrets and EINs removed, the ids of request and trace added.
 *
 * @param destination standard output unless given
 */
export function createLogger(level: string, destination?: DestinationStream): PinoLogger {
  const options: LoggerOptions = {
    level,
    base: { service: 'rota' },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const context = requestContext.getStore();
      const trace = traceId();
      return { ...(context ? { request_id: context.requestId } : {}), ...(trace ? { trace_id: trace } : {}) };
    },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.headers.${field}`]),
      censor: '[removed]',
    },
    serializers: { err: withoutValues },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Errors of the database carry the statement's values, which may be personal: keep only what explains the fault. */
function withoutValues(error: unknown): unknown {
  if (!isError(error)) return error;
  const { name, message, stack } = error;
  const { code, constraint, table } = error as Error & { code?: string; constraint?: string; table?: string };
  const query = (error as Error & { query?: string }).query;
  return { type: name, message, code, constraint, table, query, stack };
}

const STARTING = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's own messages in the same log. */
export class PinoLoggerService implements LoggerService {
  constructor(private readonly pino: PinoLogger) {}

  log(message: unknown, ...rest: unknown[]): void {
    // Nest tells of every route and module as it starts: of use to us alone.
    this.write(STARTING.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    // What Nest says as it fails to listen, it throws as well, and whoever started it says it better.
    this.write(rest.at(-1) === 'NestApplication' ? 'debug' : 'error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  setLogLevels(_levels: NestLogLevel[]): void {
    // The level is set once, by LOG_LEVEL.
  }

  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const strings = rest.filter((part): part is string => typeof part === 'string');
    const context = strings.at(-1);
    const stack = strings.length > 1 ? strings[0] : undefined;
    if (typeof message === 'object' && message !== null)
      this.pino[level]({ ...message, context: rest.at(-1) }, strings[0]);
    else this.pino[level]({ context, ...(stack ? { stack } : {}) }, String(message));
  }
}
