// The only file that loads the compiled addon. What it throws becomes a QuantumError here and nowhere else.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { typescriptAddon } from './engine/addon.js';
import { QuantumError, type ErrorCode, type ErrorDetails } from './errors.js';
import { fetchCount } from './libmlx/ensure.js';
import { addonPackage, PACKAGE_ROOT as root } from './libmlx/package.js';
import { thisHost } from './libmlx/platform.js';
import { searchLibmlx } from './libmlx/search.js';

/** Interleaved re, im, in the precision of the engine: float32 of `complex64`, float64 of `complex128`. */
export type Amplitudes = Float32Array | Float64Array;

/** A Pauli sum as the addon reads it: masks over bits of the basis index. */
export interface NativeObservable {
  readonly coefficients: Float64Array;
  readonly xMasks: BigUint64Array;
  readonly zMasks: BigUint64Array;
}

/** Distinct outcomes, ascending, ⌈bits/8⌉ bytes a key. */
export interface NativeOutcomes {
  readonly keys: Uint8Array;
  readonly counts: Float64Array;
}

/** One run. Arrays named as results are written by the simulator's thread before the run ends. */
export interface NativeRequest {
  /** Values of the parameters, row after row. */
  readonly parameters: Float64Array;
  readonly rows?: number | undefined;
  readonly shots?: number | undefined;
  readonly seed?: bigint | undefined;
  readonly observable?: NativeObservable | undefined;
  /** Result: an expectation value for each row. */
  readonly values?: Float64Array | undefined;
  readonly qubits?: Uint32Array | undefined;
  /** Result: probabilities of the values of `qubits`, first qubit most significant. */
  readonly probabilities?: Float64Array | undefined;
  /** Result: all amplitudes. */
  readonly amplitudes?: Amplitudes | undefined;
  readonly keepState?: boolean | undefined;
  /** Keep the states of all rows, as a batch. */
  readonly keepRows?: boolean | undefined;
  /** With shots: also which outcome each shot had. */
  readonly perShot?: boolean | undefined;
  /** Probabilities of all outcomes instead of shots. */
  readonly exact?: boolean | undefined;
  /** Most states that a branching run holds at once; what memory allows if absent. */
  readonly maxStates?: number | undefined;
  /** Amplitudes to start from, interleaved re, im, of norm 1; |0…0> if absent. */
  readonly initial?: Amplitudes | undefined;
  /** With shots: follow this one alone and keep its state. */
  readonly shot?: number | undefined;
  /** Of that shot: up to the snapshot of this number. */
  readonly stop?: number | undefined;
}

/** What a run gives back besides the arrays of its request. Times in milliseconds. */
export interface NativeOutcome extends Partial<NativeOutcomes> {
  readonly plan: number;
  readonly run: number;
  readonly sample: number;
  readonly squaredNorm: number;
  readonly state?: NativeState;
  readonly batch?: NativeBatch;
  /** Shots, or probability, that postselection dropped. */
  readonly dropped?: number;
  /** Place in `keys` of the outcome of each shot; 2^32 − 1 for a dropped one. */
  readonly shotOutcomes?: Uint32Array;
}

/** What one step of a trajectory did. */
export interface NativeStep {
  /** Number of the encoded operation. */
  readonly source: number;
  readonly outcome: 0 | 1;
  /** Of that outcome. */
  readonly probability: number;
  /** Whether a condition held. */
  readonly taken: boolean;
}

/** One shot, stepped synchronously. */
export interface NativeTrajectory {
  /** Carries out one operation; undefined at the end. */
  step(): NativeStep | undefined;
  /** 0 or 1 for each classical bit. */
  bits(): Uint8Array;
  /** A copy of the state. */
  state(): NativeState;
  dispose(): void;
}

export type NativePhase = 'plan' | 'run' | 'sample';

/** An encoded program, copied; decoded and checked at its first use. */
export interface NativeProgram {
  readonly constructor: unknown;
}

/** Amplitudes in an engine. Readers wait until the simulator reaches a point where they may read. */
export interface NativeState {
  /** Only of a state made by `createState`. */
  evolve(parameters: Float64Array, initial?: Amplitudes): void;
  amplitudes<Out extends Amplitudes>(first: number, out: Out): Out;
  probabilities<Out extends Float64Array>(qubits: Uint32Array, out: Out): Out;
  expectation(observable: NativeObservable): number;
  sample(shots: number, seed: bigint): NativeOutcomes;
  /** Writes re and im; false if the other state belongs to another simulator. */
  inner(other: NativeState, out: Float64Array): boolean;
  squaredNorm(): number;
  dispose(): void;
}

/** Rows of amplitudes in an engine. */
export interface NativeBatch {
  amplitudes<Out extends Amplitudes>(row: number, first: number, out: Out): Out;
  probabilities(row: number, qubits: Uint32Array, out: Float64Array): Float64Array;
  /** Writes a value for each row. */
  expectations(observable: NativeObservable, out: Float64Array): Float64Array;
  dispose(): void;
}

