// A folder for one test: a cache, an environment, and what must hold whatever has happened.

import { expect } from '@jest/globals';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuantumError } from 'qmlx';
import { readEntry } from '../../lib/libmlx/cache.js';
import { ensure, type EnsureOptions, type Libmlx } from '../../lib/libmlx/ensure.js';
import { PATIENCE, type Patience } from '../../lib/libmlx/http.js';
import type { Host } from '../../lib/libmlx/platform.js';

export const LINUX: Host = { platform: 'linux', arch: 'x64', release: '6.1.0', glibc: '2.36' };
export const MAC: Host = { platform: 'darwin', arch: 'arm64', release: '25.4.0', glibc: '' };

/** Where the archive of a plain request lies on a mirror. */
export const ARCHIVE = 'v0.32.4/mlx-x86_64-linux-gnu.tar.gz';

const HURRIED: Patience = { ...PATIENCE, retry: 1 };

export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'qmlx-install-'));
  readonly cache = join(this.folder, 'cache');

  constructor(readonly mirror: string) {}

  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { LIBMLX_CACHE: this.cache, LIBMLX_MIRROR: this.mirror, ...more };
  }

  ensure(
    more: Readonly<Record<string, string>> = {},
    options: EnsureOptions = {},
    { host = LINUX, patience = HURRIED }: { host?: Host; patience?: Patience } = {},
  ): Promise<Libmlx> {
    return ensure(options, {
      root: process.cwd(),
      environment: this.environment(more),
      host,
      patience,
    });
  }

  /** The error that fetching ends with. */
  async failure(...args: Parameters<Workplace['ensure']>): Promise<QuantumError> {
    const error: unknown = await this.ensure(...args).catch((caught: unknown) => caught);
    expect(QuantumError.is(error) ? '' : error).toBe('');
    return error as QuantumError;
  }

  /** Names in the cache. */
  names(): readonly string[] {
    try {
      return readdirSync(this.cache).sort();
    } catch {
      return [];
    }
  }

  /** Whatever is visible is complete; and nothing is left over, but what a download can go on with if that is so said. */
  expectOrder({ parts = 0, entries }: { parts?: number; entries: number }): void {
    const visible = this.names().filter((name) => !name.startsWith('.') && name !== 'engines');
    const whole = visible.filter((name) => readEntry(join(this.cache, name)) !== undefined);
    expect(whole).toEqual(visible);
    expect(visible).toHaveLength(entries);
    const hidden = this.names().filter((name) => name.startsWith('.'));
    expect(hidden.filter((name) => !name.startsWith('.part-'))).toEqual([]);
    expect(hidden.length).toBeLessThanOrEqual(parts);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether a path is a link. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
