import { crc32 } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LONGEST_USER_AGENT, requestContext } from './common/request-context.js';
import { nameRequestSpan } from './common/span.js';

const SAFE_METHODS = new Set(['GET', 'HEAD']);
/** Slower ones are logged whatever the sample is. */
const SLOW_MS = 1_000;

/**
 * Gives every request an id that its logs and answers carry, and logs one line when it is answered.
 *
 * @param sample share of the requests that are logged, from 0 to 1, of those that were answered well and soon; all others are
 */
export function followRequests(fastify: FastifyInstance, logger: Logger, sample: number): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    nameRequestSpan(request.method, routeOf(request));
    const { id: requestId, ip: ipAddress, headers } = request;
    const userAgent = headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null;
    const isSafe = SAFE_METHODS.has(request.method);
    requestContext.run({ requestId, ipAddress, userAgent, isSafe }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const isRemarkable = reply.statusCode >= 400 || reply.elapsedTime >= SLOW_MS;
    if (isRemarkable || isInSample(request.id, sample))
      logger.info(
        {
          request_id: request.id,
          method: request.method,
          route: routeOf(request),
          status: reply.statusCode,
          duration_ms: Math.round(reply.elapsedTime * 10) / 10,
          // How many requests the line stands for is one by this.
          ...(sample < 1 && !isRemarkable && { sample }),
        },
        'request',
      );
    done();
  });
}

/** By the id, so that a request that passes several instances is in the log of all or none. */
const isInSample = (id: string, sample: number): boolean => sample >= 1 || crc32(id) < sample * 2 ** 32;

/** The route's pattern, so that ids and search words stay out of the log. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}
