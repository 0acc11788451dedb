// Removes what qmlx has put into the cache, and nothing else.

import { lstatSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, MARKER } from './cache.js';
import { withLock } from './lock.js';

/** Names that only we use; entries have names that others use too, and a marker. */
const OWN = /^(?:\.(?:part|work)-libmlx-.*|engines)$/;

function isEntry(folder: string): boolean {
  const isFolder = lstatSync(folder).isDirectory();
  return isFolder && lstatSync(join(folder, MARKER), { throwIfNoEntry: false })?.isFile() === true;
}

/** What there is of ours in a cache. */
function ownNames(cache: string): readonly string[] {
  try {
    return readdirSync(cache).filter((name) =>
      name.startsWith('libmlx-') ? isEntry(join(cache, name)) : OWN.test(name),
    );
  } catch {
    return [];
  }
}

/** The entry that something belongs to. */
function entryOf(name: string): string {
  return name.replace(/^\.(?:part|work)-/, '').replace(/-[A-Za-z0-9]{6}$/, '');
}

/**
 * Removes every libmlx that qmlx has fetched, engines that it has compiled for them, and what unfinished downloads have
 * left. Entries of other programs stay. Waits for processes that are fetching.
 *
 * @returns Absolute paths of what was removed.
 * @throws QuantumError ERR_INVALID_ARGUMENT if LIBMLX_CACHE is not an absolute path.
 *
 * @example
 * ```ts
 * import { cleanLibmlx } from 'qmlx';
 * import { mkdtempSync } from 'node:fs';
 *
 * process.env.LIBMLX_CACHE = mkdtempSync('/tmp/libmlx-');
 * (await cleanLibmlx()).length; // => 0
 * delete process.env.LIBMLX_CACHE;
 * ```
 */
export async function cleanLibmlx(): Promise<readonly string[]> {
  const cache = cacheFolder();
  const removed: string[] = [];
  for (const name of ownNames(cache)) {
    const path = join(cache, name);
    const lock = join(cache, `.lock-${entryOf(name)}`);
    const remove = (): Promise<void> => rm(path, { recursive: true, force: true });
    if (name === 'engines') await remove();
    else await withLock(lock, { signal: undefined, waiting: () => undefined }, remove);
    removed.push(path);
  }
  return removed;
}
