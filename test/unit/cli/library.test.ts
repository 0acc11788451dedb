// Commands about the MLX library, run as users run them: in processes of their own, from the built package.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MARKER } from '../../../lib/libmlx/cache.js';

const hasEngine = existsSync(join('build', 'Release', 'libqmlx_mlx.so'));
let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'qmlx-library-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

function qmlx(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, LIBMLX_DIR: '', LIBMLX_CACHE: cache, ...environment };
  const script = join('dist', 'cli', 'main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(cache, path)), { recursive: true });
  writeFileSync(join(cache, path), text);
}

describe('doctor', () => {
  it('is content with the built-in engine where MLX is optional', () => {
    const { status, stdout } = qmlx(['doctor']);
    expect(stdout).toMatch(/^Node\.js v.*\n✓ device 'cpu': /);
    expect(stdout).toContain(cache);
    // On a Mac MLX is what qmlx is for.
    expect(status).toBe(process.platform === 'darwin' ? 1 : 0);
  });

  it.each([
    ['LIBMLX_DIR', '/nowhere', /✗ [^]*there is no \/nowhere\/lib[^]*→ unset LIBMLX_DIR/],
    ['LIBMLX_DIR', 'relative', /✗ [^]*LIBMLX_DIR to be an absolute path[^]*→ unset LIBMLX_DIR/],
    ['LIBMLX_CACHE', 'relative', /✗ [^]*LIBMLX_CACHE to be an absolute path/],
    ['QMLX_THREADS', 'many', /✗ [^]*QMLX_THREADS to be [^]*Correct it/],
    ['LIBMLX_MIRROR', 'http://a.example', /✗ [^]*LIBMLX_MIRROR to be an https URL/],
    ['QMLX_DEVICE', 'mlx-cpu', /✗ [^]*'mlx-cpu' cannot be used/],
  ])('ends with 1 where %s is %s', (name, value, pattern) => {
    const { status, stdout } = qmlx(['doctor'], { [name]: value });
    expect([status, stdout]).toEqual([1, expect.stringMatching(pattern)]);
  });

  it('ends with 1 where the native part is missing', () => {
    const { status, stdout } = qmlx(['doctor'], { QMLX_PREBUILD: cache });
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/✗ device 'cpu'[^]*→ npm install --force --include=optional qmlx/),
    ]);
  });

  // Only a build with the MLX engine loads a library.
  (hasEngine ? it : it.skip)('outlives a library that ends the process that loads it', () => {
    mkdirSync(join(cache, 'lib'));
    const source = 'struct Trap { Trap() { __builtin_trap(); } } trap;';
    const flags = ['-shared', '-fPIC', '-x', 'c++', '-', '-o', join(cache, 'lib', 'libmlx.so')];
    execFileSync('c++', flags, { input: source });
    const { status, stdout } = qmlx(['doctor'], { LIBMLX_DIR: cache });
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/✗ [^]*ends the process that loads it \(SIG[^]*→ unset LIBMLX_DIR/),
    ]);
  });

  it('names variables that mean nothing', () => {
    expect(qmlx(['doctor'], { LIBMLX_DIRECTORY: '/a' }).stdout).toContain(
      'LIBMLX_DIRECTORY means nothing',
    );
  });
});

describe('download', () => {
  it('refuses what there cannot be, and what is not allowed', () => {
    expect(qmlx(['download', '--variant', 'opencl']).status).toBe(2);
    const offline = qmlx(['download'], { LIBMLX_OFFLINE: '1' });
    expect([offline.status, offline.stdout]).toEqual([1, '']);
    expect(offline.stderr).toContain('LIBMLX_OFFLINE is set');
    const nonsense = qmlx(['download'], { LIBMLX_ENABLE_JIT: 'maybe' });
    expect([nonsense.status, nonsense.stderr]).toEqual([
      2,
      expect.stringContaining('LIBMLX_ENABLE_JIT'),
    ]);
    expect(readdirSync(cache).filter((name) => name.startsWith('libmlx-'))).toEqual([]);
  });
});

describe('clean', () => {
  it('removes what is ours and nothing else', () => {
    for (const path of [
      `libmlx-1/${MARKER}`,
      'libmlx-1/lib/libmlx.so',
      'engines/a/b',
      '.part-libmlx-1',
      '.work-libmlx-1-abcdef/x',
    ]) {
      write(path);
    }
    const foreign = ['libmlx-2/lib/libmlx.so', 'mlx-archive.tar.gz', 'other'];
    for (const path of foreign) write(path);
    const { status, stdout } = qmlx(['clean']);
    expect([status, stdout.trim().split('\n').length]).toEqual([0, 4]);
    expect(readdirSync(cache).sort()).toEqual(['libmlx-2', 'mlx-archive.tar.gz', 'other']);
    expect(qmlx(['clean'])).toMatchObject({ status: 0, stdout: '' });
  });
});

it('build says what is missing', () => {
  const { status, stderr } = qmlx(['build']);
  expect(status).toBe(3);
  expect(stderr).toMatch(/no libmlx with its headers[^]*npx qmlx download/);
});
