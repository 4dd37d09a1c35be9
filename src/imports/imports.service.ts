import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner.js';
import { UserRole } from '../enums/index.js';
import { Jobs } from '../jobs/jobs.js';
import { Actor } from '../users/actor.js';
import { ChangeImportDto, CreateImportDto } from './dto/import.dto.js';
import { FileStore } from './file-store.js';
import { Import, ImportKind } from './import.entity.js';
import { importErrors } from './import.errors.js';
import { DEFAULT_OPTIONS, ImportOptions, NPPES_OPTIONS } from './import-options.js';
import { RUN_IMPORT } from './import-runner.js';
import { ImportsRepository, isUnderWayConflict } from './imports.repository.js';
import { LeadFileError } from './reading/file.errors.js';
import { FileShape, shapeOf } from './reading/file-shape.js';
import { readRows } from './reading/source-rows.js';
import { ColumnMapping, identifiesLeads, suggestMapping } from './rows/column-mapping.js';
import { isDeactivationList, isNppesHeader } from './rows/nppes-columns.js';

const SAMPLE_ROWS = 200;

/** A piece of an upload, as Content-Range tells it. */
export interface Piece {
  from: number;
  to: number;
  total: number;
}

/** Brings files to where they can be imported: uploads, looks at them, settles columns and options, starts. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly imports: ImportsRepository,
    private readonly files: FileStore,
    private readonly jobs: Jobs,
  ) {}

  /** @throws Problem 404 */
  async get(id: number): Promise<Import> {
    const entry = await this.imports.find(id);
    if (!entry) throw importErrors.notFound(id);
    return entry;
  }

  async create(actor: Actor, dto: CreateImportDto): Promise<Import> {
    if (dto.from_folder === undefined) {
      if (!dto.file_name) throw importErrors.nameMissing();
      return this.imports.insert({
        fileName: dto.file_name,
        origin: 'upload',
        size: dto.size === undefined ? null : String(dto.size),
        options: DEFAULT_OPTIONS,
        state: 'uploading',
        createdById: actor.id,
      });
    }
    if (actor.role !== UserRole.ADMIN) throw importErrors.folderForAdmins();
    const path = await this.files.pathInFolder(dto.from_folder);
    return this.enter(
      { origin: 'folder', path: dto.from_folder, fileName: dto.from_folder, createdById: actor.id },
      path,
    );
  }

  /** An import of a file that is on this machine, ready to be started. @throws Problem 422, LeadFileError */
  async enter(values: Partial<Import>, path: string): Promise<Import> {
    const size = String(await this.files.sizeOf(path));
    const look = await this.look(path).catch(readably);
    return this.imports.insert({ ...values, ...look, size, received: size, state: 'ready' });
  }

  /**
   * Takes a piece of the file; with its last one the file is looked at.
   *
   * @throws Problem 409 when the piece does not begin where the upload has come to, 422 when the file is no table of leads
   */
  async receive(id: number, piece: Piece | null, body: Readable): Promise<Import> {
    const entry = await this.get(id);
    if (entry.state !== 'uploading') throw importErrors.wrongState(id, entry.state, 'uploaded to');
    const from = piece?.from ?? 0;
    if (from !== Number(entry.received) && from !== 0) throw importErrors.wrongOffset(Number(entry.received));
    const received = await this.files.append(entry, from, body);
    const total = piece?.total ?? received;
    const kept = await this.imports.change(id, ['uploading'], {
      received: String(received),
      size: String(total),
    });
    if (!kept) return this.get(id);
    return received < total ? kept : this.complete(kept);
  }

  private async complete(entry: Import): Promise<Import> {
    const path = await this.files.pathOf(entry);
    try {
      const look = await this.look(path);
      return (
        (await this.imports.change(entry.id, ['uploading'], { ...look, state: 'ready' })) ??
        (await this.get(entry.id))
      );
    } catch (error) {
      if (!(error instanceof LeadFileError)) throw error;
      await this.imports.change(entry.id, ['uploading'], {
        state: 'failed',
        error: error.message,
        finishedAt: new Date(),
      });
      throw importErrors.unreadable(error.message);
    }
  }

  private async look(path: string): Promise<{
    kind: ImportKind;
    shape: FileShape;
    mapping: ColumnMapping | null;
    options: ImportOptions;
    fingerprint: string;
  }> {
    const shape = await shapeOf(path);
    const kind = isDeactivationList(shape.header)
      ? 'deactivations'
      : isNppesHeader(shape.header)
        ? 'nppes'
        : 'leads';
    const options = kind === 'nppes' ? NPPES_OPTIONS : DEFAULT_OPTIONS;
    const mapping = kind === 'leads' ? suggestMapping(shape.header, await sampleOf(path, shape)) : null;
    return { kind, shape, mapping, options, fingerprint: await this.files.fingerprintOf(path) };
  }

  /** @throws Problem 409 when it has begun, 422 when the mapping does not fit the file */
  async change(id: number, dto: ChangeImportDto): Promise<Import> {
    const entry = await this.get(id);
    const { mapping } = dto;
    if (mapping) {
      if (entry.kind !== 'leads') throw importErrors.fixedMapping();
      const columns = entry.shape?.header.length ?? 0;
      if (mapping.length !== columns) throw importErrors.mappingLength(columns);
      if (!identifiesLeads(mapping)) throw importErrors.fieldTwice();
    }
    const { filters, ...options } = dto.options ?? {};
    const changed = await this.imports.change(id, ['ready'], {
      ...(mapping ? { mapping } : {}),
      options: {
        ...entry.options,
        ...given(options),
        filters: { ...entry.options.filters, ...given(filters) },
      },
    });
    if (!changed) throw importErrors.wrongState(id, entry.state, 'changed');
    return changed;
  }

  /** Has the background work begin, or go on. @throws Problem 409 when the same file is under way already */
  async start(id: number): Promise<Import> {
    const entry = await this.get(id);
    if (entry.kind === 'leads' && entry.mapping && !identifiesLeads(entry.mapping))
      throw importErrors.fieldTwice();
    try {
      return await this.transactions.run(async (tx) => {
        const started = await this.imports.change(id, ['ready', 'paused'], { state: 'queued' }, tx);
        if (!started) throw importErrors.wrongState(id, entry.state, 'started');
        await this.jobs.send(tx, RUN_IMPORT, { importId: id }, String(id));
        return started;
      });
    } catch (error) {
      if (!isUnderWayConflict(error)) throw error;
      const other = await this.imports.unfinishedOf(entry.fingerprint ?? '');
      throw importErrors.underWay(other?.id ?? null);
    }
  }
}

const given = <Values extends object>(values: Values | undefined): Partial<Values> =>
  Object.fromEntries(
    Object.entries(values ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;

async function sampleOf(path: string, shape: FileShape): Promise<unknown[][]> {
  const sample: unknown[][] = [];
  try {
    for await (const { rows } of readRows(path, shape)) {
      sample.push(...rows.filter(({ problem }) => !problem).map(({ cells }) => cells));
      if (sample.length >= SAMPLE_ROWS) break;
    }
  } catch (error) {
    // A damage further on is found when all of the file is read, before anything is written.
    if (!(error instanceof LeadFileError) || sample.length === 0) throw error;
  }
  return sample;
}

function readably(error: unknown): never {
  if (error instanceof LeadFileError) throw importErrors.unreadable(error.message);
  throw error;
}
