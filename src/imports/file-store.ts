import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, realpath, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Import } from './import.entity.js';
import { importErrors } from './import.errors.js';

/** A file in the server's own folder of imports. */
export interface FolderFile {
  name: string;
  size: number;
  modified_at: Date;
}

const FINGERPRINT_BYTES = 1024 * 1024;

/** Where files of leads are: uploads under FILES_DIR, and the folder that an admin may read from. */
@Injectable()
export class FileStore {
  constructor(private readonly env: Env) {}

  /** @throws Problem 422 when it is no file of the folder */
  async pathOf(entry: Pick<Import, 'id' | 'origin' | 'path'>): Promise<string> {
    if (entry.origin === 'command') return entry.path ?? '';
    if (entry.origin === 'folder') return this.pathInFolder(entry.path ?? '');
    return join(await this.uploads(), `${entry.id}.upload`);
  }

  /** Follows links before it compares: nothing outside of the folder is read. @throws Problem 422 */
  async pathInFolder(name: string): Promise<string> {
    const { IMPORT_DIR } = this.env;
    if (!IMPORT_DIR) throw importErrors.noFolder();
    const folder = await realpath(IMPORT_DIR).catch(() => {
      throw importErrors.noFolder();
    });
    const path = name.includes('\0') ? null : await realpath(resolve(folder, name)).catch(() => null);
    if (path === null || !path.startsWith(folder + sep)) throw importErrors.notInFolder();
    if (!(await stat(path)).isFile()) throw importErrors.notInFolder();
    return path;
  }

  async folder(): Promise<FolderFile[]> {
    const { IMPORT_DIR } = this.env;
    if (!IMPORT_DIR) return [];
    const names = await readdir(IMPORT_DIR).catch(() => []);
    const files = await Promise.all(
      names
        .sort()
        .slice(0, 500)
        .map(async (name) => {
          const found = await stat(join(IMPORT_DIR, name)).catch(() => undefined);
          return found?.isFile() ? [{ name, size: found.size, modified_at: found.mtime }] : [];
        }),
    );
    return files.flat();
  }

  /**
   * Appends a piece of an upload at its place.
   *
   * @returns bytes that are here afterwards; a piece that broke off counts as far as it came
   * @throws Problem 413 beyond the limit, 507 when the disk is full
   */
  async append(entry: Import, offset: number, body: Readable): Promise<number> {
    const path = await this.pathOf(entry);
    let bytes = 0;
    const limit = this.env.IMPORT_MAX_BYTES - offset;
    const measured = async function* (source: AsyncIterable<Buffer>) {
      for await (const part of source) {
        bytes += part.length;
        if (bytes > limit) throw importErrors.tooLarge(offset + limit);
        yield part;
      }
    };
    const file = createWriteStream(path, { flags: offset === 0 ? 'w' : 'r+', start: offset });
    try {
      await pipeline(body.iterator({ destroyOnReturn: false }), measured, file);
    } catch (error) {
      await discardRest(body);
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EDQUOT') throw importErrors.diskFull(error);
      // The sender went away: what was written stays, and the upload is resumed after it.
      if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') return offset + file.bytesWritten;
      throw error;
    }
    return offset + bytes;
  }

  async sizeOf(path: string): Promise<number> {
    return (await stat(path)).size;
  }

  async remove(entry: Import): Promise<void> {
    if (entry.origin === 'upload') await rm(await this.pathOf(entry), { force: true });
  }

  /** Of size, beginning and end: the same for the same file, and quick for one of ten gigabytes. */
  async fingerprintOf(path: string): Promise<string> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const hash = createHash('sha256').update(String(size));
      for (const position of [0, Math.max(0, size - FINGERPRINT_BYTES)]) {
        const { buffer, bytesRead } = await file.read(
          Buffer.alloc(FINGERPRINT_BYTES),
          0,
          FINGERPRINT_BYTES,
          position,
        );
        hash.update(buffer.subarray(0, bytesRead));
      }
      return hash.digest('hex');
    } finally {
      await file.close();
    }
  }

  private async uploads(): Promise<string> {
    const folder = resolve(this.env.FILES_DIR ?? join(this.env.DATA_DIR, 'files'), 'imports');
    await mkdir(folder, { recursive: true });
    return folder;
  }
}

const PATIENCE_MS = 5_000;

/** Who is still sending hears no answer: the rest is read, for a while, and thrown away. */
async function discardRest(body: Readable): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  await finished(body.resume(), { signal: patience }).catch(() => undefined);
}
