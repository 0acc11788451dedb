// The cache: where downloaded MLX libraries lie and which of them are ours.

import { createHash } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { platformCacheFolder } from '../cache.js';
import type { PinnedFile } from './manifest.js';
import { readVariable, VARIABLES, type Environment } from './variables.js';
import type { DeploymentTarget, LibmlxSource, LibmlxVariant } from './variables.js';
import type { MlxSystem } from './platform.js';

/** The file that makes an entry ours. It is written last, so that an entry with it is complete. */
export const MARKER = 'qmlx.json';

/** What a marker says. */
export interface CacheMarker {
  readonly schema: 1;
  readonly version: string;
  readonly system: MlxSystem;
  readonly variant: LibmlxVariant;
  readonly source: LibmlxSource;
  readonly deploymentTarget?: DeploymentTarget;
  readonly jit: boolean;
  readonly debug: boolean;
  /** Digest of the archive, wheel or sources that it was made of. */
  readonly sha256: string;
  /** Where that digest was known from: this package, the user, or only the server that sent the file. */
  readonly trust: 'pinned' | 'given' | 'server' | 'none';
  /** Folder with `lib` in it, from the entry. */
  readonly prefix: string;
  /** The libraries and what they need, from the entry. */
  readonly files: readonly PinnedFile[];
}

/** A complete entry. */
export interface CacheEntry {
  readonly folder: string;
  readonly marker: CacheMarker;
}

/**
 * The folder for downloads: `LIBMLX_CACHE`, or `libmlx` in the platform's cache folder.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT if LIBMLX_CACHE is not an absolute path.
 */
export function cacheFolder(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = readVariable(VARIABLES.cache, environment);
  return given ?? join(platformCacheFolder(environment, platform), 'libmlx');
}

/** Others may change what lies in the folder. Windows has other means and is not asked. */
function isOpenToOthers(folder: string): boolean {
  const user = process.getuid?.();
  if (user === undefined) return false;
  const { uid, mode } = statSync(folder);
  const sticky = (mode & 0o1000) !== 0;
  return (uid !== user && uid !== 0) || ((mode & 0o002) !== 0 && !sticky);
}

/** Why libraries from a cache folder are not used; undefined for one that is fine or not there yet. */
export function refuseCache(cache: string): string | undefined {
  const status = statSync(cache, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  if (!status.isDirectory()) return `The cache, ${cache}, is not a folder.`;
  return isOpenToOthers(cache)
    ? `The cache, ${cache}, belongs to another user or can be written by everybody. Name another with LIBMLX_CACHE.`
    : undefined;
}

/** The entry in a folder, if it is ours and whole: a real folder with a marker, and its files have their sizes. */
export function readEntry(folder: string): CacheEntry | undefined {
  try {
    if (!lstatSync(folder).isDirectory() || isOpenToOthers(folder)) return undefined;
    const file = join(folder, MARKER);
    if (!lstatSync(file).isFile()) return undefined;
    const marker = JSON.parse(readFileSync(file, 'utf8')) as CacheMarker;
    // Markers of other versions have another number.
    if ((marker.schema as number) !== 1) return undefined;
    const home = realpathSync(folder) + sep;
    const isWhole = marker.files.every(({ path, bytes }) => {
      const real = realpathSync(join(folder, path));
      return real.startsWith(home) && statSync(real).size === bytes;
    });
    return isWhole ? { folder, marker } : undefined;
  } catch {
    return undefined;
  }
}

function digestOfNow(file: string): string {
  const hash = createHash('sha256');
  const part = Buffer.alloc(2 ** 20);
  const source = openSync(file, 'r');
  try {
    for (let bytes; (bytes = readSync(source, part)) > 0;) hash.update(part.subarray(0, bytes));
  } finally {
    closeSync(source);
  }
  return hash.digest('hex');
}

/**
 * A file of an entry that no longer has the digest that the marker says. Only those are read that the file system says
 * were touched after the marker; where all are as they were, the marker is touched, so that the next search reads none.
 */
export function alteredFile(entry: CacheEntry): string | undefined {
  try {
    return findAltered(entry);
  } catch {
    // Another process has removed it since it was listed, or its files cannot be read.
    return entry.folder;
  }
}

function findAltered({ folder, marker }: CacheEntry): string | undefined {
  const seal = join(folder, MARKER);
  const { ctimeMs: sealed } = statSync(seal);
  const touched = marker.files
    .map(({ path, sha256 }) => ({ file: join(folder, path), sha256 }))
    .filter(({ file }) => statSync(file).ctimeMs > sealed);
  const altered = touched.find(({ file, sha256 }) => digestOfNow(file) !== sha256);
  if (altered === undefined && touched.length > 0) {
    try {
      utimesSync(seal, new Date(), new Date());
    } catch {
      // The cache cannot be written: they are read again next time.
    }
  }
  return altered?.file;
}

/** Every entry that is ours and whole. */
export function listEntries(cache: string): readonly CacheEntry[] {
  let names: string[];
  try {
    names = readdirSync(cache);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.startsWith('libmlx-'))
    .map((name) => readEntry(join(cache, name)))
    .filter((entry) => entry !== undefined);
}