/** An engine with its thread. */
export interface NativeSimulator {
  readonly device: string;
  /** Queues a run and returns its number. */
  run(
    program: NativeProgram,
    request: NativeRequest,
    done: (error: unknown, outcome?: NativeOutcome) => void,
    progress?: (phase: NativePhase, done: number, total: number) => void,
  ): number;
  /** Shots of any program, at once and on the calling thread; a `maxStates` of 0 means what memory allows. */
  runNow(
    program: NativeProgram,
    parameters: Float64Array,
    shots: number,
    seed: bigint,
    maxStates: number,
  ): NativeOutcomes;
  cancel(run: number): void;
  createState(program: NativeProgram): NativeState;
  /** Of a program made for stepping. */
  createTrajectory(
    program: NativeProgram,
    parameters: Float64Array,
    seed: bigint,
    initial?: Amplitudes,
  ): NativeTrajectory;
  explain(program: NativeProgram): string;
  describe(): NativeDescription;
  close(done: () => void): void;
}

/** What an engine says of itself. Sizes in bytes. */
export interface NativeDescription {
  /** `'passed'`, what did not pass before it did, or empty where no test is needed. */
  readonly selfTest: string;
  readonly device: string;
  readonly name: string;
  readonly variant: string;
  readonly version: string;
  readonly memoryBytes: number;
  readonly availableBytes: number;
  readonly threads: number;
}

/** How an engine is set up; absent values are the engine's choice. The last four are for tests. */
export interface NativeOptions {
  readonly threads?: number | undefined;
  readonly memoryLimit?: number | undefined;
  /** `'complex64'` if absent. */
  readonly precision?: 'complex64' | 'complex128' | undefined;
  readonly variant?: string | undefined;
  readonly tileBits?: number | undefined;
  readonly rowBits?: number | undefined;
  readonly registerBits?: number | undefined;
}

/** What the compiled addon exports, and the engine that stands in for it. */
export interface Addon {
  readonly NativeSimulator: {
    new (device: string, options: NativeOptions): NativeSimulator;
    /** Opens the engine apart from this thread. */
    open(
      device: string,
      options: NativeOptions,
      done: (error: unknown, simulator?: NativeSimulator) => void,
    ): void;
  };
  /** Loads the MLX engine for the whole process; does nothing once one is loaded. */
  readonly loadMlx: (engine: string, libmlx: string, version: string) => void;
  /** Stops all runs of this thread. */
  readonly finishWork: () => void;
  readonly NativeProgram: new (
    words: Int32Array,
    angles: Float64Array,
    angleCode: Int32Array,
    code: Int32Array,
    codeConstants: Float64Array,
    codeIntegers: BigInt64Array,
    stepwise?: boolean,
  ) => NativeProgram;
}

const require = createRequire(import.meta.url);

/**
 * Version of this package.
 *
 * @example
 * ```ts
 * import { VERSION } from 'qmlx';
 *
 * VERSION.split('.').length; // => 3
 * ```
 */
export const VERSION: string = (require('../package.json') as { version: string }).version;

/** Why there is no MLX engine. */
export interface LibmlxProblem {
  readonly message: string;
  readonly cause?: QuantumError;
  /** Whether there is a library that should have worked. */
  readonly unexpected: boolean;
}

let addon: Addon | undefined;
/** Why the addon could not be loaded. */
let absence = '';
let mlx: { readonly problem: LibmlxProblem | undefined; readonly fetches: number } | undefined;

/** Whether a library may be found that was not there when one was looked for. */
export function hasNewLibmlx(): boolean {
  return mlx?.problem !== undefined && mlx.fetches !== fetchCount();
}

/** Loads the MLX engine at its first call, or after a library was fetched; gives the reason where there is none. */
export function loadMlx(): LibmlxProblem | undefined {
  if (mlx === undefined || hasNewLibmlx()) {
    mlx = { fetches: fetchCount(), problem: tryCandidates(loadAddon()) };
  }
  return mlx.problem;
}

function tryCandidates(loaded: Addon): LibmlxProblem | undefined {
  if (loaded === typescriptAddon) {
    const message = `It needs the native part of qmlx, which could not be loaded: ${absence} Run: npx qmlx doctor.`;
    return { message, unexpected: false };
  }
  const { loadMlx: load, finishWork } = loaded;
  const { candidates, steps } = searchLibmlx({ root });
  for (const { text } of steps) debug(text);
  const failures: QuantumError[] = [];
  for (const { engine, library, version } of candidates) {
    if (engine === undefined) continue;
    try {
      load(engine, library, version);
      // MLX cannot stand the end of a process in the midst of its work.
      process.once('exit', finishWork);
      debug(`Loaded ${library} with the engine ${engine}.`);
      return undefined;
    } catch (error) {
      failures.push(fromNative(error, 'mlx-cpu'));
    }
  }
  const [cause] = failures;
  const message = [
    ...steps.map(({ text }) => text),
    ...failures.map((failure) => failure.message),
  ].join(' ');
  const unexpected = failures.length > 0 || Boolean(process.env.LIBMLX_DIR);
  return { message, unexpected, ...(cause && { cause }) };
}

