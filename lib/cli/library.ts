// Commands about the MLX library.

import { buildEngine, cleanLibmlx, ensureLibmlx, type EnsureOptions } from '../index.js';
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

/** Compiles the MLX engine. */
export async function buildLibraryEngine({ stdout, stderr }: Terminal): Promise<void> {
  writeLine(stderr, 'compiling the MLX engine …');
  writeLine(stdout, await buildEngine());
}
