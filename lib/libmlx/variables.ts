// The environment variables that concern libmlx: one row each, read and checked here and nowhere else. The table in
// docs/libmlx.md follows from these rows.

import { isAbsolute } from 'node:path';
import { QuantumError } from '../errors.js';

/** A variable: its name, what it is for, and how its text is read. An empty text is as good as none. */
export interface Variable<Value> {
  readonly name: string;
  /** For documentation: what it does. */
  readonly meaning: string;
  /** Completes "expected … to be". */
  readonly expected: string;
  /** Undefined for a text that makes no sense. */
  readonly read: (text: string) => Value | undefined;
}

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a libmlx comes from when it has to be fetched. */
export const SOURCES = ['archive', 'wheel', 'build'] as const;
export type LibmlxSource = (typeof SOURCES)[number];

/** Kinds of libmlx, the ones that use a GPU first. */
export const VARIANTS = ['cuda13', 'metal', 'cpu'] as const;
export type LibmlxVariant = (typeof VARIANTS)[number];

/** Oldest macOS that a build of libmlx is for. */
export const DEPLOYMENT_TARGETS = ['14.0', '15.0', '26.2'] as const;
export type DeploymentTarget = (typeof DEPLOYMENT_TARGETS)[number];

/** How much is said on standard error. */
export const LOG_LEVELS = ['silent', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A digest that a file must have; `none` stands for no check. */
export type Integrity = { readonly sha256: string } | 'none';

const TRUE = /^(?:1|true|on|yes|y)$/i;

function flag(name: string, meaning: string): Variable<true> {
  const read = (text: string): true | undefined => (TRUE.test(text) ? true : undefined);
  return { name, meaning, expected: 'one of 1, true, on, yes, y', read };
}

function choice<Choice extends string>(
  name: string,
  meaning: string,
  choices: readonly Choice[],
): Variable<Choice> {
  const read = (text: string): Choice | undefined => choices.find((each) => each === text);
  return { name, meaning, expected: `one of ${choices.join(', ')}`, read };
}

function path(name: string, meaning: string): Variable<string> {
  const read = (text: string): string | undefined => (isAbsolute(text) ? text : undefined);
  return { name, meaning, expected: 'an absolute path', read };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether nobody between this process and the server can change what it sends. */
export function isSafeUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function url(name: string, meaning: string): Variable<URL> {
  const read = (text: string): URL | undefined => {
    const parsed = parseUrl(text);
    return parsed !== undefined && isSafeUrl(parsed) ? parsed : undefined;
  };
  return { name, meaning, expected: 'an https URL (http on this machine only)', read };
}

function proxy(name: string, meaning: string): Variable<URL> {
  const read = (text: string): URL | undefined => {
    const parsed = parseUrl(text.includes('://') ? text : `http://${text}`);
    return parsed !== undefined && /^https?:$/.test(parsed.protocol) ? parsed : undefined;
  };
  return { name, meaning, expected: 'a proxy such as http://user:password@host:3128', read };
}

function readIntegrity(text: string): Integrity | undefined {
  if (text === 'none') return 'none';
  const hex = /^sha256[=:-]([0-9a-f]{64})$/i.exec(text)?.[1];
  return hex === undefined ? undefined : { sha256: hex.toLowerCase() };
}

function readVersion(text: string): string | undefined {
  return /^\d{1,4}(?:\.\d{1,4}){2}$/.test(text) ? text : undefined;
}

function readThreads(text: string): number | undefined {
  const threads = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return threads >= 1 && threads <= 1024 ? threads : undefined;
}

/** All variables, in the order of the documentation. */
export const VARIABLES = {
  dir: path(
    'LIBMLX_DIR',
    'take libmlx from this folder, which has `lib/` in it, and from nowhere else',
  ),
  cache: path(
    'LIBMLX_CACHE',
    "where downloads are kept; `libmlx` in the platform's cache folder if absent",
  ),
  version: {
    name: 'LIBMLX_VERSION',
    meaning: 'another version of MLX; the engine for it has to be compiled with `npx qmlx build`',
    expected: 'a version such as 0.32.4',
    read: readVersion,
  },
  variant: choice('LIBMLX_VARIANT', 'which kind of libmlx to use and to fetch', VARIANTS),
  jit: flag(
    'LIBMLX_ENABLE_JIT',
    'the archive that compiles Metal kernels when they are first used',
  ),
  debug: flag('LIBMLX_ENABLE_DEBUG', 'the archive with debug information'),
  deploymentTarget: choice(
    'LIBMLX_DEPLOYMENT_TARGET',
    'the oldest macOS to fetch libmlx for; 14.0 if absent',
    DEPLOYMENT_TARGETS,
  ),
  macosCompat: flag('LIBMLX_MACOS_COMPAT', 'the same as LIBMLX_DEPLOYMENT_TARGET=14.0, which wins'),
  source: choice('LIBMLX_SOURCE', 'how libmlx is fetched', SOURCES),
  build: flag('LIBMLX_BUILD', "the same as LIBMLX_SOURCE=build: compile MLX's sources with CMake"),
  mirror: url('LIBMLX_MIRROR', 'where archives are fetched instead of the place in `libmlx.json`'),
  archivePath: path('MLX_ARCHIVE_PATH', 'an archive on this machine to take instead of a download'),
  archiveUrl: url('MLX_ARCHIVE_URL', 'an archive to fetch; needs MLX_ARCHIVE_INTEGRITY'),
  archiveIntegrity: {
    name: 'MLX_ARCHIVE_INTEGRITY',
    meaning: 'the digest of the archive that MLX_ARCHIVE_PATH or MLX_ARCHIVE_URL names',
    expected: 'sha256= and 64 hexadecimal digits, or none',
    read: readIntegrity,
  },
  offline: flag('LIBMLX_OFFLINE', 'never use the network'),
  skipDownload: flag('LIBMLX_SKIP_DOWNLOAD', 'do nothing when the package is installed'),
  required: flag('LIBMLX_REQUIRED', 'fail the installation of the package if there is no libmlx'),
  httpProxy: proxy('HTTP_PROXY', 'the proxy for http, which only servers on this machine use'),
  httpsProxy: proxy('HTTPS_PROXY', 'the proxy for https'),
  noProxy: {
    name: 'NO_PROXY',
    meaning: 'hosts that are reached without a proxy, separated by commas',
    expected: 'a list of hosts',
    read: (text: string): string => text,
  },
  device: choice('QMLX_DEVICE', 'where circuits run unless they say so', [
    'auto',
    'cpu',
    'gpu',
    'mlx-cpu',
  ]),
  threads: {
    name: 'QMLX_THREADS',
    meaning: 'threads of the CPU engine',
    expected: 'a whole number from 1 to 1024',
    read: readThreads,
  },
  log: choice(
    'QMLX_LOG',
    'what is said on standard error: `debug` for where libmlx was looked for, `silent` for nothing by the install script',
    LOG_LEVELS,
  ),
} as const;

type Rows = typeof VARIABLES;

/** The value of a row, if it is set. */
type ValueOf<Row> = Row extends Variable<infer Value> ? Value | undefined : never;

/** Every variable with its value. */
export type Variables = { readonly [Key in keyof Rows]: ValueOf<Rows[Key]> };

/**
 * One variable. Proxies are read in small letters too, as everywhere.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for a text that makes no sense.
 */
export function readVariable<Value>(
  { name, expected, read }: Variable<Value>,
  environment: Environment,
): Value | undefined {
  const small = name.endsWith('_PROXY') ? environment[name.toLowerCase()] : undefined;
  const text = environment[name] || small;
  if (text === undefined || text === '') return undefined;
  const value = read(text);
  if (value !== undefined) return value;
  const shown = name.endsWith('_PROXY') ? 'something else' : JSON.stringify(text);
  throw new QuantumError(
    'ERR_INVALID_ARGUMENT',
    `Expected the environment variable ${name} to be ${expected}, received ${shown}. Correct it or unset it.`,
    { argument: name, received: text },
  );
}

/**
 * All variables.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for the first that makes no sense.
 */
export function readVariables(environment: Environment): Variables {
  const entries = Object.entries(VARIABLES as Record<string, Variable<unknown>>);
  return Object.fromEntries(
    entries.map(([key, row]) => [key, readVariable(row, environment)]),
  ) as unknown as Variables;
}

/** What is wrong with the values of variables: a sentence for each. */
export function invalidVariables(environment: Environment): readonly string[] {
  return Object.values(VARIABLES as Record<string, Variable<unknown>>).flatMap((row) => {
    try {
      readVariable(row, environment);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

/** Names that look like ours and are none, such as a misspelt one. */
export function unknownVariables(environment: Environment): readonly string[] {
  // The last one is of the loader of the addon.
  const known = new Set<string>([
    ...Object.values(VARIABLES).map(({ name }) => name),
    'QMLX_PREBUILD',
  ]);
  return Object.keys(environment).filter(
    (name) => /^(?:LIBMLX|QMLX|MLX_ARCHIVE)_/.test(name) && !known.has(name),
  );
}
