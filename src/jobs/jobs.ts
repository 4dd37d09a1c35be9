import {
  BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  OnApplicationBootstrap,
} from '@nestjs/common';
import PgBoss from 'pg-boss';
import { inSpan } from '../common/span.js';
import { Env } from '../config/env.js';
import type { Transaction } from '../database/transaction-runner.js';

/** Where the jobs are: URL of the database that everything else is in. */
export const JOBS_DATABASE = Symbol('jobs database');

/** Schema of PostgreSQL that the job library keeps its tables in. */
const JOBS_SCHEMA = 'rota_jobs';
const DRAIN_MS = 30_000;

/** A kind of background work. */
export interface JobKind<Data extends object = object> {
  /** Its queue, in kebab case. */
  name: string;
  /** Does one job; a throw fails it, and it is tried again as often as `retries` says. */
  handle(data: Data, id: string): Promise<void>;
  /** When it comes by itself, as cron writes it, in UTC. */
  cron?: string;
  /** One waits and one runs at a time, however many instances there are; for others several run at once. */
  isSingle?: boolean;
  /** Seconds after which a job that has not ended counts as dead, and may be tried again. */
  expiresAfter: number;
  /** How often a job that failed or died is tried again, with growing pauses. */
  retries: number;
}

/**
 * Background work as rows in PostgreSQL: of many instances one does each job, and one that dies is made up for.
 * Modules register their kinds when they are constructed; the work begins when the application has started.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly kinds = new Map<string, JobKind>();
  private boss: Promise<PgBoss> | undefined;

  constructor(
    private readonly env: Env,
    @Inject(JOBS_DATABASE) private readonly url: string,
  ) {}

  register<Data extends object>(kind: JobKind<Data>): void {
    if (this.kinds.has(kind.name)) throw new Error(`There are two kinds of jobs named ${kind.name}`);
    this.kinds.set(kind.name, kind as unknown as JobKind);
  }

  /**
   * Leaves a job, which begins after the commit of `tx` and only if it commits.
   *
   * @param key of jobs with the same key one waits at a time; a further one is not added
   * @returns its id; null when the key has one waiting already
   */
  async send(tx: Transaction, name: string, data: object, key?: string): Promise<string | null> {
    const boss = await this.start();
    const executeSql = async (text: string, values: unknown[]) => ({
      rows: await tx.query<unknown[]>(text, values),
    });
    return boss.send(name, data, { db: { executeSql }, ...(key ? { singletonKey: key } : {}) });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.env.BACKGROUND_JOBS || this.kinds.size === 0) return;
    const boss = await this.start();
    for (const { name, cron, handle } of this.kinds.values()) {
      if (cron) await boss.schedule(name, cron);
      await boss.work<object>(name, { pollingIntervalSeconds: this.env.JOBS_POLL_SECONDS }, async (jobs) => {
        for (const job of jobs) await inSpan(`job ${name}`, () => handle(job.data ?? {}, job.id));
      });
    }
  }

  /** Lets jobs that are under way finish. */
  async beforeApplicationShutdown(): Promise<void> {
    const boss = await this.boss?.catch(() => undefined);
    await boss?.stop({ graceful: true, wait: true, timeout: DRAIN_MS });
  }

  /** Instances that do no jobs connect only when they have one to leave. */
  private start(): Promise<PgBoss> {
    this.boss ??= this.open().catch((error: unknown) => {
      this.boss = undefined;
      throw error;
    });
    return this.boss;
  }

  private async open(): Promise<PgBoss> {
    const boss = new PgBoss({
      connectionString: this.url,
      schema: JOBS_SCHEMA,
      application_name: 'rota-jobs',
      max: 2,
      supervise: this.env.BACKGROUND_JOBS,
      schedule: this.env.BACKGROUND_JOBS,
    });
    // Without a listener an error of its connection would end the process.
    boss.on('error', (error) => this.logger.warn({ err: error }, 'Background jobs pause'));
    await boss.start();
    for (const { name, isSingle, expiresAfter, retries } of this.kinds.values()) {
      await boss.createQueue(name, {
        name,
        policy: isSingle ? 'stately' : 'standard',
        expireInSeconds: expiresAfter,
        retryLimit: retries,
        retryBackoff: retries > 0,
      });
    }
    return boss;
  }
}
