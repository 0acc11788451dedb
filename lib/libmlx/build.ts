// Builds libmlx from MLX's sources.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { QuantumError } from '../errors.js';
import { fetchFile, folderWith, unpack, type FetchSettings } from './archive.js';
import type { Content, FetchWork } from './content.js';
import { entryName, type LibmlxRequest } from './fetch-request.js';
import { libraryNames } from './platform.js';
import { lastLines, runProgram } from './program.js';
import { describeLibraries } from './publish.js';

/**
 * Runs CMake.
 *
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE if it is not there or fails, with the end of what it said.
 */
export async function cmake(
  args: readonly string[],
  what: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ended = await runProgram('cmake', args, signal);
  if (ended.code === 0) return;
  const message = ended.started
    ? `CMake could not build ${what}: ${lastLines(ended)}\nA C++20 compiler and CMake 3.25 or newer are needed.`
    : `CMake is needed to build ${what}, and it is not there. Install CMake and a C++20 compiler.`;
  throw new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device: 'gpu' });
}

function cmakeSettings({
  variant,
  jit,
  debug,
  deploymentTarget,
}: LibmlxRequest): readonly string[] {
  const onMac = variant === 'metal';
  const switches = {
    BUILD_SHARED_LIBS: true,
    MLX_BUILD_TESTS: false,
    MLX_BUILD_EXAMPLES: false,
    MLX_BUILD_BENCHMARKS: false,
    MLX_BUILD_PYTHON_BINDINGS: false,
    MLX_BUILD_METAL: onMac,
    MLX_BUILD_CUDA: variant === 'cuda13',
    MLX_METAL_JIT: jit,
  };
  const settings = Object.entries(switches).map(
    ([name, value]) => `-D${name}=${value ? 'ON' : 'OFF'}`,
  );
  settings.push(`-DCMAKE_BUILD_TYPE=${debug ? 'Debug' : 'Release'}`, '-DCMAKE_INSTALL_LIBDIR=lib');
  if (onMac) settings.push(`-DCMAKE_OSX_DEPLOYMENT_TARGET=${deploymentTarget}`);
  return settings;
}

/** Fetches MLX's sources and builds libmlx. */
export async function buildLibmlx(
  request: LibmlxRequest,
  settings: FetchSettings,
  work: FetchWork,
): Promise<Content> {
  const { manifest, variables } = settings;
  const { version } = request;
  const mirror = variables.mirror?.href.replace(/\/$/, '');
  const usual = manifest.sources.url.replace(manifest.version, version);
  const url = new URL(
    mirror === undefined ? usual : `${mirror}/v${version}/mlx-${version}-sources.tar.gz`,
  );
  const pinned = version === manifest.version ? manifest.sources.sha256 : undefined;
  const fetched = await fetchFile({ url, name: entryName(request), pinned }, settings, work);
  const sources = await unpack(fetched, work);
  const source = join(sources, await folderWith('CMakeLists.txt', sources, fetched.file));
  const [build, folder] = [join(work.folder, 'build'), join(work.folder, 'installed')];
  const what = `MLX ${version}`;
  work.report({ phase: 'build', done: 0, total: 0 });
  const options = [...cmakeSettings(request), `-DCMAKE_INSTALL_PREFIX=${folder}`];
  await cmake(['-S', source, '-B', build, ...options], what, work.signal);
  await cmake(['--build', build, '--parallel', String(availableParallelism())], what, work.signal);
  await cmake(['--install', build], what, work.signal);
  const { library } = libraryNames(request.system);
  const prefix = await folderWith(join('lib', library), folder, `The build of ${what}`);
  const files = await describeLibraries(folder, prefix);
  return { folder, prefix, sha256: fetched.sha256, trust: fetched.trust, files };
}
