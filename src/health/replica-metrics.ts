import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { ReplicaReads } from '../database/replica-reads.js';

/** Metrics of reads that a replica may answer; without one there are no values. */
@Injectable()
export class ReplicaMetrics {
  constructor(private readonly reads: ReplicaReads) {}

  register(registry: Registry): void {
    const { reads } = this;
    new Counter({
      name: 'replica_reads_total',
      help: 'Questions that the replica might answer: replica where it did, else why the primary had to',
      labelNames: ['answered'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [answered, count] of reads.counts) this.inc({ answered }, count);
      },
    });
    new Gauge({
      name: 'replica_lag_seconds',
      help: 'Age of the last transaction that the replica has, 0 when it has all; absent while it is away',
      registers: [registry],
      async collect() {
        const lag = await reads.lagSeconds().catch(() => undefined);
        if (lag === undefined) this.remove();
        else this.set(lag);
      },
    });
  }
}
