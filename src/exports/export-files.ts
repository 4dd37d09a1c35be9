import { createReadStream, createWriteStream, ReadStream, WriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { LeadExport } from './export.entity.js';

type Named = Pick<LeadExport, 'id' | 'format'>;

/** Files of exports in FILES_DIR/exports. One that is not whole yet has another name, so that it is never offered. */
@Injectable()
export class ExportFiles {
  private readonly folder: string;

  constructor(env: Env) {
    this.folder = resolve(env.FILES_DIR ?? join(env.DATA_DIR, 'files'), 'exports');
  }

  /** @throws the file system's error, before anything is written, where it cannot be */
  async begin(made: Named): Promise<WriteStream> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return createWriteStream(this.partOf(made), { mode: 0o600, highWaterMark: 1024 * 1024 });
  }

  /** Whole and on the disk: whoever comes after a crash finds all of it or nothing. @returns its size in bytes */
  async complete(made: Named): Promise<number> {
    const file = await open(this.partOf(made), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(this.partOf(made), this.pathOf(made));
    return (await stat(this.pathOf(made))).size;
  }

  /** @returns null when the file is not there */
  async read(made: Named): Promise<{ stream: ReadStream; size: number } | null> {
    const file = await open(this.pathOf(made), 'r').catch(() => null);
    if (!file) return null;
    const { size } = await file.stat();
    return { stream: createReadStream('', { fd: file }), size };
  }

  /** Whatever there is of it. */
  async discard(made: Named): Promise<void> {
    await Promise.all([rm(this.partOf(made), { force: true }), rm(this.pathOf(made), { force: true })]);
  }

  private pathOf({ id, format }: Named): string {
    return join(this.folder, `${id}.${format}`);
  }

  private partOf(made: Named): string {
    return `${this.pathOf(made)}.part`;
  }
}
