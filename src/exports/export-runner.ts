import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { Problem } from '../common/problem.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Jobs } from '../jobs/jobs.js';
import { LeadFilterDto } from '../leads/dto/list-leads.query.js';
import { assertMayFilter } from '../leads/lead.policy.js';
import { hasLetters, SearchMode, searchWords } from '../leads/lead-conditions.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { LeadExport } from './export.entity.js';
import { mayExport } from './export-columns.js';
import { ExportConnection, ExportConnections } from './export-connection.repository.js';
import { ExportFiles } from './export-files.js';
import { copySql, matchesSql, WantedRows } from './export-query.js';
import { ClaimedExport, ExportsRepository } from './exports.repository.js';
import { workbook } from './workbook.js';

export const EXPORT_JOB = 'lead-export';

const MOST_ATTEMPTS = 3;
const LOOK_MS = 500;
const COUNTED_EXACTLY = 10_000;
/** Excel takes a file without it for one of another encoding. */
const BYTE_ORDER_MARK = '\ufeff';

/** Why an export stops before its end. */
class Stopped extends Error {
  constructor(readonly reason: 'cancelled' | 'shutdown') {
    super(`The export was stopped: ${reason}`);
  }
}

/**
 * Writes the files of exports, as a background job, straight from one COPY of the database: memory stays flat however
 * many rows there are. Seven dependencies: rows, files, connections and facts meet here.
 */
@Injectable()
export class ExportRunner implements OnModuleDestroy {
  private readonly logger = new Logger(ExportRunner.name);
  private readonly running = new Set<AbortController>();

  constructor(
    jobs: Jobs,
    // Not `exports`, which is CommonJS's name for what this file exports.
    private readonly records: ExportsRepository,
    private readonly connections: ExportConnections,
    private readonly files: ExportFiles,
    private readonly transactions: TransactionRunner,
    private readonly outbox: Outbox,
  ) {
    jobs.register<{ export_id: number }>({
      name: EXPORT_JOB,
      handle: ({ export_id }) => this.run(export_id),
      // Whose process dies is found long before that, by its lock.
      expiresAfter: 6 * 60 * 60,
      retries: 2,
    });
  }

  /** What is not done by then begins anew at another instance, or after the start. */
  onModuleDestroy(): void {
    for (const controller of this.running) controller.abort(new Stopped('shutdown'));
  }

  async run(id: number): Promise<void> {
    const connection = await this.connections.open(id);
    if (!connection) return;
    const controller = new AbortController();
    this.running.add(controller);
    try {
      const claimed = await this.records.claim(id);
      if (claimed) await this.write(claimed, connection, controller);
    } finally {
      this.running.delete(controller);
      await connection.close();
    }
  }

  private async write(
    claimed: ClaimedExport,
    connection: ExportConnection,
    controller: AbortController,
  ): Promise<void> {
    const { made } = claimed;
    const watch = setInterval(() => void this.look(made.id, connection, controller), LOOK_MS);
    try {
      if (made.attempts > MOST_ATTEMPTS) throw new Error('three attempts have not been enough');
      const wanted = await this.wanted(claimed, connection);
      await this.copy(claimed, wanted, connection, controller.signal);
      const bytes = await this.files.complete(made);
      await this.finish(made, connection.rowCount, bytes);
    } catch (error) {
      await this.files.discard(made).catch(() => undefined);
      await this.stopped(made, controller.signal.aborted ? controller.signal.reason : error);
    } finally {
      clearInterval(watch);
    }
  }

  /** What they may see is decided now, not when they asked. @throws Problem 403 */
  private async wanted(
    { made, role, isActive }: ClaimedExport,
    connection: ExportConnection,
  ): Promise<WantedRows> {
    if (!isActive) throw new Problem(403, 'inactive', 'The account is no longer active.');
    const actor: Actor = { id: made.userId, role, sessionId: '' };
    const filter = plainToInstance(LeadFilterDto, made.filter);
    assertMayFilter(actor, filter);
    const rows = (mode: SearchMode) => matchesSql({ actor, filter, mode });
    // As the list does: typing errors are forgiven only where nothing is found letter by letter.
    const counted = await connection.count(rows('exact'), COUNTED_EXACTLY);
    const isSimilar = counted === 0 && searchWords(filter.q).some(hasLetters);
    const mode: SearchMode = isSimilar ? 'similar' : 'exact';
    const isMany = counted > COUNTED_EXACTLY || isSimilar;
    await this.records.expect(
      made.id,
      isMany ? Math.max(counted, await connection.estimate(rows(mode))) : counted,
    );
    return { actor, filter, mode, sort: made.sort };
  }

  private async copy(
    { made, role }: ClaimedExport,
    wanted: WantedRows,
    connection: ExportConnection,
    signal: AbortSignal,
  ): Promise<void> {
    const columns = made.columns.filter((name) => mayExport(role, name));
    const file = await this.files.begin(made);
    const rows = connection.copy(copySql(made.format, columns, wanted));
    if (made.format === 'csv') file.write(BYTE_ORDER_MARK);
    const source: Readable = made.format === 'xlsx' ? workbook(columns, rows) : rows;
    await pipeline(source, file, { signal });
  }

  private async finish(made: LeadExport, rows: number, bytes: number): Promise<void> {
    const isWanted = await this.transactions.run(async (tx) => {
      if (!(await this.records.finish(tx, made.id, rows, bytes))) return false;
      const payload = { exportId: made.id, format: made.format, rows };
      await this.outbox.append(tx, { type: 'export.finished', actorId: made.userId, payload });
      return true;
    });
    if (!isWanted) await this.files.discard(made);
  }

  private async look(id: number, connection: ExportConnection, controller: AbortController): Promise<void> {
    const isWanted = await this.records.progress(id, connection.processId).catch(() => true);
    if (!isWanted) controller.abort(new Stopped('cancelled'));
  }

  /** @throws Stopped on shutdown, so that the job is tried again */
  private async stopped(made: LeadExport, reason: unknown): Promise<void> {
    if (reason instanceof Stopped) {
      if (reason.reason === 'cancelled') return;
      await this.records.putBack(made.id);
      throw reason;
    }
    this.logger.warn({ err: reason, export_id: made.id }, 'An export failed');
    await this.records.fail(made.id, explanationOf(reason));
  }
}

function explanationOf(error: unknown): string {
  if (error instanceof Problem) return error.detail;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'There is no room left for the file.';
  return 'The export could not be written. Try again.';
}
