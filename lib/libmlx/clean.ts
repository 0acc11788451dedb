// Removes what qmlx has put into the cache, and nothing else.

import { lstatSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder, listEntries, MARKER, refuseCache } from './cache.js';
import { withLock } from './lock.js';
import { changedFiles } from './publish.js';

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
    if (name === 'engines') await rm(join(cache, name), { recursive: true, force: true });
    else await removeLocked(cache, name);
    removed.push(join(cache, name));
  }
  return removed;
}

function removeLocked(cache: string, name: string): Promise<void> {
  const lock = join(cache, `.lock-${entryOf(name)}`);
  const waiting = (): void => undefined;
  return withLock(lock, { signal: undefined, waiting }, () =>
    rm(join(cache, name), { recursive: true, force: true }),
  );
}

/** Removes entries with files that do not have their digests. */
export async function removeChanged(cache: string): Promise<void> {
  if (refuseCache(cache) !== undefined) return;
  for (const entry of listEntries(cache)) {
    if ((await changedFiles(entry)).length > 0) await removeLocked(cache, basename(entry.folder));
  }
}
