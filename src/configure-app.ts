import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { acceptFiles } from './common/accept-files.js';
import { acceptJson } from './common/accept-json.js';
import { PinoLoggerService } from './common/logger.js';
import { ProblemFilter, sendProblem, toProblem } from './common/problem.filter.js';
import { createValidationPipe } from './common/validation.pipe.js';
import { Env } from './config/env.js';
import { followRequests } from './follow-requests.js';
import { GracefulAdapter } from './graceful-adapter.js';
import { serveApiDocumentation } from './openapi.js';
import { serveWebClient } from './web-client.js';

/**
 * The application as it runs in production; the end-to-end tests build the very same one.
 *
 * @param databaseUrl of a database that is migrated
 */
export async function createApp(
  env: Env,
  databaseUrl: string,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(env, databaseUrl),
    createAdapter(env),
    { logger: new PinoLoggerService(logger), abortOnError: false, bodyParser: false },
  );
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  acceptJson(fastify, env.BODY_LIMIT_BYTES);
  acceptFiles(fastify);
  followRequests(fastify, logger, env.LOG_SAMPLE);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
  });
  await app.register(cookie);
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] });
  app.enableCors({
    origin: env.CORS_ORIGINS,
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['ETag', 'Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveApiDocumentation(app);
  await serveWebClient(app, env.WEB_ROOT);
  return app;
}

function createAdapter(env: Env): FastifyAdapter {
  const options: FastifyServerOptions = {
    bodyLimit: env.BODY_LIMIT_BYTES,
    requestTimeout: env.REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 72_000,
    trustProxy: env.TRUST_PROXY,
    forceCloseConnections: 'idle',
    genReqId: (request) => acceptableRequestId(request.headers['x-request-id']) ?? randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => sendProblem(toProblem(error), request, reply),
  };
  return new GracefulAdapter(options, env.SHUTDOWN_GRACE_SECONDS);
}

/** A caller's own id is taken when it cannot do harm in a log. */
function acceptableRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,64}$/.test(header) ? header : undefined;
}

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // The API documentation and the component library set style attributes.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};
