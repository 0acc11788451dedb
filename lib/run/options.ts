import { checkInteger, checkOptions, invalidArgument } from '../circuit/arguments.js';
import type { ParameterValues } from '../circuit/expression.js';
import { LIMITS } from '../limits.js';
import type { InitialState } from './initial-state.js';
import type { Configuration } from './settings.js';

/** How far a run has come. */
export interface Progress {
  /** What the engine is doing: planning the passes, running them, or drawing shots. */
  readonly phase: 'plan' | 'run' | 'sample';
  /** Steps of the phase done so far. */
  readonly done: number;
  /** Steps of the phase in all. */
  readonly total: number;
}

/** Options of everything that runs a circuit. */
export interface CallOptions extends Configuration {
  /** A number for each parameter of the circuit, by name. */
  readonly params?: ParameterValues | undefined;
  /**
   * The state to start from, |0…0> if absent: a state of as many qubits, or its 2^n amplitudes as numbers, [re, im] or
   * { re, im }, or interleaved in a Float32Array or Float64Array, of norm 1 to 1e-6. It is copied.
   */
  readonly initialState?: InitialState | undefined;
  /** Most bytes that the state may take. */
  readonly memoryLimit?: number | undefined;
  /** Stops the run; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called at most about 30 times a second. What it throws ends the run and rejects the promise. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Options of `run`. */
export interface RunOptions extends CallOptions {
  /** How often to measure, 0 to 2^31; 1,024 if absent. */
  readonly shots?: number | undefined;
  /** Any integer: the same one gives the same counts. A fresh one is drawn if absent. */
  readonly seed?: number | bigint | undefined;
  /** Whether to keep what each shot measured, 4 bytes a shot; for up to 2^20 shots if absent. */
  readonly memory?: boolean | undefined;
}

/** Shots where a run does not say. */
export const DEFAULT_SHOTS = 1024;

/** Names of the options that say where to run and how to watch. */
export const CALL_OPTIONS = [
  'params',
  'initialState',
  'device',
  'threads',
  'precision',
  'memoryLimit',
  'signal',
  'onProgress',
] as const;

/** Names of all options of `run`. */
export const RUN_OPTIONS = ['shots', 'seed', 'memory', ...CALL_OPTIONS] as const;

/** Checks the options that say how to watch a run; the others are checked where they are used. */
export function checkCallOptions(options: unknown, known: readonly string[]): void {
  const given = checkOptions<string>(options, 'options', known);
  const { memoryLimit, signal, onProgress } = given;
  if (memoryLimit !== undefined) checkInteger(memoryLimit, 'memoryLimit', 1);
  if (signal !== undefined && !isSignal(signal)) {
    throw invalidArgument('signal', 'an AbortSignal', signal);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw invalidArgument('onProgress', 'a function', onProgress);
  }
}

// Signals of another realm or a polyfill are no instances of this realm's class.
function isSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'aborted' in value &&
    typeof value.aborted === 'boolean' &&
    'addEventListener' in value &&
    typeof value.addEventListener === 'function'
  );
}

/** A checked number of shots. */
export function checkShots(value: unknown): number {
  return value === undefined ? DEFAULT_SHOTS : checkInteger(value, 'shots', 0, LIMITS.shots);
}

/** Shots whose outcomes are kept one by one where a run does not say. */
const MOST_REMEMBERED_SHOTS = 2 ** 20;

/** Whether a run keeps what each shot measured. */
export function checkMemoryOption(value: unknown, shots: number): boolean {
  if (value === undefined) return shots <= MOST_REMEMBERED_SHOTS;
  if (typeof value === 'boolean') return value;
  throw invalidArgument('memory', 'true or false', value);
}

/** A seed as it is reported and as the engine takes it: modulo 2^64. */
export interface Seed {
  readonly seed: number | bigint;
  readonly bits: bigint;
}

/** A checked seed; a fresh one of 53 bits if there is none. */
export function checkSeed(value: unknown): Seed {
  const seed = value === undefined ? freshSeed() : value;
  if (typeof seed !== 'bigint' && !Number.isSafeInteger(seed)) {
    throw invalidArgument('seed', 'a whole number up to 2^53 - 1, or a BigInt', value);
  }
  const exact = seed as number | bigint;
  return { seed: exact, bits: BigInt.asUintN(64, BigInt(exact)) };
}

function freshSeed(): number {
  const [bits] = crypto.getRandomValues(new BigUint64Array(1));
  return Number((bits as bigint) >> 11n);
}
