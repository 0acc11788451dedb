// Looks for the MLX library and for the engine that is linked to it, without loading either.

import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { cacheEntry, cacheFolder, COMPLETE } from './cache.js';

/** An engine and a library to link it to; both paths are absolute. */
export interface LibmlxCandidate {
  readonly source: 'LIBMLX_DIR' | 'cache';
  readonly engine: string;
  readonly library: string;
}

/** What was found, best first, and a sentence for each place that was looked at. */
export interface LibmlxSearch {
  readonly version: string;
  readonly candidates: readonly LibmlxCandidate[];
  readonly steps: readonly string[];
}

/** What the search depends on. */
export interface SearchContext {
  /** The folder of the package. */
  readonly root: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly arch?: string;
}

/** Kinds of libraries in the order in which they are tried: GPUs first. */
const KINDS = ['cuda13', 'metal', 'cpu'] as const;

/** The oldest system that the Apple builds of MLX run on: macOS 14. */
const OLDEST_DARWIN = 23;

const SUFFIX = { darwin: 'dylib', linux: 'so' } as const;

/** The version of MLX that the engine is built for. */
export function mlxVersion(root: string): string {
  const text = readFileSync(join(root, 'libmlx.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** Looks in `LIBMLX_DIR` if it is set, else in the cache. */
export function searchLibmlx({
  root,
  environment = process.env,
  platform = process.platform,
  arch = process.arch,
}: SearchContext): LibmlxSearch {
  const version = mlxVersion(root);
  const refusal = refusePlatform(platform, arch);
  if (refusal !== undefined) return { version, candidates: [], steps: [refusal] };
  const suffix = SUFFIX[platform as keyof typeof SUFFIX];
  const engineName = `libqmlx_mlx.${suffix}`;
  const engine = [
    join(root, 'build', 'Release', engineName),
    join(root, 'prebuilds', `${platform}-${arch}`, engineName),
  ].find((path) => existsSync(path));
  if (engine === undefined) {
    const steps = [`This build of qmlx comes without the MLX engine (${engineName}).`];
    return { version, candidates: [], steps };
  }
  const name = `libmlx.${suffix}`;
  const given = environment.LIBMLX_DIR;
  const found =
    given === undefined || given === ''
      ? searchCache(cacheFolder(environment, platform), `${platform}-${arch}`, version, name)
      : searchFolder(given, name);
  const candidates = found.libraries.map((library) => ({ source: found.source, engine, library }));
  return { version, candidates, steps: found.steps };
}

function refusePlatform(platform: string, arch: string): string | undefined {
  const system = `${platform}-${arch}`;
  if (!['darwin-arm64', 'linux-x64', 'linux-arm64'].includes(system)) {
    return `There is no MLX engine for ${system}.`;
  }
  if (platform === 'darwin' && Number.parseInt(release(), 10) < OLDEST_DARWIN) {
    return 'MLX needs macOS 14 or newer.';
  }
  return undefined;
}

interface Found {
  readonly source: LibmlxCandidate['source'];
  readonly libraries: readonly string[];
  readonly steps: readonly string[];
}

function searchFolder(folder: string, name: string): Found {
  const source = 'LIBMLX_DIR';
  const library = join(folder, 'lib', name);
  const problem = !isAbsolute(folder)
    ? 'it must be an absolute path'
    : existsSync(library)
      ? undefined
      : `there is no ${library}`;
  return problem === undefined
    ? { source, libraries: [library], steps: [`LIBMLX_DIR names ${library}.`] }
    : {
        source,
        libraries: [],
        steps: [`LIBMLX_DIR is ${JSON.stringify(folder)}, but ${problem}.`],
      };
}

function searchCache(cache: string, system: string, version: string, name: string): Found {
  const folders = KINDS.map((kind) => join(cache, cacheEntry(`${system}-${kind}`, version)));
  const libraries = folders
    .filter((folder) => existsSync(join(folder, COMPLETE)))
    .map((folder) => join(folder, 'mlx', 'lib', name));
  const steps =
    libraries.length > 0
      ? libraries.map((library) => `The cache holds ${library}.`)
      : [`LIBMLX_DIR is not set, and there is no MLX ${version} in the cache, ${cache}.`];
  return { source: 'cache', libraries, steps };
}
