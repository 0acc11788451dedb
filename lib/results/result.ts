import { invalidArgument } from '../circuit/arguments.js';
import type { Register } from '../circuit/registers.js';
import { QuantumError } from '../errors.js';
import { Counts } from './counts.js';
import { ShotMemory, type PackedMemory } from './memory.js';
import type { PackedOutcomes } from './outcomes.js';
import type { TrajectoryReader } from './snapshots.js';
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
  /** The outcome of each shot. */
  readonly memory?: PackedMemory;
  /** Shots that postselection dropped; none if absent. */
  readonly dropped?: number;
  /** Registers of classical bits. */
  readonly bitRegisters?: readonly Register[];
  /** Finds the states of single shots. */
  readonly trajectory?: TrajectoryReader;
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
  /** Shots that postselection dropped; they are in no count. */
  readonly dropped: number;
  /** The final state, where the run was asked for it. */
  readonly state: StateVector | undefined;
  #counts: Counts | PackedOutcomes;
  readonly #measured: boolean;
  readonly #bitRegisters: readonly Register[];
  readonly #trajectory: TrajectoryReader | undefined;
  /**
   * What each shot measured: kept for up to 2^20 shots, or as the option `memory` says; `undefined` otherwise and
   * for a circuit that measures nothing.
   */
  readonly memory: ShotMemory | undefined;
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
    this.dropped = parts.dropped ?? 0;
    this.memory = parts.memory && new ShotMemory(parts.memory);
    this.#bitRegisters = parts.bitRegisters ?? [];
    this.#trajectory = parts.trajectory;
  }

  /** How often each outcome was measured; empty for a circuit that measures nothing. */
  get counts(): Counts {
    if (!(this.#counts instanceof Counts)) this.#counts = Counts.fromPacked(this.#counts);
    return this.#counts;
  }

  /**
   * Counts divided by the shots that were kept, in the order of the counts; `undefined` if the circuit measures
   * nothing.
   */
  get probabilities(): ReadonlyMap<string, number> | undefined {
    if (!this.#measured) return undefined;
    this.#probabilities ??= new Map(
      [...this.counts].map(([key, count]) => [key, count / this.counts.total]),
    );
    return this.#probabilities;
  }

  /**
   * The counts of one register of classical bits.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT for a name that the circuit does not have.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const flagged = circuit({ qubits: { q: 2 }, bits: { data: 1, flag: 1 } });
   * const result = await flagged.x(1).measureAll().run({ shots: 7 });
   * result.register('flag').get('1'); // => 7
   * ```
   */
  register(name: string): Counts {
    const register = this.#bitRegisters.find((known) => known.name === name);
    if (register === undefined) {
      const names = this.#bitRegisters.map((known) => known.name).join(', ') || 'none';
      throw invalidArgument('name', `a register of classical bits (${names})`, name);
    }
    if (this.counts.size === 0) return this.counts;
    return this.counts.marginal(
      Array.from({ length: register.size }, (_, k) => register.start + k),
    );
  }

  /**
   * The final state of one shot: the shot runs once more with the same draws, so its outcomes are those in `memory`.
   *
   * @param shot - 0 to `shots` − 1
   * @throws QuantumError ERR_INVALID_ARGUMENT out of range, ERR_UNSUPPORTED for a shot that postselection dropped,
   *   and whatever a run throws.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const result = await circuit(2, 1).h(0).cx(0, 1).measure(0, 0).run({ shots: 5, seed: 3 });
   * const state = await result.trajectory(2);
   * const symbol = result.memory?.row(2) ?? '';
   * state.probability(symbol + symbol).toFixed(3); // => '1.000'
   * ```
   */
  async trajectory(shot: number): Promise<StateVector> {
    return this.#read()(shot);
  }

  /**
   * The state at a snapshot of the circuit, in one shot. Where the shot passes the place several times it is the
   * first time; where it never does, the promise is rejected.
   *
   * @param options - `shot`, 0 if absent
   * @throws QuantumError as {@link Result.trajectory}, and ERR_INVALID_ARGUMENT for a name that is not there.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const result = await circuit(1, 1).x(0).snapshot('flipped').reset(0).measure(0, 0).run();
   * (await result.snapshot('flipped')).toDirac(); // => '|1>'
   * ```
   */
  async snapshot(name: string, options: { readonly shot?: number } = {}): Promise<StateVector> {
    return this.#read()(options.shot ?? 0, name);
  }

  #read(): TrajectoryReader {
    if (this.#trajectory !== undefined) return this.#trajectory;
    throw new QuantumError('ERR_UNSUPPORTED', 'This result was not made by a run.', {
      feature: 'trajectories of results without a run',
    });
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
