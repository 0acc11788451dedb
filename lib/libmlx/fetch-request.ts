// Which libmlx is asked for, and what its entry in the cache is called.

import { QuantumError } from '../errors.js';
import type { Manifest, PinnedWheel } from './manifest.js';
import { runsTarget, tripleOf, variantsOf, type Host, type MlxSystem } from './platform.js';
import type { DeploymentTarget, LibmlxSource, LibmlxVariant, Variables } from './variables.js';

/** One libmlx. */
export interface LibmlxRequest {
  readonly system: MlxSystem;
  readonly version: string;
  readonly variant: LibmlxVariant;
  readonly source: LibmlxSource;
  readonly deploymentTarget: DeploymentTarget;
  readonly jit: boolean;
  readonly debug: boolean;
}

/** What a caller may choose; the environment chooses the rest. */
export interface LibmlxChoice {
  readonly variant?: LibmlxVariant | undefined;
  readonly source?: LibmlxSource | undefined;
}

function refuse(argument: string, received: unknown, message: string): QuantumError {
  return new QuantumError('ERR_INVALID_ARGUMENT', message, { argument, received });
}

/**
 * The libmlx that is asked for.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for one that there cannot be.
 */
export function requestFor(
  system: MlxSystem,
  choice: LibmlxChoice,
  variables: Variables,
  manifest: Manifest,
  host: Host,
): LibmlxRequest {
  const variants = variantsOf(system);
  const variant = choice.variant ?? variables.variant ?? variants[0]!;
  if (!variants.includes(variant)) {
    const known = variants.join(', ');
    throw refuse(
      'variant',
      variant,
      `There is no libmlx '${variant}' for ${system}. There is: ${known}.`,
    );
  }
  const deploymentTarget = variables.deploymentTarget ?? '14.0';
  if (!runsTarget(host, deploymentTarget)) {
    const message = `libmlx for macOS ${deploymentTarget} does not run on this macOS. Set LIBMLX_DEPLOYMENT_TARGET=14.0 or unset it.`;
    throw refuse('LIBMLX_DEPLOYMENT_TARGET', deploymentTarget, message);
  }
  const version = variables.version ?? manifest.version;
  const request = {
    ...{ system, version, variant, deploymentTarget },
    jit: variables.jit ?? false,
    debug: variables.debug ?? false,
  };
  const source = choice.source ?? variables.source ?? (variables.build ? 'build' : undefined);
  const chosen = { ...request, source: source ?? defaultSource(request, variables, manifest) };
  if (chosen.source === 'wheel') checkWheel(chosen, manifest);
  return chosen;
}

/** The official wheel is pinned, so that it comes first wherever it is what was asked for. */
function defaultSource(
  request: Omit<LibmlxRequest, 'source'>,
  { archivePath, archiveUrl, mirror }: Variables,
  manifest: Manifest,
): LibmlxSource {
  const named = archivePath !== undefined || archiveUrl !== undefined || mirror !== undefined;
  const other = request.jit || request.debug || request.version !== manifest.version;
  return named || other ? 'archive' : 'wheel';
}

function checkWheel({ jit, debug, version }: LibmlxRequest, manifest: Manifest): void {
  const asked = jit ? 'LIBMLX_ENABLE_JIT' : debug ? 'LIBMLX_ENABLE_DEBUG' : undefined;
  if (asked !== undefined) {
    const message = `${asked} chooses among archives; the official wheel has no such variant. Unset it, or set LIBMLX_SOURCE=archive.`;
    throw refuse(asked, '1', message);
  }
  if (version !== manifest.version) {
    const message = `LIBMLX_VERSION is ${version}, and only the wheel of MLX ${manifest.version} is pinned. Set LIBMLX_SOURCE to archive or build.`;
    throw refuse('LIBMLX_VERSION', version, message);
  }
}

/** The wheel that serves a request. */
export function wheelOf(
  { system, variant, deploymentTarget }: LibmlxRequest,
  { wheels }: Manifest,
): PinnedWheel {
  const name = variant === 'metal' ? `metal-${deploymentTarget}` : variant;
  return wheels[`${system}-${name}`]!;
}

function suffixOf({ variant, debug, jit }: LibmlxRequest, source: string): string {
  const cuda = variant === 'cuda13' ? '-cuda13-cudnn9' : '';
  return `${cuda}${source}${debug ? '-debug' : ''}${jit ? '-jit' : ''}`;
}

/** The name of an entry in the cache. */
export function entryName(request: LibmlxRequest): string {
  const { version, system, deploymentTarget, source } = request;
  const kind = source === 'archive' ? '' : `-${source}`;
  return `libmlx-${version}-${tripleOf(system, deploymentTarget)}${suffixOf(request, kind)}`;
}

/** The name of the release archive. */
export function archiveName(request: LibmlxRequest): string {
  return `mlx-${tripleOf(request.system, request.deploymentTarget)}${suffixOf(request, '')}.tar.gz`;
}
