import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Jobs } from '../jobs/jobs.js';
import { ExportFiles } from './export-files.js';
import { EXPORT_JOB } from './export-runner.js';
import { ExportsRepository } from './exports.repository.js';

export const TIDY_EXPORTS_JOB = 'tidy-exports';

/** Every minute: begins exports anew whose process died, and deletes files whose time is over. */
@Injectable()
export class ExportHousekeeping {
  constructor(
    private readonly jobs: Jobs,
    private readonly records: ExportsRepository,
    private readonly files: ExportFiles,
    private readonly transactions: TransactionRunner,
  ) {
    jobs.register({
      name: TIDY_EXPORTS_JOB,
      handle: () => this.tidy(),
      cron: '* * * * *',
      isSingle: true,
      expiresAfter: 60,
      retries: 0,
    });
  }

  async tidy(): Promise<void> {
    const expired = await this.transactions.run(async (tx) => {
      for (const id of await this.records.abandoned(tx)) {
        await this.jobs.send(tx, EXPORT_JOB, { export_id: id });
      }
      return this.records.expire(tx);
    });
    for (const made of expired) await this.files.discard(made);
  }
}
