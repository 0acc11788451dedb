// Brings a complete entry into the cache: files first, then the marker, then the name.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, lstatSync } from 'node:fs';
import { mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeThrough } from './durable.js';
import { MARKER, readEntry, type CacheEntry, type CacheMarker } from './cache.js';
import type { PinnedFile } from './manifest.js';

/** How many files are written through at a time. */
const AT_ONCE = 16;

/** The digest of a file's content. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Runs something with an empty folder in the cache that is gone afterwards. Folders that earlier attempts at the same
 * entry have left are removed: only one process at a time works at an entry.
 */
export async function withWorkFolder<Result>(
  cache: string,
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await removeLeftovers(cache, name);
  const folder = await mkdtemp(join(cache, `.work-${name}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeLeftovers(cache: string, name: string): Promise<void> {
  const left = (await readdir(cache)).filter((each) => each.startsWith(`.work-${name}-`));
  for (const each of left) await rm(join(cache, each), { recursive: true, force: true });
}

/** Every file below a folder, as paths from there with slashes. Links are listed as such. */
async function filesBelow(folder: string): Promise<readonly { path: string; isFile: boolean }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({
      path: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'),
      isFile: entry.isFile(),
    }));
}

/** Libraries and what they need at run time. */
function isNeeded(path: string, prefix: string): boolean {
  const folder = posix.dirname(path);
  return folder === posix.join(prefix, 'lib') || /^[^/]+\.libs$/.test(folder);
}

/** Sizes and digests of the libraries below a folder. */
export async function describeLibraries(
  folder: string,
  prefix: string,
): Promise<readonly PinnedFile[]> {
  const described: PinnedFile[] = [];
  for (const { path, isFile } of await filesBelow(folder)) {
    if (!isFile || !isNeeded(path, prefix)) continue;
    const file = join(folder, path);
    described.push({ path, bytes: (await stat(file)).size, sha256: await digestOf(file) });
  }
  return described.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function writePathThrough(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await writeThrough(file);
  } finally {
    await file.close();
  }
}

async function writeAllThrough(folder: string): Promise<void> {
  const paths = (await filesBelow(folder))
    .filter(({ isFile }) => isFile)
    .map(({ path }) => join(folder, path));
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    await Promise.all(paths.slice(at, at + AT_ONCE).map(writePathThrough));
  }
}

/** Folders can be written through on some systems only. */
async function writeFolderThrough(folder: string): Promise<void> {
  await writePathThrough(folder).catch(() => undefined);
}

/**
 * Names a complete folder. An entry of ours of that name is replaced; something that is not ours stays, and ours gets
 * another name.
 */
export async function publishEntry(
  folder: string,
  cache: string,
  name: string,
  marker: CacheMarker,
): Promise<CacheEntry> {
  await writeAllThrough(folder);
  await writeFile(join(folder, MARKER), `${JSON.stringify(marker, null, 2)}\n`, { flag: 'wx' });
  await writePathThrough(join(folder, MARKER));
  await writeFolderThrough(folder);
  const target = join(cache, isForeign(join(cache, name)) ? `${name}-qmlx` : name);
  if (existsSync(target)) {
    // Two folders cannot change places at once; whoever looks in between finds none, and none in part.
    const old = await mkdtemp(join(cache, `.work-${name}-`));
    await rename(target, join(old, name));
    await rename(folder, target);
    await rm(old, { recursive: true, force: true });
  } else {
    await rename(folder, target);
  }
  await writeFolderThrough(cache);
  return { folder: target, marker };
}

/** Whether there is something of this name that we have not made, such as the entry of another program. */
function isForeign(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status !== undefined && !(status.isDirectory() && existsSync(join(path, MARKER)));
}

/** Files of an entry whose content is not what its marker says; none if it is as it was. */
export async function changedFiles(entry: CacheEntry): Promise<readonly string[]> {
  if (readEntry(entry.folder) === undefined) return [entry.folder];
  const changed: string[] = [];
  for (const { path, sha256 } of entry.marker.files) {
    const file = join(entry.folder, path);
    if ((await digestOf(file)) !== sha256) changed.push(file);
  }
  return changed;
}
