// Where downloaded MLX libraries lie.

import { join } from 'node:path';
import { platformCacheFolder } from '../cache.js';

/** The folder for downloads: `LIBMLX_CACHE`, or `libmlx` in the platform's cache folder. */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return environment.LIBMLX_CACHE || join(platformCacheFolder(environment, platform), 'libmlx');
}

/** Name of the cache's entry for a wheel such as `linux-x64-cpu`. */
export function cacheEntry(wheel: string, version: string): string {
  return `mlx-${version}-${wheel}`;
}

/** A file that an entry holds once it is complete. */
export const COMPLETE = '.complete';
