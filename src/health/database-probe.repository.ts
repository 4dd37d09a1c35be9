import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** Milliseconds for which an answer is good: health checks, which anyone may call, cannot cost the database more. */
const FRESH_FOR_MS = 1_000;

export interface PoolUse {
  total: number;
  idle: number;
  waiting: number;
}

/** Whether PostgreSQL answers, asked at most once a second however many ask us. */
@Injectable()
export class DatabaseProbe {
  private askedAt = 0;
  private answer: Promise<boolean> = Promise.resolve(false);

  constructor(private readonly dataSource: DataSource) {}

  isReachable(): Promise<boolean> {
    const now = performance.now();
    if (this.askedAt === 0 || now - this.askedAt > FRESH_FOR_MS) {
      this.askedAt = now;
      this.answer = this.dataSource.query('SELECT 1').then(
        () => true,
        () => false,
      );
    }
    return this.answer;
  }

  poolUse(): PoolUse {
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
  }
}
