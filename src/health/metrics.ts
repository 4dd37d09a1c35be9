import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ConsumerStatus, OutboxStatus } from '../outbox/outbox-status.repository.js';
import { DatabaseProbe } from './database-probe.repository.js';
import { RealtimeMetrics } from './realtime-metrics.js';
import { ReplicaMetrics } from './replica-metrics.js';

/** Prometheus metrics of this process: requests by route, the connection pool, facts waiting to be told. */
@Injectable()
export class Metrics implements OnApplicationBootstrap {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    database: DatabaseProbe,
    outbox: OutboxStatus,
    realtime: RealtimeMetrics,
    replica: ReplicaMetrics,
  ) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'database_pool_connections',
      help: 'Connections of the pool by state; waiting counts requests without one',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        for (const [state, count] of Object.entries(database.poolUse())) this.set({ state }, count);
      },
    });
    const gaugeOfConsumers = (name: string, help: string, read: (status: ConsumerStatus) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['consumer'],
        registers: [this.registry],
        async collect() {
          this.reset();
          // Without its database the process still has figures to tell.
          for (const status of await outbox.read().catch(() => []))
            this.set({ consumer: status.consumer }, read(status));
        },
      });
    gaugeOfConsumers('outbox_pending', 'Facts not delivered yet, up to 10,000', (status) => status.pending);
    gaugeOfConsumers('outbox_lag_seconds', 'Age of the oldest of them', (status) => status.lagSeconds);
    gaugeOfConsumers(
      'outbox_dead',
      'Deliveries that were given up until they are replayed',
      (status) => status.dead,
    );
    new Gauge({
      name: 'outbox_log_room',
      help: 'Facts that the partitions of the log have room for; the housekeeping makes more',
      registers: [this.registry],
      async collect() {
        // Without its database the last known figure stays.
        const room = await outbox.room().catch(() => undefined);
        if (room !== undefined) this.set(room);
      },
    });
    realtime.register(this.registry);
    replica.register(this.registry);
  }

  /** Hooks of Fastify must be in place before the server is ready. */
  onApplicationBootstrap(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance() as FastifyInstance;
    fastify.addHook('onResponse', (request, reply, done) => {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
      };
      this.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }
}
