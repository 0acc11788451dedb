// What fetching yields, and what it is given to work with.

import { QuantumError } from '../errors.js';
import type { PinnedFile } from './manifest.js';
import type { CacheMarker } from './cache.js';

/** How far fetching is. Bytes; a total of 0 is not known. */
export interface LibmlxProgress {
  readonly phase: 'wait' | 'download' | 'unpack' | 'build';
  readonly done: number;
  readonly total: number;
}

/** A folder with a libmlx, not yet in the cache. */
export interface Content extends Pick<CacheMarker, 'prefix' | 'sha256' | 'trust'> {
  readonly folder: string;
  readonly files: readonly PinnedFile[];
}

/** What a source works with. */
export interface FetchWork {
  /** An empty folder in the cache. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly report: (progress: LibmlxProgress) => void;
}

/** The error for a place in the cache that cannot be written. */
export function cannotWrite(path: string, error: unknown): QuantumError {
  const reason = (error as Error).message;
  const message = `Cannot write ${path}: ${reason}. Make room or allow it, or name another folder with LIBMLX_CACHE.`;
  return new QuantumError('ERR_DOWNLOAD', message, { source: path, cause: error });
}
