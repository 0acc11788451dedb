// Makes sure that there is a libmlx: finds it, or fetches it.

import { mkdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { QuantumError } from '../errors.js';
import { fetchArchive, forgetDownload, checkSpace, type FetchSettings } from './archive.js';
import { buildLibmlx } from './build.js';
import { cacheFolder, readEntry, refuseCache, type CacheEntry, type CacheMarker } from './cache.js';
import { removeChanged } from './clean.js';
import { cannotWrite, type Content, type FetchWork, type LibmlxProgress } from './content.js';
import {
  entryName,
  requestFor,
  wheelOf,
  type LibmlxChoice,
  type LibmlxRequest,
} from './fetch-request.js';
import { PATIENCE, type Patience } from './http.js';
import { withLock } from './lock.js';
import { readManifest } from './manifest.js';
import { PACKAGE_ROOT } from './package.js';
import { refuseHost, systemOf, thisHost, type Host } from './platform.js';
import { displayOn, type ProgressStream } from './progress.js';
import { publishEntry, withWorkFolder } from './publish.js';
import {
  searchLibmlx,
  type LibmlxCandidate,
  type LibmlxSearch,
  type LibmlxStep,
} from './search.js';
import { readVariables, type Environment, type LibmlxSource, type Variables } from './variables.js';
import { fetchWheel } from './wheel.js';

/** How libmlx is fetched. */
export interface EnsureOptions extends LibmlxChoice {
  /** Fetch even if there is one. */
  readonly force?: boolean | undefined;
  /** Compare every file of the cache with its digest, remove entries that have changed, and fetch if none is left. */
  readonly verify?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LibmlxProgress) => void) | undefined;
}

/** What `ensureLibmlx` takes. */
export interface LibmlxOptions extends EnsureOptions {
  /** Where to show progress, such as `process.stderr`: a bar on a terminal, a line for each quarter elsewhere. */
  readonly progress?: ProgressStream | undefined;
}

/** What it depends on besides; tests say otherwise. */
export interface EnsureContext {
  readonly root?: string;
  readonly environment?: Environment;
  readonly host?: Host;
  readonly patience?: Patience;
}

/** A libmlx that is there. */
export interface Libmlx extends LibmlxCandidate {
  /** Whether it was fetched just now. */
  readonly fetched: boolean;
}

interface Plan extends FetchSettings {
  readonly request: LibmlxRequest;
  readonly options: EnsureOptions;
  /** Sources to try, in order. */
  readonly sources: readonly LibmlxSource[];
}

let fetches = 0;

/** How many libraries this process has fetched: what was not found before one may be found after it. */
export function fetchCount(): number {
  return fetches;
}

/**
 * Makes sure that there is an MLX library: finds one where `LIBMLX_DIR`, the platform package or the cache has it, else
 * fetches one into the cache. Nothing is loaded. Circuits that run afterwards can use it, also if an earlier one found
 * none. The environment variables of docs/libmlx.md apply.
 *
 * @param options `variant` 'cpu', 'cuda13' or 'metal'; `source` 'wheel', 'archive' or 'build'; `force` to fetch even if
 *   there is one; `verify` to compare every file of the cache with its digest first and to remove what has changed; `signal` to give up; `progress`, a
 *   stream to show it on; `onProgress`, called with bytes.
 * @returns Where the library and its engine lie, as absolute paths.
 * @throws QuantumError ERR_BACKEND_UNAVAILABLE if MLX does not run on this system, ERR_DOWNLOAD if it cannot be fetched,
 *   ERR_INTEGRITY if what came is not what was published, ERR_INVALID_ARGUMENT for an option or a variable that makes no
 *   sense.
 *
 * @example
 * ```ts
 * import { ensureLibmlx } from 'qmlx';
 *
 * const { version } = await ensureLibmlx();
 * version; // => '0.32.4'
 * ```
 */
export async function ensureLibmlx({ progress, ...options }: LibmlxOptions = {}): Promise<Libmlx> {
  if (progress === undefined) return ensure(options);
  const { show, clear } = displayOn(progress);
  const onProgress = (step: LibmlxProgress): void => {
    show(step);
    options.onProgress?.(step);
  };
  return ensure({ ...options, onProgress }).finally(clear);
}

/** Finds libmlx or fetches it into the cache. */
export async function ensure(options: EnsureOptions, context: EnsureContext = {}): Promise<Libmlx> {
  const { root = PACKAGE_ROOT, environment = process.env, host = thisHost() } = context;
  const variables = readVariables(environment);
  const refusal = refuseHost(host);
  if (refusal !== undefined) {
    const message = `${refusal} Circuits run on the built-in engine, the device 'cpu'.`;
    throw new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device: 'gpu' });
  }
  const manifest = readManifest(root);
  const request = requestFor(systemOf(host), options, variables, manifest, host);
  const chosen = { ...environment, LIBMLX_VARIANT: request.variant };
  const cache = cacheFolder(environment, host.platform);
  if (options.verify) await removeChanged(cache);
  const search = (): LibmlxSearch => searchLibmlx({ root, environment: chosen, host });
  const { candidates, steps } = search();
  const [there] = candidates;
  if (variables.dir !== undefined && there === undefined) throw notThere(steps);
  const fetching = options.force || options.source !== undefined;
  if (there !== undefined && (variables.dir !== undefined || !fetching))
    return { ...there, fetched: false };
  const { patience = PATIENCE } = context;
  const sources = sourcesFor(request, options, variables);
  const { entry, isNew } = await fetchInto({
    request,
    options,
    sources,
    variables,
    manifest,
    cache,
    patience,
  });
  const result = search().candidates.find(({ library }) => library.startsWith(entry.folder + sep));
  if (result === undefined) throw notThere(search().steps);
  return { ...result, fetched: isNew };
}

