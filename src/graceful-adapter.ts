import { setTimeout as sleep } from 'node:timers/promises';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { sendProblem } from './common/problem.filter.js';
import { Problem } from './common/problem.js';

const READINESS = '/health/ready';

const leaving = (): Problem =>
  new Problem(503, 'leaving', 'This instance is about to stop; ask another one.', {
    headers: { 'Retry-After': '1' },
  });

/**
 * Leaves a load balancer without a failed request. At first it is only not ready any more, and every answer ends its
 * connection; when those who asked it have gone elsewhere, it takes no connection. Background work ends last: Nest would
 * end it before the server, and work that waits for a lock would keep a leaving instance among the living.
 */
export class GracefulAdapter extends FastifyAdapter {
  private isLeaving = false;
  private closed: Promise<void> | undefined;

  /** @param graceSeconds for load balancers to notice; 0 closes the door at once */
  constructor(
    options: FastifyServerOptions,
    private readonly graceSeconds: number,
  ) {
    super(options);
    const fastify = this.getInstance() as unknown as FastifyInstance;
    fastify.addHook('onRequest', (request, reply, done) => {
      if (this.isLeaving && request.url.split('?')[0] === READINESS) sendProblem(leaving(), request, reply);
      else done();
    });
    // A connection that is kept alive would hold up the shutdown, or be cut off with a request on its way; one whose
    // request was not read to its end has no place for another.
    fastify.addHook('onSend', (request, reply, _payload, done) => {
      if (this.isLeaving || !request.raw.complete) void reply.header('Connection', 'close');
      done();
    });
    // Nor would one be ended whose answer had begun before: it was not idle when the others were ended.
    fastify.addHook('onResponse', (_request, _reply, done) => {
      if (this.closed) setImmediate(() => fastify.server.closeIdleConnections());
      done();
    });
  }

  /** Resolves when no new connection is taken; the requests that are open go on. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    await sleep(this.graceSeconds * 1_000);
    void this.close();
  }

  override close(): Promise<void> {
    this.isLeaving = true;
    this.closed ??= super.close();
    return this.closed;
  }
}
