// Compiles the addon for a system that no prebuilt one fits.

import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { QuantumError } from '../errors.js';
import { cmake } from './build.js';
import { PACKAGE_ROOT, resolvePackageFile } from './package.js';

/** Nothing but the addon is put there. */
const OUTPUT = 'output';
const SOURCE_PACKAGES = 'npm install node-addon-api node-api-headers';

/**
 * Compiles the native part of qmlx, the addon, from the sources in this package, and keeps it in the folder of the package,
 * where later processes load it instead of a prebuilt one. Takes minutes. Needs CMake 3.25, a C++20 compiler, and the npm
 * packages node-addon-api and node-api-headers. Not for Windows.
 *
 * @param options `signal` to give up.
 * @returns The absolute path of the addon.
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE if something that is needed is missing, the folder cannot be written, or it
 *   does not compile.
 *
 * @example
 * ```ts
 * import { buildAddon } from 'qmlx';
 *
 * const controller = new AbortController();
 * controller.abort();
 * await buildAddon({ signal: controller.signal }).catch(({ name }) => name); // => 'AbortError'
 * ```
 */
export async function buildAddon({
  signal,
}: { readonly signal?: AbortSignal } = {}): Promise<string> {
  signal?.throwIfAborted();
  const headers = headerFolder();
  const build = join(PACKAGE_ROOT, 'build', `addon-${process.pid}`);
  const folder = join(PACKAGE_ROOT, 'build', 'Release');
  try {
    await mkdir(build, { recursive: true }).catch((error: unknown) => {
      throw unavailable(
        `The addon is kept in ${dirname(build)}, which cannot be written (${(error as Error).message}). Run this as the owner of that folder.`,
      );
    });
    await compile(headers, build, signal);
    const [addon] = (await readdir(join(build, OUTPUT))) as [string];
    await mkdir(folder, { recursive: true });
    // A process that has an old one open keeps that.
    await rename(join(build, OUTPUT, addon), join(folder, addon));
    return join(folder, addon);
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

function unavailable(message: string): QuantumError {
  return new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device: 'cpu' });
}

/** The folder with Node-API's headers; throws unless all that is included is there. */
function headerFolder(): string {
  if (process.platform === 'win32') {
    throw unavailable('On Windows the addon is compiled in a clone of the repository: npm ci.');
  }
  const headers = resolvePackageFile('node-api-headers/package.json');
  const wrapper = resolvePackageFile('node-addon-api/package.json');
  if (headers !== undefined && wrapper !== undefined) return join(dirname(headers), 'include');
  throw unavailable(`To compile the addon, headers are needed. Run: ${SOURCE_PACKAGES}`);
}

async function compile(
  headers: string,
  build: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const what = 'the addon';
  const settings = [
    `-DCMAKE_JS_INC=${headers}`,
    `-DCMAKE_LIBRARY_OUTPUT_DIRECTORY=${join(build, OUTPUT)}`,
    '-DCMAKE_BUILD_TYPE=Release',
    '-DQMLX_TESTS=OFF',
    // Warnings are errors, which is for those who change the sources: compilers differ.
    `-DCMAKE_CXX_FLAGS=${process.env['CXXFLAGS'] ?? ''} -w`,
  ];
  await cmake(['-S', PACKAGE_ROOT, '-B', build, ...settings], what, signal);
  const parallel = String(availableParallelism());
  await cmake(['--build', build, '--target', 'qmlx', '--parallel', parallel], what, signal);
}