function notThere(steps: readonly LibmlxStep[]): QuantumError {
  const message = steps.map(({ text }) => text).join(' ');
  return new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device: 'gpu' });
}

/** Where nobody has chosen, an archive stands in for a wheel that pip does not get. */
function sourcesFor(
  { source, system }: LibmlxRequest,
  options: EnsureOptions,
  variables: Variables,
): readonly LibmlxSource[] {
  const isChosen = options.source !== undefined || variables.source !== undefined;
  return source === 'wheel' && !isChosen && system === 'darwin-arm64'
    ? ['wheel', 'archive']
    : [source];
}

interface Fetched {
  readonly entry: CacheEntry;
  readonly isNew: boolean;
}

async function fetchInto(plan: Plan): Promise<Fetched> {
  const { cache, request, options, sources } = plan;
  const refusal = refuseCache(cache);
  if (refusal !== undefined) throw new QuantumError('ERR_DOWNLOAD', refusal, { source: cache });
  const { signal, onProgress } = options;
  const name = entryName(request);
  const waiting = (): void => onProgress?.({ phase: 'wait', done: 0, total: 0 });
  try {
    await mkdir(cache, { recursive: true });
    return await withLock(join(cache, `.lock-${name}`), { signal, waiting }, async () => {
      const present = sources.map((source) => entryOf({ ...request, source }, cache)).find(Boolean);
      if (present !== undefined && !options.force) {
        return { entry: present, isNew: false };
      }
      return { entry: await fetchFirst(plan), isNew: true };
    });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    // What can go wrong here besides is a file or folder of the cache.
    if (QuantumError.is(error) || syscall === undefined || code === undefined) throw error;
    throw cannotWrite(cache, error);
  }
}

/** The entry for a request, under its own name or under the one beside something that is not ours. */
function entryOf(request: LibmlxRequest, cache: string): CacheEntry | undefined {
  const name = entryName(request);
  return [name, `${name}-qmlx`].map((each) => readEntry(join(cache, each))).find(Boolean);
}

/** Fetches from the first source that has it. */
async function fetchFirst(plan: Plan): Promise<CacheEntry> {
  const failures: QuantumError[] = [];
  for (const source of plan.sources) {
    try {
      return await fetchFrom({ ...plan, request: { ...plan.request, source } });
    } catch (error) {
      if (!QuantumError.is(error, 'ERR_DOWNLOAD')) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (failures.length === 1) throw first!;
  const message = failures.map((failure) => failure.message).join(' ');
  throw new QuantumError('ERR_DOWNLOAD', message, {
    source: plan.sources.join(', '),
    cause: first,
  });
}

async function fetchFrom(plan: Plan): Promise<CacheEntry> {
  const { cache, request, options, variables } = plan;
  if (variables.offline && variables.archivePath === undefined) {
    const message =
      'LIBMLX_OFFLINE is set, so that libmlx is not fetched. Unset it, or name a file with MLX_ARCHIVE_PATH.';
    throw new QuantumError('ERR_DOWNLOAD', message, { source: request.source });
  }
  const name = entryName(request);
  const entry = await withWorkFolder(cache, name, async (folder) => {
    const report = options.onProgress ?? ((): void => undefined);
    const { folder: made, ...content } = await contentOf(plan, {
      folder,
      signal: options.signal,
      report,
    });
    return publishEntry(made, cache, name, markerOf(request, content));
  });
  await forgetDownload(request, cache);
  fetches += 1;
  return entry;
}

async function contentOf(plan: Plan, work: FetchWork): Promise<Content> {
  const { request, manifest, cache } = plan;
  if (request.source === 'build') return buildLibmlx(request, plan, work);
  if (request.source === 'wheel') {
    const wheel = wheelOf(request, manifest);
    await checkSpace(cache, wheel.bytes + wheel.unpackedBytes);
    return fetchWheel(wheel, request.version, work);
  }
  try {
    return await fetchArchive(request, plan, work);
  } catch (error) {
    // What cannot be unpacked now cannot be unpacked next time.
    if (QuantumError.is(error, 'ERR_INTEGRITY')) await forgetDownload(request, cache);
    throw error;
  }
}

function markerOf(request: LibmlxRequest, content: Omit<Content, 'folder'>): CacheMarker {
  const { deploymentTarget, system, ...rest } = request;
  const target = system === 'darwin-arm64' ? { deploymentTarget } : {};
  return { schema: 1, system, ...rest, ...target, ...content };
}