/** Says what happens with libmlx, to those who have asked for it. */
function debug(text: string): void {
  if (process.env['QMLX_LOG'] === 'debug') process.stderr.write(`qmlx: ${text}\n`);
}

/**
 * Loads the file of this system: of this package, or of one of its own. node-gyp-build knows musl on Alpine alone, and
 * asks a variable elsewhere.
 */
function requireAddon(): Addon {
  const given = process.env['LIBC'];
  const loader = `/lib/ld-musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`;
  const isMusl = process.platform === 'linux' && existsSync(loader) && thisHost().glibc === '';
  if (given === undefined && isMusl) process.env['LIBC'] = 'musl';
  try {
    return (require('node-gyp-build') as (root: string) => Addon)(root);
  } catch (cause) {
    const libc = process.env['LIBC'] ?? '';
    const { name, file, isOptional } = addonPackage(process.platform, process.arch, libc);
    if (file !== undefined) return require(file) as Addon;
    throw isOptional ? new Error(`The package ${name} is not installed.`, { cause }) : cause;
  } finally {
    if (given === undefined) delete process.env['LIBC'];
  }
}

/**
 * The addon, loaded at first use. Where it cannot be loaded, one warning says why and what to do, and the engine in
 * TypeScript takes its place.
 */
export function loadAddon(): Addon {
  if (addon === undefined) {
    try {
      addon = requireAddon();
    } catch (cause) {
      const system = `${process.platform}-${process.arch}`;
      absence = firstLine(cause);
      process.emitWarning(
        `The native part of qmlx ${VERSION} could not be loaded on ${system} with Node ${process.version}: ` +
          `${absence} Circuits of up to 20 qubits run in TypeScript instead, slowly. Install qmlx again on this ` +
          'machine, or compile it: npx qmlx build (in a clone of the repository: npm run build)',
        { type: 'QmlxWarning' },
      );
      addon = typescriptAddon;
    }
  }
  return addon;
}

function firstLine(error: unknown): string {
  const line = String(error instanceof Error ? error.message : error).split('\n', 1)[0] as string;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** What errors of the addon look like before they become QuantumErrors. */
interface NativeFailure {
  readonly code: ErrorCode | 'ERR_CANCELLED';
  readonly message: string;
  readonly argument?: string;
  readonly requiredBytes?: number;
  readonly availableBytes?: number;
  readonly largestQubitCount?: number;
  readonly expected?: string;
  readonly found?: string;
  readonly limit?: string;
  readonly maximum?: number;
  readonly received?: number;
}

function isNativeFailure(error: unknown): error is NativeFailure {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

/** Whether the addon ended a run because it was told to. */
export function isCancelled(error: unknown): boolean {
  return isNativeFailure(error) && error.code === 'ERR_CANCELLED';
}

/** The QuantumError for anything the addon threw or reported while it worked for a device. */
export function fromNative(error: unknown, device = 'cpu'): QuantumError {
  if (QuantumError.is(error)) return error;
  if (!isNativeFailure(error) || !/^ERR_[A-Z_]+$/.test(error.code)) {
    return new QuantumError('ERR_INTERNAL', `The native part of qmlx failed: ${String(error)}`, {
      cause: error,
    });
  }
  const { code, message } = error;
  if (code === 'ERR_CANCELLED') {
    const disposed = 'The simulator was disposed while this run was under way.';
    return new QuantumError('ERR_DISPOSED', disposed);
  }
  return new QuantumError(code, message, fieldsOf(code, error, device));
}

function fieldsOf(code: ErrorCode, error: NativeFailure, device: string): ErrorDetails<ErrorCode> {
  const { requiredBytes = 0, availableBytes = 0, largestQubitCount = 0 } = error;
  if (code === 'ERR_OUT_OF_MEMORY') return { requiredBytes, availableBytes, largestQubitCount };
  if (code === 'ERR_INVALID_ARGUMENT') return { argument: error.argument ?? '' };
  if (code === 'ERR_LIMIT') {
    const { limit = '', maximum = 0, received = 0 } = error;
    return { limit, maximum, received };
  }
  if (code === 'ERR_PARAMETER') return { parameter: '' };
  if (code === 'ERR_BACKEND_FAILED' || code === 'ERR_BACKEND_UNAVAILABLE') return { device };
  if (code === 'ERR_ABI_MISMATCH') {
    return { expected: error.expected ?? '', received: error.found ?? '' };
  }
  return {};
}

/** Calls into the addon for a device, which may throw. */
export function callNative<Result>(call: () => Result, device?: string): Result {
  try {
    return call();
  } catch (error) {
    throw fromNative(error, device);
  }
}
