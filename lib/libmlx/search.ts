// Looks for the MLX library and for the engine that is linked to it, without loading either.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { QuantumError } from '../errors.js';
import { cacheFolder, listEntries, refuseCache, type CacheEntry } from './cache.js';
import { compiledEngine, packagedEngine } from './engine.js';
import { readManifest, type Manifest } from './manifest.js';
import { PACKAGE_ROOT, packageVersion, resolvePackageFile } from './package.js';
import {
  libraryNames,
  refuseHost,
  systemOf,
  thisHost,
  type Host,
  type MlxSystem,
} from './platform.js';
import {
  invalidVariables,
  readVariable,
  unknownVariables,
  VARIABLES,
  VARIANTS,
  type Environment,
} from './variables.js';

/** Where a libmlx was found. */
export type LibmlxPlace = 'LIBMLX_DIR' | 'package' | 'cache';

/** A library and the engine for it; both paths are absolute. */
export interface LibmlxCandidate {
  readonly source: LibmlxPlace;
  /** Undefined where it has to be compiled first. */
  readonly engine: string | undefined;
  readonly library: string;
  /** The version that the engine was compiled for. */
  readonly version: string;
}

/** What came of looking at one place. */
export interface LibmlxStep {
  readonly place: LibmlxPlace | 'system' | 'engine';
  readonly found: boolean;
  /** A sentence. */
  readonly text: string;
}

/** What was found, best first, and what came of each place that was looked at. */
export interface LibmlxSearch {
  /** The version of MLX that is looked for. */
  readonly version: string;
  readonly candidates: readonly LibmlxCandidate[];
  readonly steps: readonly LibmlxStep[];
}

/** What `locateLibmlx` gives. */
export interface LibmlxLocation extends LibmlxSearch {
  /** Environment variables that look like ours and mean nothing: misspelt ones. */
  readonly unknownVariables: readonly string[];
  /** A sentence for each environment variable whose value makes no sense. */
  readonly invalidVariables: readonly string[];
}

/** What the search depends on. */
export interface SearchContext {
  /** The folder of the package. */
  readonly root: string;
  readonly environment?: Environment;
  readonly host?: Host;
  /** Finds a file of another package. */
  readonly resolve?: (specifier: string) => string | undefined;
}

/** What is known when places are looked at. */
interface Search {
  readonly root: string;
  readonly environment: Environment;
  readonly host: Host;
  readonly resolve: (specifier: string) => string | undefined;
  readonly system: MlxSystem;
  readonly manifest: Manifest;
  readonly version: string;
}

interface Found {
  readonly place: LibmlxPlace;
  /** A library; with the engine where that is not the package's own. */
  readonly libraries: readonly { readonly library: string; readonly engine?: string }[];
  readonly steps: readonly LibmlxStep[];
}

/** The name of the package with libmlx for a system. */
export function platformPackage(system: MlxSystem): string {
  return `@qmlx/mlx-${system}`;
}

/**
 * Says where MLX libraries are and what came of looking at each place, without loading any.
 *
 * @returns The version that is looked for; `candidates`, best first, with absolute paths; a sentence for each step.
 *
 * @example
 * ```ts
 * import { locateLibmlx } from 'qmlx';
 *
 * locateLibmlx().steps.length > 0; // => true
 * ```
 */
export function locateLibmlx(): LibmlxLocation {
  return {
    ...searchLibmlx({ root: PACKAGE_ROOT }),
    unknownVariables: unknownVariables(process.env),
    invalidVariables: invalidVariables(process.env),
  };
}

/**
 * Looks in `LIBMLX_DIR` alone if it is set, else at the platform package and in the cache. Never throws: a variable
 * that makes no sense is a step like any other.
 */
export function searchLibmlx({
  root,
  environment = process.env,
  host = thisHost(),
  resolve = resolvePackageFile,
}: SearchContext): LibmlxSearch {
  const manifest = readManifest(root);
  let { version } = manifest;
  try {
    version = readVariable(VARIABLES.version, environment) ?? version;
    const refusal = refuseHost(host);
    if (refusal !== undefined) {
      return { version, candidates: [], steps: [{ place: 'system', found: false, text: refusal }] };
    }
    const system = systemOf(host);
    const found = lookAround({ root, environment, host, resolve, system, manifest, version });
    return {
      version,
      ...withEngines(found, { root, environment, host, system, manifest, version }),
    };
  } catch (error) {
    if (!QuantumError.is(error, 'ERR_INVALID_ARGUMENT')) throw error;
    const place = error.argument === 'LIBMLX_DIR' ? 'LIBMLX_DIR' : 'system';
    return { version, candidates: [], steps: [{ place, found: false, text: error.message }] };
  }
}

function lookAround(search: Search): readonly Found[] {
  const given = readVariable(VARIABLES.dir, search.environment);
  if (given !== undefined) return [lookInFolder(given, search)];
  return [lookInPackage(search), lookInCache(search)];
}

function lookInFolder(folder: string, { system }: Search): Found {
  const place = 'LIBMLX_DIR';
  const library = join(folder, 'lib', libraryNames(system).library);
  const found = existsSync(library);
  const text = found
    ? `LIBMLX_DIR names ${library}.`
    : `LIBMLX_DIR is ${JSON.stringify(folder)}, but there is no ${library}. Unset it, or let it name a folder with lib/ in it.`;
  return { place, libraries: found ? [{ library }] : [], steps: [{ place, found, text }] };
}

