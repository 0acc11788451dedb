// Where libmlx is looked for, in which order, and what is not trusted. Files stand for libraries: nothing is loaded.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MARKER, type CacheMarker } from '../../../lib/libmlx/cache.js';
import type { Host } from '../../../lib/libmlx/platform.js';
import { searchLibmlx, type LibmlxSearch } from '../../../lib/libmlx/search.js';

const LINUX: Host = { platform: 'linux', arch: 'x64', release: '6.1.0', glibc: '2.36' };
const MAC: Host = { platform: 'darwin', arch: 'arm64', release: '24.1.0', glibc: '' };

let work: string;
let root: string;
let cache: string;

function write(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'qmlx-search-'));
  [root, cache] = [join(work, 'qmlx'), join(work, 'cache')];
  write(join(root, 'package.json'), '{"version": "1.2.3"}');
  copyFileSync('libmlx.json', join(root, 'libmlx.json'));
  write(join(root, 'prebuilds', 'linux-x64', 'libqmlx_mlx.so'), 'engine');
  write(join(root, 'prebuilds', 'darwin-arm64', 'libqmlx_mlx.dylib'), 'engine');
});
afterEach(() => rmSync(work, { recursive: true }));

function search(
  environment: Record<string, string> = {},
  host: Host = LINUX,
  resolve: (specifier: string) => string | undefined = () => undefined,
): LibmlxSearch {
  return searchLibmlx({
    root,
    environment: { LIBMLX_CACHE: cache, ...environment },
    host,
    resolve,
  });
}

/** An entry as fetching leaves it. */
function entry(name: string, change: Partial<CacheMarker> = {}): string {
  const folder = join(cache, `libmlx-${name}`);
  const suffix = change.system === 'darwin-arm64' ? 'dylib' : 'so';
  const path = `lib/libmlx.${suffix}`;
  const library = write(join(folder, path), 'library');
  const marker: CacheMarker = {
    ...{ schema: 1, version: '0.32.4', system: 'linux-x64', variant: 'cpu', source: 'archive' },
    ...{ jit: false, debug: false, sha256: '00', trust: 'given', prefix: '.' },
    files: [{ path, bytes: 7, sha256: createHash('sha256').update('library').digest('hex') }],
    ...change,
  };
  write(join(folder, MARKER), JSON.stringify(marker));
  return library;
}

/** A platform package; gives what finds it. */
function platformPackage(
  change: object = {},
  name = '@qmlx/mlx-linux-x64',
): (specifier: string) => string | undefined {
  const folder = join(work, 'node_modules', name);
  const content = { name, version: '1.2.3', qmlx: { directory: 'lib', mlx: '0.32.4' }, ...change };
  const file = write(join(folder, 'package.json'), JSON.stringify(content));
  for (const library of ['libqmlx_mlx.so', 'libmlx.so']) write(join(folder, 'lib', library), 'x');
  return (specifier) => (specifier === `${name}/package.json` ? file : undefined);
}

const libraries = ({ candidates }: LibmlxSearch): string[] =>
  candidates.map(({ library }) => library);
const places = ({ steps }: LibmlxSearch): unknown[] =>
  steps.map(({ place, found }) => [place, found]);
const text = ({ steps }: LibmlxSearch): string => steps.map((step) => step.text).join(' ');

describe('order', () => {
  it('LIBMLX_DIR is the only place where it is set', () => {
    entry('a');
    const library = write(join(work, 'mine', 'lib', 'libmlx.so'), 'x');
    const found = search({ LIBMLX_DIR: join(work, 'mine') }, LINUX, platformPackage());
    expect(libraries(found)).toEqual([library]);
    expect(places(found)).toEqual([['LIBMLX_DIR', true]]);
    const missing = search({ LIBMLX_DIR: join(work, 'nowhere') }, LINUX, platformPackage());
    expect(missing.candidates).toEqual([]);
    expect(text(missing)).toMatch(/LIBMLX_DIR is .*nowhere.*but there is no/);
  });

  it('the platform package comes before the cache and brings its own engine', () => {
    const cached = entry('a');
    const found = search({}, LINUX, platformPackage());
    const folder = join(work, 'node_modules', '@qmlx', 'mlx-linux-x64', 'lib');
    expect(libraries(found)).toEqual([join(folder, 'libmlx.so'), cached]);
    expect(found.candidates[0]!.engine).toBe(join(folder, 'libqmlx_mlx.so'));
    expect(places(found)).toEqual([
      ['package', true],
      ['cache', true],
    ]);
  });

  it('in the cache, GPUs come first, debug and JIT variants last', () => {
    const [jit, debug] = [entry('1', { jit: true }), entry('2', { debug: true })];
    const [cpu, cuda] = [entry('3'), entry('4', { variant: 'cuda13' })];
    expect(libraries(search())).toEqual([cuda, cpu, jit, debug]);
    expect(libraries(search({ LIBMLX_VARIANT: 'cpu' }))).toEqual([cpu, jit, debug]);
    expect(libraries(search({ LIBMLX_ENABLE_JIT: '1' }))).toEqual([jit]);
    expect(libraries(search({ LIBMLX_ENABLE_DEBUG: 'yes' }))).toEqual([debug]);
  });

  it('nothing is a step for each place', () => {
    const found = search();
    expect(places(found)).toEqual([
      ['package', false],
      ['cache', false],
    ]);
    expect(text(found)).toContain(cache);
  });
});

