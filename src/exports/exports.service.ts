import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { Jobs } from '../jobs/jobs.js';
import { filterAsSent } from '../leads/filter-as-sent.js';
import { assertMayFilter } from '../leads/lead.policy.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { CreateExportDto, ExportListResponse, ExportResponse, ListExportsQuery } from './dto/export.dto.js';
import { exportErrors } from './export.errors.js';
import { toExportResponse } from './export.mapper.js';
import { EXPORT_COLUMNS, mayExport } from './export-columns.js';
import { ExportFiles } from './export-files.js';
import { EXPORT_JOB } from './export-runner.js';
import { ExportsRepository, ListedExport } from './exports.repository.js';

/** How many exports of one person may wait or run. */
export const MOST_UNFINISHED = 3;

export interface Download {
  name: string;
  format: ExportResponse['format'];
  size: number;
  stream: Readable;
}

/** One's own exports: asked for, looked at, cancelled, downloaded. Six dependencies: each is a place where an export leaves a trace. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly records: ExportsRepository,
    private readonly files: ExportFiles,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 403, 409 when there are too many under way, 422 */
  create(actor: Actor, { format, filter = {}, columns, sort }: CreateExportDto): Promise<ExportResponse> {
    assertMayFilter(actor, filter);
    const refused = columns?.find((name) => !mayExport(actor.role, name));
    if (refused) throw exportErrors.columnNotYours(refused);
    const chosen = columns ?? EXPORT_COLUMNS.filter((name) => mayExport(actor.role, name));
    return this.transactions.run(async (tx) => {
      const unfinished = await this.records.countUnfinished(tx, actor.id);
      if (unfinished >= MOST_UNFINISHED) throw exportErrors.tooMany(MOST_UNFINISHED);
      const wanted = {
        userId: actor.id,
        format,
        filter: filterAsSent(filter),
        columns: chosen,
        sort: sort ?? null,
      };
      const made = await this.records.insert(tx, wanted);
      const payload = { exportId: made.id, format, filter: made.filter, columns: chosen };
      await this.outbox.append(tx, { type: 'export.requested', actorId: actor.id, payload });
      await this.audit.record(tx, {
        action: AuditAction.EXPORT_REQUESTED,
        actor,
        subject: { type: 'export', id: made.id },
        // Filters may hold names: of them only which were set.
        details: { format, filters: Object.keys(made.filter), columns: chosen },
      });
      await this.jobs.send(tx, EXPORT_JOB, { export_id: made.id });
      return toExportResponse(made, 0);
    });
  }

  async list(actor: Actor, query: ListExportsQuery): Promise<ExportListResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const before = query.cursor === undefined ? null : readCursor(query.cursor);
    const rows = await this.records.page(actor.id, before, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      exports: page.map(({ made, downloads }) => toExportResponse(made, downloads)),
      next_cursor: rows.length > limit && last ? encodeCursor({ before: last.made.id }) : null,
    };
  }

  async get(actor: Actor, id: number): Promise<ExportResponse> {
    const { made, downloads } = await this.require(actor, id);
    return toExportResponse(made, downloads);
  }

  /** One that runs stops within a second. @throws Problem 404, 409 when it is over */
  async cancel(actor: Actor, id: number): Promise<ExportResponse> {
    await this.require(actor, id);
    const isCancelled = await this.transactions.run((tx) => this.records.cancel(tx, id));
    if (!isCancelled) throw exportErrors.isOver(id);
    return this.get(actor, id);
  }

  /** Taken down before the first byte goes out. @throws Problem 404 absent or expired, 409 not done */
  async download(actor: Actor, id: number, ipAddress: string): Promise<Download> {
    const { made } = await this.require(actor, id);
    if (made.state === 'expired') throw exportErrors.fileGone(id);
    if (made.state !== 'done') throw exportErrors.notDone(id);
    const file = await this.files.read(made);
    if (!file) throw exportErrors.fileGone(id);
    await this.transactions.run(async (tx) => {
      await this.records.logDownload(tx, id, actor.id, ipAddress);
      const payload = { exportId: id, format: made.format, rows: Number(made.rowsDone) };
      await this.outbox.append(tx, { type: 'export.downloaded', actorId: actor.id, payload });
      const details = { format: made.format, rows: payload.rows };
      const subject = { type: 'export', id };
      await this.audit.record(tx, { action: AuditAction.EXPORT_DOWNLOADED, actor, subject, details });
    });
    const day = made.createdAt.toISOString().slice(0, 10);
    return { ...file, format: made.format, name: `leads-${day}-${id}.${made.format}` };
  }

  private async require(actor: Actor, id: number): Promise<ListedExport> {
    const found = await this.records.find(id, actor.id);
    if (!found) throw exportErrors.notFound(id);
    return found;
  }
}

function readCursor(cursor: string): number {
  const { before } = decodeCursor(cursor);
  if (!Number.isSafeInteger(before) || Number(before) > 2_147_483_647) throw invalidCursor();
  return Number(before);
}
