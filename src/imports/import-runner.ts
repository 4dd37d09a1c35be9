import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Env } from '../config/env.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Jobs } from '../jobs/jobs.js';
import { ChunkImporter } from './chunk-importer.js';
import { FileStore } from './file-store.js';
import { Import } from './import.entity.js';
import { ImportLeaseRepository } from './import-lease.repository.js';
import { ImportSurvey } from './import-survey.js';
import { ImportUndo } from './import-undo.js';
import { ImportsRepository } from './imports.repository.js';
import { readChunks } from './read-import.js';
import { LeadFileError } from './reading/file.errors.js';

/** The job that does one import; its data names which. */
export const RUN_IMPORT = 'run-import';
/** The longest that the library allows; one that dies earlier is found by its lease. */
const LONGEST_SECONDS = 23 * 3_600;

/**
 * Runs imports in the background, one at a time per instance: chunk by chunk, each in its own transaction with its place
 * in the file. One that was cut off is found by whoever looks next, and goes on after its last committed chunk. Nine
 * dependencies: it is where files, rows, jobs and the end of an import meet.
 */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Imports');
  private isStopping = false;

  constructor(
    private readonly env: Env,
    private readonly transactions: TransactionRunner,
    private readonly jobs: Jobs,
    private readonly imports: ImportsRepository,
    private readonly leases: ImportLeaseRepository,
    private readonly files: FileStore,
    private readonly chunks: ChunkImporter,
    private readonly survey: ImportSurvey,
    private readonly undo: ImportUndo,
  ) {
    jobs.register<{ importId: number }>({
      name: RUN_IMPORT,
      expiresAfter: LONGEST_SECONDS,
      retries: 5,
      handle: ({ importId }) => this.run(importId),
    });
    jobs.register({
      name: 'resume-imports',
      cron: '* * * * *',
      isSingle: true,
      expiresAfter: 50,
      retries: 0,
      handle: () => this.resumeAll(),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.env.BACKGROUND_JOBS) await this.resumeAll();
  }

  /** Ends after the chunk that is being written. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** An import that somebody works on is left to them: they hold its lease. */
  private async resumeAll(): Promise<void> {
    for (const id of await this.imports.unfinished()) {
      const letGo = await this.leases.take(id);
      if (!letGo) continue;
      await letGo();
      await this.transactions.run((tx) => this.jobs.send(tx, RUN_IMPORT, { importId: id }, String(id)));
    }
  }

  /** Does what is left of an import, unless somebody else does. */
  async run(id: number, onProgress: (entry: Import) => void = () => {}): Promise<void> {
    const letGo = await this.leases.take(id);
    if (!letGo) return;
    try {
      const entry = await this.imports.begin(id);
      if (entry?.state === 'undoing') await this.undo.finish(entry, () => this.isStopping);
      else if (entry) await this.load(entry, onProgress);
    } catch (error) {
      if (!(error instanceof LeadFileError)) throw error;
      this.logger.warn({ import_id: id, err: error }, 'An import ended at its file');
      await this.imports.change(id, ['running'], {
        state: 'failed',
        error: error.message,
        finishedAt: new Date(),
      });
    } finally {
      await letGo();
    }
  }

  private async load(entry: Import, onProgress: (entry: Import) => void): Promise<void> {
    const path = await this.files.pathOf(entry);
    if (entry.rowsTotal === null && !(await this.survey.take(entry, path, () => this.isStopping))) return;
    let began = performance.now();
    let asked = began;
    /** Since the last chunk was begun: a chunk's own work counts with the next one. */
    const elapsed = (): number => {
      asked = performance.now();
      return asked - began;
    };
    const chunks = readChunks(path, entry, entry.rowsDone);
    let next = chunks.next();
    try {
      for (;;) {
        const { done, value: chunk } = await next;
        if (done) break;
        // The next rows are read while PostgreSQL stores these.
        next = chunks.next();
        next.catch(() => undefined);
        const mayGoOn = await this.chunks.write(entry, chunk, elapsed);
        began = asked;
        const now = await this.imports.find(entry.id);
        if (now) onProgress(now);
        if (!mayGoOn || this.isStopping) return;
      }
    } finally {
      await next.catch(() => undefined);
      await chunks.return(undefined);
    }
    await this.survey.forget(entry);
    const finished = await this.imports.change(entry.id, ['running'], {
      state: 'completed',
      bytesDone: entry.size ?? '0',
      finishedAt: new Date(),
    });
    if (finished) onProgress(finished);
  }
}
