// Which systems MLX runs on, and what its builds for them are called.

import { release } from 'node:os';
import type { DeploymentTarget, LibmlxVariant } from './variables.js';

/** A system that there is an MLX engine for. */
export type MlxSystem = 'darwin-arm64' | 'linux-x64' | 'linux-arm64';

/** What is asked about a machine. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** The version of the kernel. */
  readonly release: string;
  /** The version of glibc; empty for another C library. */
  readonly glibc: string;
}

/** The oldest kernel and glibc that the builds of MLX run on: macOS 14; Ubuntu 22.04 and its contemporaries. */
const OLDEST_DARWIN = 23;
const OLDEST_GLIBC = '2.35';

const TRIPLES: Readonly<Record<MlxSystem, string>> = {
  'darwin-arm64': 'arm64-apple-darwin',
  'linux-x64': 'x86_64-linux-gnu',
  'linux-arm64': 'aarch64-linux-gnu',
};

const SUFFIXES = { darwin: 'dylib', linux: 'so' } as const;

/** The kernel that a macOS version has. */
const KERNELS: Readonly<Record<DeploymentTarget, string>> = {
  '14.0': '23.0',
  '15.0': '24.0',
  '26.2': '25.2',
};

let glibc: string | undefined;

/** The version of glibc that Node runs with; empty for another C library. */
function glibcVersion(): string {
  // Without it the report asks name servers about every connection.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  report.excludeNetwork = true;
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime ?? '';
}

/** This machine. */
export function thisHost(): Host {
  glibc ??= process.platform === 'linux' ? glibcVersion() : '';
  return { platform: process.platform, arch: process.arch, release: release(), glibc };
}

/** Whether a version is at least another: dotted numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, need] = [version, least].map((text) => text.split('.').map(Number));
  for (const [k, part] of need!.entries()) {
    const difference = (have![k] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Why MLX does not run on a machine; undefined if it does. */
export function refuseHost({
  platform,
  arch,
  release: kernel,
  glibc: libc,
}: Host): string | undefined {
  const system = `${platform}-${arch}`;
  if (!(system in TRIPLES)) return `There is no MLX engine for ${system}.`;
  if (platform === 'darwin' && !isAtLeast(kernel, String(OLDEST_DARWIN))) {
    return 'MLX needs macOS 14 or newer.';
  }
  if (platform === 'linux' && (libc === '' || !isAtLeast(libc, OLDEST_GLIBC))) {
    const found = libc === '' ? 'another C library' : `glibc ${libc}`;
    return `MLX needs glibc ${OLDEST_GLIBC} or newer; this system has ${found}.`;
  }
  return undefined;
}

/** The system of a machine that `refuseHost` does not refuse. */
export function systemOf({ platform, arch }: Pick<Host, 'platform' | 'arch'>): MlxSystem {
  return `${platform}-${arch}` as MlxSystem;
}

/** Kinds of libmlx for a system; the first is the one that is taken if nothing is said. */
export function variantsOf(system: MlxSystem): readonly LibmlxVariant[] {
  return system === 'darwin-arm64' ? ['metal'] : ['cpu', 'cuda13'];
}

/** Whether a build of libmlx for a macOS runs on a machine. */
export function runsTarget({ platform, release: kernel }: Host, target: DeploymentTarget): boolean {
  return platform !== 'darwin' || isAtLeast(kernel, KERNELS[target]);
}

/** The name of a build in cache entries and archives, as the project mlx-build and EMLX write it. */
export function tripleOf(system: MlxSystem, target: DeploymentTarget): string {
  return system === 'darwin-arm64' ? `${TRIPLES[system]}-${target}` : TRIPLES[system];
}

/** Names of the shared libraries on a system. */
export function libraryNames(system: MlxSystem): {
  readonly library: string;
  readonly engine: string;
} {
  const suffix = SUFFIXES[system.startsWith('darwin') ? 'darwin' : 'linux'];
  return { library: `libmlx.${suffix}`, engine: `libqmlx_mlx.${suffix}` };
}
