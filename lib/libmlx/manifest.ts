// libmlx.json: the version of MLX that this version of qmlx works with, and what its libraries consist of.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a library: its place, size in bytes and digest. */
export interface PinnedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** An official wheel. */
export interface PinnedWheel {
  /** Name of the Python package. */
  readonly package: string;
  /** The wheel's platform tag. */
  readonly platform: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Bytes of everything in it. */
  readonly unpackedBytes: number;
  /** How many files it has. */
  readonly fileCount: number;
  /** Libraries and what they need; not the headers. */
  readonly files: readonly PinnedFile[];
}

/** What `libmlx.json` says. `scripts/update-libmlx.mjs` writes it. */
export interface Manifest {
  readonly schema: 2;
  readonly version: string;
  /** By system and variant, such as `linux-x64-cpu` or `darwin-arm64-metal-14.0`. */
  readonly wheels: Readonly<Record<string, PinnedWheel>>;
  /** Release archives: where they lie, and digests of the ones that are pinned, by name. */
  readonly archives: {
    readonly base: string;
    readonly sha256: Readonly<Record<string, string>>;
  };
  /** The archive of MLX's sources. */
  readonly sources: { readonly url: string; readonly sha256?: string };
}

/** Reads the manifest of the package in a folder. */
export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'libmlx.json'), 'utf8')) as Manifest;
}