describe('platform packages that are not used', () => {
  it.each([
    ['of another version', { version: '1.2.4' }, /has version 1\.2\.4; qmlx needs 1\.2\.3/],
    [
      'with another MLX',
      { qmlx: { directory: 'lib', mlx: '0.30.0' } },
      /holds MLX 0\.30\.0, not 0\.32\.4/,
    ],
    ['without files', { qmlx: { directory: 'elsewhere', mlx: '0.32.4' } }, /damaged: there is no/],
  ])('%s', (_, change, pattern) => {
    const found = search({}, LINUX, platformPackage(change));
    expect(found.candidates).toEqual([]);
    expect(text(found)).toMatch(pattern);
  });

  it('inside an archive, as Yarn keeps packages that are not unplugged', () => {
    const found = search(
      {},
      LINUX,
      () => '/home/u/.yarn/cache/mlx.zip/node_modules/@qmlx/x/package.json',
    );
    expect(text(found)).toMatch(/unplug it/);
    expect(found.candidates).toEqual([]);
  });
});

describe('entries of the cache that are not trusted', () => {
  const expectNothing = (): void => expect(search().candidates).toEqual([]);

  it('without a marker', () => {
    rmSync(join(dirname(dirname(entry('a'))), MARKER));
    expectNothing();
  });

  it.each(['', '{', '[]', 'null', '{"schema": 2}', '{"schema": 1}'])(
    'with the marker %j',
    (content) => {
      write(join(dirname(dirname(entry('a'))), MARKER), content);
      expectNothing();
    },
  );

  it.each([
    ['another version', { version: '0.32.3' }],
    ['another system', { system: 'linux-arm64' }],
    ['a wheel that is not pinned', { source: 'wheel', sha256: 'ab'.repeat(32) }],
  ] as [string, Partial<CacheMarker>][])('with %s', (_, change) => {
    entry('a', change);
    expectNothing();
  });

  it('with a library of another size, or that lies elsewhere', () => {
    const library = entry('a');
    writeFileSync(library, 'longer than it was');
    expectNothing();
    rmSync(library);
    symlinkSync(write(join(work, 'foreign.so'), 'library'), library);
    expectNothing();
  });

  it('with a library of the same size that was written since, and says so', async () => {
    const library = entry('a');
    await setTimeout(20);
    writeFileSync(library, 'Library');
    expectNothing();
    expect(text(search())).toContain(`${library} is not what was downloaded`);
    expect(text(search())).toContain('npx qmlx download --verify');
    // The next best one is used.
    const other = entry('b', { debug: true });
    expect(libraries(search())).toEqual([other]);
    // As it was: the marker is touched, and the file not read again.
    writeFileSync(library, 'library');
    expect(libraries(search())).toEqual([library, other]);
    const marker = join(dirname(dirname(library)), MARKER);
    expect(statSync(marker).ctimeMs).toBeGreaterThanOrEqual(statSync(library).ctimeMs);
  });

  it('that are links, or that everybody can write', () => {
    const folder = dirname(dirname(entry('a')));
    symlinkSync(folder, join(cache, 'libmlx-b'));
    expect(libraries(search())).toHaveLength(1);
    chmodSync(folder, 0o777);
    expectNothing();
  });

  it('none of a cache that everybody can write, or that is a file', () => {
    entry('a');
    chmodSync(cache, 0o777);
    expect(text(search())).toMatch(/can be written by everybody/);
    expectNothing();
    rmSync(cache, { recursive: true });
    write(cache, '');
    expect(text(search())).toMatch(/is not a folder/);
  });
});

describe('engines', () => {
  it('are copied beside a library of the cache once', () => {
    const library = entry('a');
    const [first] = search().candidates;
    expect(first!.engine).toMatch(/libqmlx_mlx-1\.2\.3-[0-9a-f]{12}\.so$/);
    expect(dirname(first!.engine!)).toBe(dirname(library));
    expect(search().candidates[0]!.engine).toBe(first!.engine);
    write(join(root, 'prebuilds', 'linux-x64', 'libqmlx_mlx.so'), 'newer engine');
    expect(search().candidates[0]!.engine).not.toBe(first!.engine);
  });

  it('are brought beside a given library on a Mac by links', () => {
    const library = write(join(work, 'mine', 'lib', 'libmlx.dylib'), 'x');
    write(join(work, 'mine', 'lib', 'mlx.metallib'), 'kernels');
    const [found] = search({ LIBMLX_DIR: join(work, 'mine') }, MAC).candidates;
    expect(found!.library).toBe(library);
    expect(found!.engine!.startsWith(join(cache, 'engines'))).toBe(true);
  });

  it('may be missing, and then a step says what to do', () => {
    rmSync(join(root, 'prebuilds'), { recursive: true });
    entry('a');
    const found = search();
    expect(found.candidates.map(({ engine }) => engine)).toEqual([undefined]);
    expect(text(found)).toContain('npx qmlx build');
  });
});

describe('systems without MLX', () => {
  it.each([
    ['win32-x64', { ...LINUX, platform: 'win32' }, /no MLX engine for win32-x64/],
    ['darwin-x64', { ...MAC, arch: 'x64' }, /no MLX engine for darwin-x64/],
    ['macOS 13', { ...MAC, release: '22.6.0' }, /macOS 14/],
    ['musl', { ...LINUX, glibc: '' }, /another C library/],
    [
      'an old glibc',
      { ...LINUX, glibc: '2.31' },
      /glibc 2\.35 or newer; this system has glibc 2\.31/,
    ],
  ] as [string, Host, RegExp][])('%s', (_, host, pattern) => {
    entry('a');
    const found = search({}, host);
    expect(found.candidates).toEqual([]);
    expect(places(found)).toEqual([['system', false]]);
    expect(text(found)).toMatch(pattern);
  });
});

it('nonsense in a variable is a step, not an exception', () => {
  const found = search({ LIBMLX_VERSION: 'newest' });
  expect(text(found)).toMatch(/LIBMLX_VERSION to be a version/);
});
