// Where downloaded MLX libraries lie.

import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for downloads: `LIBMLX_CACHE`, or `libmlx` in the platform's cache folder. */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.LIBMLX_CACHE) return environment.LIBMLX_CACHE;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'libmlx');
  if (platform === 'win32' && environment.LOCALAPPDATA) {
    return join(environment.LOCALAPPDATA, 'libmlx');
  }
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'libmlx');
}

/** Name of the cache's entry for a wheel such as `linux-x64-cpu`. */
export function cacheEntry(wheel: string, version: string): string {
  return `mlx-${version}-${wheel}`;
}

/** A file that an entry holds once it is complete. */
export const COMPLETE = '.complete';
