// Compiles the MLX engine for a libmlx that the engine of this package does not fit.

import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { QuantumError } from '../errors.js';
import { cmake } from './build.js';
import { cannotWrite } from './content.js';
import { engineFolder } from './engine.js';
import { PACKAGE_ROOT } from './package.js';
import { libraryNames, systemOf, thisHost } from './platform.js';
import { searchLibmlx } from './search.js';

/**
 * Compiles the MLX engine from the sources in this package, for the libmlx that is found, and keeps it in the cache.
 * Needs CMake and a C++20 compiler. Circuits that run in a later process use it.
 *
 * @param options `signal` to give up.
 * @returns The absolute path of the engine.
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE if there is no libmlx with headers, no CMake or no compiler, or if it does
 *   not compile.
 *
 * @example
 * ```ts
 * import { buildEngine } from 'qmlx';
 *
 * process.env.LIBMLX_DIR = '/nowhere';
 * await buildEngine().catch(({ code }) => code); // => 'ERR_BACKEND_UNAVAILABLE'
 * delete process.env.LIBMLX_DIR;
 * ```
 */
export async function buildEngine({
  signal,
}: { readonly signal?: AbortSignal } = {}): Promise<string> {
  const host = thisHost();
  const { candidates, steps } = searchLibmlx({ root: PACKAGE_ROOT, host });
  const prefixes = candidates.map(({ library }) => dirname(dirname(library)));
  const at = prefixes.findIndex((prefix) => existsSync(join(prefix, 'include', 'mlx', 'mlx.h')));
  if (at < 0) {
    const told = steps.map(({ text }) => text).join(' ');
    const message = `There is no libmlx with its headers to compile the MLX engine for. ${told} Run: npx qmlx download`;
    throw new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device: 'gpu' });
  }
  const system = systemOf(host);
  const { engine } = libraryNames(system);
  const context = { root: PACKAGE_ROOT, environment: process.env, host, system };
  const folder = join(engineFolder(candidates[at]!.library, context), 'compiled');
  const build = `${folder}-${process.pid}`;
  try {
    await mkdir(build, { recursive: true }).catch((error: unknown) => {
      throw cannotWrite(build, error);
    });
    await compile(prefixes[at]!, build, signal);
    await mkdir(folder, { recursive: true });
    await rename(join(build, engine), join(folder, engine));
    return join(folder, engine);
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

async function compile(
  prefix: string,
  build: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const what = 'the MLX engine';
  const rpath = `-Wl,-rpath,${join(prefix, 'lib')}`;
  const settings = [
    `-DQMLX_MLX_PREFIX=${prefix}`,
    '-DQMLX_TESTS=OFF',
    '-DCMAKE_BUILD_TYPE=Release',
  ];
  settings.push(`-DCMAKE_SHARED_LINKER_FLAGS=${rpath}`);
  await cmake(['-S', PACKAGE_ROOT, '-B', build, ...settings], what, signal);
  const parallel = String(availableParallelism());
  await cmake(['--build', build, '--target', 'qmlx_mlx', '--parallel', parallel], what, signal);
}
