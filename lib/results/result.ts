import { Counts } from './counts.js';
import { unpackKeys, type PackedOutcomes } from './outcomes.js';
import type { StateVector } from './state.js';

/** Where the time of a run went, in milliseconds. */
export interface Timings {
  /** From the call to the result. */
  readonly total: number;
  /** Parts of it: `plan`, `run` and `sample`. */
  readonly [phase: string]: number;
}

/** What a run hands over to its `Result`. */
export interface ResultParts {
  /** Packed outcomes become counts when they are first read: a million of them take a second. */
  readonly counts: Counts | PackedOutcomes;
  readonly shots: number;
  readonly seed: number | bigint;
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly timings: Timings;
  /** Whether the circuit measures anything. */
  readonly measured: boolean;
  readonly state?: StateVector;
  /** The outcome of each shot: keys as in `PackedOutcomes`, in the order of the shots. */
  readonly memory?: { readonly bits: number; readonly keys: Uint8Array };
}

/**
 * What a run gave.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 *
 * const result = await circuit(2, 2).x(0).measureAll().run({ shots: 100, seed: 7 });
 * result.counts.get('10'); // => 100
 * result.probabilities?.get('10'); // => 1
 * result.seed; // => 7
 * ```
 */
export class Result {
  /** Number of shots. */
  readonly shots: number;
  /** The seed used: the one given, or the one drawn. Running again with it gives the same counts. */
  readonly seed: number | bigint;
  /** The engine that ran the circuit, such as `'cpu'`. */
  readonly device: string;
  /** Versions of qmlx and of the engine. */
  readonly versions: Readonly<Record<string, string>>;
  /** Where the time went, in milliseconds. */
  readonly timings: Timings;
  /** The final state, where the run was asked for it. */
  readonly state: StateVector | undefined;
  #counts: Counts | PackedOutcomes;
  readonly #measured: boolean;
  readonly #packedMemory: ResultParts['memory'];
  #memory: readonly string[] | undefined;
  #probabilities: ReadonlyMap<string, number> | undefined;

  /** @internal Results come from runs. */
  constructor(parts: ResultParts) {
    this.#counts = parts.counts;
    this.shots = parts.shots;
    this.seed = parts.seed;
    this.device = parts.device;
    this.versions = parts.versions;
    this.timings = parts.timings;
    this.state = parts.state;
    this.#measured = parts.measured;
    this.#packedMemory = parts.memory;
  }

  /** How often each outcome was measured; empty for a circuit that measures nothing. */
  get counts(): Counts {
    if (!(this.#counts instanceof Counts)) this.#counts = Counts.fromPacked(this.#counts);
    return this.#counts;
  }

  /** Counts divided by shots, in the order of the counts; `undefined` if the circuit measures nothing. */
  get probabilities(): ReadonlyMap<string, number> | undefined {
    if (!this.#measured) return undefined;
    this.#probabilities ??= new Map(
      [...this.counts].map(([key, count]) => [key, count / this.shots]),
    );
    return this.#probabilities;
  }

  /** The outcome of each shot in order, where the run was asked for it. */
  get memory(): readonly string[] | undefined {
    const packed = this.#packedMemory;
    if (packed === undefined) return undefined;
    this.#memory ??= Object.freeze([...unpackKeys(packed.bits, packed.keys)]);
    return this.#memory;
  }

  /** A line about the run and a table of its counts. */
  toString(): string {
    const head = `${this.shots} shots on ${this.device}, seed ${this.seed}, ${formatTime(this.timings.total)}`;
    const body = this.#measured ? this.counts.toString() : '(no measurements)';
    return `${head}\n${body}`;
  }

  /** The run as plain data: counts in order, a seed beyond 2^53 as a string of digits. */
  toJSON(): {
    counts: Record<string, number>;
    shots: number;
    seed: number | string;
    device: string;
    versions: Readonly<Record<string, string>>;
    timings: Timings;
  } {
    const { counts, shots, seed, device, versions, timings } = this;
    const exact = Number.isSafeInteger(Number(seed));
    return {
      counts: counts.toJSON(),
      shots,
      seed: exact ? Number(seed) : String(seed),
      device,
      versions,
      timings,
    };
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth: number): string {
    return depth < 0 ? 'Result' : `Result ${this.toString()}`;
  }
}

/** The result of a circuit that measures nothing. */
export type UnmeasuredResult = Result & { readonly probabilities: undefined };

function formatTime(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toPrecision(3)} s`;
  if (milliseconds >= 1) return `${milliseconds.toPrecision(3)} ms`;
  return `${(milliseconds * 1000).toPrecision(3)} µs`;
}
