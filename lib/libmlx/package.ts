// Where this package lies, and other packages as they are resolved from there.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** The folder of the package. */
export const PACKAGE_ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

interface Manifest {
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/** The version of the package in a folder. */
export function packageVersion(root: string): string {
  return manifestOf(root).version;
}

/** The absolute path of a file of another package, if that package is installed for this one. */
export function resolvePackageFile(specifier: string): string | undefined {
  try {
    return require.resolve(specifier);
  } catch {
    return undefined;
  }
}

/** A package with the addon for a system that this package has none for. */
export interface AddonPackage {
  readonly name: string;
  /** The addon, which is what the package resolves to, if it is installed. */
  readonly file: string | undefined;
  /** Whether this package asks for it where it fits. */
  readonly isOptional: boolean;
}

/** The package with the addon for a system; its name tells the C library if that is musl. */
export function addonPackage(platform: string, arch: string, libc: string): AddonPackage {
  const name = `@qmlx/addon-${platform}-${arch}${libc === 'musl' ? '-musl' : ''}`;
  const { optionalDependencies = {} } = manifestOf(PACKAGE_ROOT);
  return { name, file: resolvePackageFile(name), isOptional: name in optionalDependencies };
}
