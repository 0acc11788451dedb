// Commands about the MLX library.

import {
  buildAddon,
  buildEngine,
  cleanLibmlx,
  ensureLibmlx,
  info,
  locateLibmlx,
  type EnsureOptions,
} from '../index.js';
import { writeLine, type Terminal } from './terminal.js';

/** Options of `qmlx download`. */
export type DownloadCommandOptions = Pick<EnsureOptions, 'variant' | 'source' | 'force' | 'verify'>;

/** Fetches libmlx unless it is there, and says where it is. */
export async function downloadLibrary(
  options: DownloadCommandOptions,
  { stdout, stderr }: Terminal,
): Promise<void> {
  const libmlx = await ensureLibmlx({ ...options, progress: stderr });
  const { library, engine, version, fetched } = libmlx;
  writeLine(stdout, library);
  writeLine(stderr, `MLX ${version} ${fetched ? 'was fetched' : 'was there already'}.`);
  if (engine !== undefined) return;
  writeLine(stderr, 'There is no engine for it yet. Compile it with: npx qmlx build');
}

/** Removes what qmlx has fetched. */
export async function cleanLibrary({ stdout, stderr }: Terminal): Promise<void> {
  const removed = await cleanLibmlx();
  for (const path of removed) writeLine(stdout, path);
  if (removed.length === 0) writeLine(stderr, 'There was nothing to remove.');
}

/** Compiles what cannot be loaded: the addon; and the MLX engine where there is a library for it. */
export async function buildNative({ stdout, stderr }: Terminal): Promise<void> {
  const hasAddon = info().engines.every(({ variant }) => variant !== 'typescript');
  if (!hasAddon) {
    writeLine(stderr, 'compiling the addon, which takes minutes …');
    writeLine(stdout, await buildAddon());
    if (locateLibmlx().candidates.length === 0) return;
  }
  writeLine(stderr, 'compiling the MLX engine …');
  writeLine(stdout, await buildEngine());
}
