// The MLX engine for a library: where a compiled one is kept, and how the one of this package gets beside a library.

import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cache.js';
import { packageVersion } from './package.js';
import { libraryNames, type Host, type MlxSystem } from './platform.js';
import type { LibmlxPlace } from './search.js';
import type { Environment } from './variables.js';

/** What finding an engine depends on. */
export interface EngineContext {
  readonly root: string;
  readonly environment: Environment;
  readonly host: Host;
  readonly system: MlxSystem;
}

/** Where engines that were made for one library are kept: another library, or a changed one, is another folder. */
export function engineFolder(library: string, { root, environment, host }: EngineContext): string {
  const real = realpathSync(library);
  const { size, mtimeMs } = statSync(real);
  const key = createHash('sha256').update(`${real}\0${size}\0${mtimeMs}`).digest('hex');
  const name = `qmlx-${packageVersion(root)}-${key.slice(0, 16)}`;
  return join(cacheFolder(environment, host.platform), 'engines', name);
}

/** The engine that `qmlx build` has compiled for a library. */
export function compiledEngine(library: string, context: EngineContext): string | undefined {
  const engine = join(
    engineFolder(library, context),
    'compiled',
    libraryNames(context.system).engine,
  );
  return existsSync(engine) ? engine : undefined;
}

/** The engine that came with this package, or that the build of a clone has made. */
function ownEngine({ root, system }: EngineContext): string | undefined {
  const { engine } = libraryNames(system);
  return [join(root, 'build', 'Release', engine), join(root, 'prebuilds', system, engine)].find(
    (path) => existsSync(path),
  );
}

/**
 * The engine of this package for a library of the cache or of LIBMLX_DIR. A Mac looks for libmlx beside the engine, so
 * that the two are brought together; elsewhere the engine is linked to the libmlx that is open already, and stays where
 * it is if the folder cannot be written.
 */
export function packagedEngine(
  library: string,
  place: LibmlxPlace,
  context: EngineContext,
): string | undefined {
  const own = ownEngine(context);
  if (own === undefined) return undefined;
  // What a clone builds changes too often to leave copies.
  if (place === 'cache' && own.startsWith(join(context.root, 'prebuilds'))) {
    const copy = copyBeside(own, library, context.root);
    if (copy !== undefined) return copy;
  }
  if (context.system !== 'darwin-arm64') return own;
  try {
    return joinLinked(own, library, engineFolder(library, context));
  } catch {
    return own;
  }
}

/** Copies the engine beside a library. Its name tells its content, so that no copy is ever written twice. */
function copyBeside(own: string, library: string, root: string): string | undefined {
  const digest = createHash('sha256').update(readFileSync(own)).digest('hex').slice(0, 12);
  const [stem, suffix] = basename(own).split('.');
  const copy = join(dirname(library), `${stem}-${packageVersion(root)}-${digest}.${suffix}`);
  if (existsSync(copy)) return copy;
  try {
    accessSync(dirname(library), constants.W_OK);
    copyWhole(own, copy);
    return copy;
  } catch {
    return undefined;
  }
}

/** A system may end processes that use a file that is written anew; one that is renamed into place is safe. */
function copyWhole(from: string, to: string): void {
  const part = `${to}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    copyFileSync(from, part);
    renameSync(part, to);
  } finally {
    rmSync(part, { force: true });
  }
}

/** A folder with a copy of the engine and links to a library and its kernels. */
function joinLinked(own: string, library: string, folder: string): string {
  const linked = join(folder, 'linked');
  const engine = join(linked, basename(own));
  if (existsSync(engine)) return engine;
  mkdirSync(linked, { recursive: true, mode: 0o700 });
  for (const name of [basename(library), 'mlx.metallib', 'libjaccl.dylib']) {
    const target = join(dirname(library), name);
    const link = join(linked, name);
    if (existsSync(target) && !existsSync(link)) symlinkSync(target, link);
  }
  copyWhole(own, engine);
  return engine;
}
