import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable, Transform, TransformCallback } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Entry, openPromise, ZipFile } from 'yauzl';
import { LeadFileError } from './file.errors.js';

/** How the bytes of the table are wrapped. */
export type Container = 'plain' | 'gzip' | 'zip' | 'xlsx';

/** The bytes of a table, unpacked, and how many of the file's own bytes were read for them. */
export interface ByteSource {
  stream: Readable;
  bytesRead(): number;
  close(): void;
}

/** NPPES shrinks to a fifteenth; text that shrinks more than this is made to fill disks. */
const HIGHEST_RATIO = 250;
const UNSUSPICIOUS_BYTES = 64 * 1024 * 1024;
const TABLES = /\.(csv|tsv|tab|txt|jsonl|ndjson|json)$/i;
/** What CMS puts beside the table of providers. */
const BESIDE = /(_fileheader|^(pl|othername|endpoint)_pfile)/i;

/** @throws LeadFileError when it cannot be opened or is no file */
export async function containerOf(path: string): Promise<Container> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new LeadFileError(`The file cannot be opened (${error.code ?? error.message}).`, { cause: error });
  });
  try {
    if (!(await file.stat()).isFile()) throw new LeadFileError('This is a folder, not a file.');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const signature = buffer.subarray(0, bytesRead).toString('latin1');
    if (signature.startsWith('\x1f\x8b')) return 'gzip';
    if (!signature.startsWith('PK\x03\x04')) return 'plain';
  } finally {
    await file.close();
  }
  const entries = await entriesOf(path);
  return entries.some(({ fileName }) => fileName === 'xl/workbook.xml') ? 'xlsx' : 'zip';
}

/** @throws LeadFileError when nothing in the archive is a table, or more than one file is */
export async function tableIn(path: string): Promise<string> {
  const tables = (await entriesOf(path))
    .map(({ fileName }) => fileName)
    .filter((name) => TABLES.test(name) && !BESIDE.test(name.split('/').at(-1) ?? ''));
  const [table, ...others] = tables;
  if (table === undefined) throw new LeadFileError('The archive holds no CSV, TSV or JSON file.');
  if (others.length > 0) {
    throw new LeadFileError(
      `The archive holds ${tables.length} tables (${tables.slice(0, 3).join(', ')}); send one at a time.`,
    );
  }
  return table;
}

/** @param entry of an archive */
export async function openBytes(
  path: string,
  container: Container,
  entry: string | null,
): Promise<ByteSource> {
  if (container === 'zip') return openEntry(path, entry ?? (await tableIn(path)));
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (container !== 'gzip')
    return { stream: file, bytesRead: () => file.bytesRead, close: () => file.destroy() };
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  const stream = file.pipe(gunzip).pipe(new Inflated((await stat(path)).size));
  gunzip.on('error', (error) => stream.destroy(damaged('gzip file', error)));
  return {
    stream,
    bytesRead: () => file.bytesRead,
    close: () => {
      for (const part of [stream, gunzip, file]) part.destroy();
    },
  };
}

/** One file of an archive, as a stream. */
export async function openEntry(path: string, name: string): Promise<ByteSource> {
  const zip = await openZip(path);
  const entry = await find(zip, name);
  if (!entry) {
    zip.close();
    throw new LeadFileError(`The archive holds no ${name}.`);
  }
  if (entry.isEncrypted()) {
    zip.close();
    throw new LeadFileError('The archive is locked with a password.');
  }
  const inner = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
    zip.close();
    throw damaged('archive', error);
  });
  const stream = inner.pipe(new Inflated(entry.compressedSize));
  inner.on('error', (error) => stream.destroy(damaged('archive', error)));
  // Of the unpacked bytes, as far as the directory of the archive tells the truth about their number.
  const share = () => Math.min(1, stream.bytes / Math.max(1, entry.uncompressedSize));
  const close = () => {
    stream.destroy();
    inner.destroy();
    zip.close();
  };
  return { stream, bytesRead: () => Math.round(share() * zip.fileSize), close };
}

/** Names that leave the archive's folder are refused by the library that reads it. */
export async function entriesOf(path: string): Promise<Entry[]> {
  const zip = await openZip(path);
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > 10_000) throw new LeadFileError('The archive holds more than 10,000 files.');
    }
    return entries;
  } catch (error) {
    throw damaged('archive', error);
  } finally {
    zip.close();
  }
}

async function find(zip: ZipFile, name: string): Promise<Entry | undefined> {
  try {
    for await (const entry of zip.eachEntry()) if (entry.fileName === name) return entry;
  } catch (error) {
    zip.close();
    throw damaged('archive', error);
  }
  return undefined;
}

function openZip(path: string): Promise<ZipFile> {
  return openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw damaged('archive', error);
  });
}

function damaged(what: string, error: unknown): LeadFileError {
  if (error instanceof LeadFileError) return error;
  return new LeadFileError(`The ${what} is damaged: ${(error as Error).message}.`, { cause: error });
}

/** Passes unpacked bytes on, as long as they are as many as text of this size can hold. */
class Inflated extends Transform {
  bytes = 0;

  constructor(private readonly packedBytes: number) {
    super({ highWaterMark: 256 * 1024 });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    const isBomb = this.bytes > UNSUSPICIOUS_BYTES && this.bytes > HIGHEST_RATIO * this.packedBytes;
    if (isBomb)
      done(
        new LeadFileError(`The file unpacks to more than ${HIGHEST_RATIO} times its size; it is refused.`),
      );
    else done(null, chunk);
  }
}