function lookInPackage(search: Search): Found {
  const place = 'package';
  const { folder, problem } = packageFolder(search);
  if (folder === undefined) {
    return { place, libraries: [], steps: [{ place, found: false, text: problem }] };
  }
  const { library, engine } = libraryNames(search.system);
  return {
    place,
    libraries: [{ library: join(folder, library), engine: join(folder, engine) }],
    steps: [{ place, found: true, text: `${platformPackage(search.system)} holds ${library}.` }],
  };
}

/** The part of a platform package's package.json that is ours. */
interface PlatformManifest {
  readonly version?: string;
  readonly qmlx?: { readonly directory?: string; readonly mlx?: string };
}

/** The folder with the libraries of the platform package, or why it cannot be used. */
function packageFolder({
  root,
  resolve,
  system,
  manifest,
  version,
}: Search):
  | { readonly folder: string; readonly problem?: never }
  | { readonly folder?: never; readonly problem: string } {
  const name = platformPackage(system);
  const file = resolve(`${name}/package.json`);
  if (file === undefined) return { problem: `The package ${name} is not installed.` };
  if (/\.zip[\\/]/.test(file)) {
    return {
      problem: `The package ${name} lies inside an archive, where no library can be loaded: unplug it.`,
    };
  }
  const content = JSON.parse(readFileSync(file, 'utf8')) as PlatformManifest;
  const own = packageVersion(root);
  if (content.version !== own) {
    return {
      problem: `The package ${name} has version ${content.version}; qmlx needs ${own}. Install ${name}@${own}.`,
    };
  }
  const { directory = 'lib', mlx = manifest.version } = content.qmlx ?? {};
  if (mlx !== version) return { problem: `The package ${name} holds MLX ${mlx}, not ${version}.` };
  const folder = join(dirname(file), directory);
  const missing = Object.values(libraryNames(system)).find(
    (each) => !existsSync(join(folder, each)),
  );
  return missing === undefined
    ? { folder }
    : { problem: `The package ${name} is damaged: there is no ${join(folder, missing)}.` };
}

function lookInCache(search: Search): Found {
  const place = 'cache';
  const cache = cacheFolder(search.environment, search.host.platform);
  const refusal = refuseCache(cache);
  const entries =
    refusal === undefined ? listEntries(cache).filter(entryFilter(search)).sort(byPreference) : [];
  const name = libraryNames(search.system).library;
  const libraries = entries.map(({ folder, marker }) => ({
    library: join(folder, marker.prefix, 'lib', name),
  }));
  const missing = refusal ?? `There is no MLX ${search.version} in the cache, ${cache}.`;
  const steps: readonly LibmlxStep[] =
    libraries.length > 0
      ? libraries.map(({ library }) => ({
          place,
          found: true,
          text: `The cache holds ${library}.`,
        }))
      : [{ place, found: false, text: missing }];
  return { place, libraries, steps };
}

/** Which entries of the cache are asked for. One that claims to be an official wheel has its digest. */
function entryFilter({
  environment,
  system,
  manifest,
  version,
}: Search): (entry: CacheEntry) => boolean {
  const variant = readVariable(VARIABLES.variant, environment);
  const jit = readVariable(VARIABLES.jit, environment);
  const debug = readVariable(VARIABLES.debug, environment);
  const pinned = new Set(Object.values(manifest.wheels).map(({ sha256 }) => sha256));
  return ({ marker }) =>
    marker.version === version &&
    marker.system === system &&
    (variant === undefined || marker.variant === variant) &&
    (jit === undefined || marker.jit) &&
    (debug === undefined || marker.debug) &&
    (marker.source !== 'wheel' || pinned.has(marker.sha256));
}

/** GPUs first; kernels that are compiled already before ones that are not; no debug information first. */
function byPreference({ marker: a }: CacheEntry, { marker: b }: CacheEntry): number {
  return (
    VARIANTS.indexOf(a.variant) - VARIANTS.indexOf(b.variant) ||
    Number(a.debug) - Number(b.debug) ||
    Number(a.jit) - Number(b.jit)
  );
}

/** Gives each library its engine: its own, one compiled for it, or the one of this package. */
function withEngines(
  found: readonly Found[],
  search: Omit<Search, 'resolve'>,
): Pick<LibmlxSearch, 'candidates' | 'steps'> {
  const { version, manifest } = search;
  const candidates = found.flatMap(({ place, libraries }) =>
    libraries.map(({ library, engine: own }): LibmlxCandidate => {
      const compiled = own ?? compiledEngine(library, search);
      // The engine of this package fits one version.
      const fits = version === manifest.version;
      const packaged = (): string | undefined =>
        fits ? packagedEngine(library, place, search) : undefined;
      return { source: place, engine: compiled ?? packaged(), library, version };
    }),
  );
  const steps = found.flatMap((each) => each.steps);
  const usable = candidates.some(({ engine }) => engine !== undefined);
  if (usable || candidates.length === 0) return { candidates, steps };
  const { engine } = libraryNames(search.system);
  const text = `This build of qmlx comes without the MLX engine (${engine}). Compile it with: npx qmlx build`;
  return { candidates, steps: [...steps, { place: 'engine', found: false, text }] };
}
