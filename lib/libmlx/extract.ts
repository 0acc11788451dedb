// Unpacks archives into an empty folder of our own. The readers are loaded when they are needed.

import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { QuantumError } from '../errors.js';
import { damaged, EntryGuard, type ArchiveEntry } from './entry-guard.js';

/** What is unpacked and where. */
export interface Extraction {
  readonly file: string;
  /** An empty folder. */
  readonly folder: string;
  /** How much all files together may take. */
  readonly mostBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes that a tar archive adds for each entry, and at its end. */
const TAR_OVERHEAD = 64 * 2 ** 20;

/**
 * Unpacks a gzipped tar archive.
 *
 * @throws QuantumError ERR_INTEGRITY for one that is damaged or must not be unpacked.
 */
export async function extractTar({ file, folder, mostBytes, signal }: Extraction): Promise<void> {
  const { Unpack } = await import('tar');
  const guard = new EntryGuard(file, mostBytes);
  let failure: unknown;
  const unpack = new Unpack({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter: (_, entry) => {
      try {
        if ('type' in entry) guard.check(tarEntry(entry));
      } catch (error) {
        failure ??= error;
      }
      return failure === undefined;
    },
  });
  const closed = new Promise<void>((resolve, reject) => {
    unpack.on('close', resolve);
    unpack.on('error', reject);
  });
  closed.catch((error: unknown) => (failure ??= error));
  let ended = false;
  unpack.on('eof', () => (ended = true));
  const write = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      // What fills the archive up after its end costs the reader more the longer it is.
      if (failure === undefined && !ended && !unpack.write(chunk)) {
        await Promise.race([new Promise((resume) => unpack.once('drain', resume)), closed]);
      }
      if (failure !== undefined) throw failure as Error;
    }
    unpack.end();
    await closed;
  };
  try {
    const bound = limit(file, mostBytes + TAR_OVERHEAD);
    await pipeline(createReadStream(file), createGunzip(), bound, write, { signal });
  } catch (error) {
    throw asDamage(failure ?? error, file);
  }
}

/** An entry as tar's reader describes it. */
interface TarEntry {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly linkpath?: string | undefined;
}

function tarEntry({ path, type, size, linkpath }: TarEntry): ArchiveEntry {
  const types: Readonly<Record<string, ArchiveEntry['type']>> = {
    File: 'file',
    OldFile: 'file',
    Directory: 'folder',
    SymbolicLink: 'link',
  };
  return { path, type: types[type] ?? 'other', bytes: size, target: linkpath };
}

/** Lets no more than so many bytes through. */
function limit(file: string, most: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done): void {
      passed += chunk.length;
      if (passed > most) done(damaged(file, `unpacks to more than ${most} bytes.`));
      else done(null, chunk);
    },
  });
}

/**
 * Unpacks a zip archive such as a wheel. Links are refused: wheels have none.
 *
 * @throws QuantumError ERR_INTEGRITY for one that is damaged or must not be unpacked.
 */
export async function extractZip({ file, folder, mostBytes, signal }: Extraction): Promise<void> {
  const { openPromise } = await import('yauzl');
  const guard = new EntryGuard(file, mostBytes);
  try {
    const zip = await openPromise(file, { strictFileNames: true, autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        const mode = entry.externalFileAttributes >>> 16;
        const path = guard.check(zipEntry(entry.fileName, mode, entry.uncompressedSize));
        const target = join(folder, path);
        if (entry.fileName.endsWith('/')) {
          await mkdir(target, { recursive: true });
          continue;
        }
        await mkdir(dirname(target), { recursive: true });
        await pipeline(
          await zip.openReadStreamPromise(entry),
          createWriteStream(target, { flags: 'wx' }),
          {
            signal,
          },
        );
        if ((mode & 0o111) !== 0) await chmod(target, 0o755);
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw asDamage(error, file);
  }
}

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

function zipEntry(path: string, mode: number, bytes: number): ArchiveEntry {
  const type = mode & FILE_TYPE;
  if (path.endsWith('/')) {
    return { path, type: type === 0 || type === FOLDER ? 'folder' : 'other', bytes: 0 };
  }
  return { path, type: type === 0 || type === REGULAR ? 'file' : 'other', bytes };
}

/** Errors of the file system and of the user stay what they are; all others mean that the archive is damaged. */
function asDamage(error: unknown, file: string): unknown {
  if (QuantumError.is(error)) return error;
  const { name, syscall } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || syscall !== undefined) return error;
  return damaged(file, `cannot be unpacked: ${(error as Error).message}.`, error);
}
