import { checkOptions, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import type { PauliSum } from '../observable/pauli.js';
import type { Amplitudes } from '../results/amplitudes.js';
import { checkQubitList } from '../results/arguments.js';
import { Counts } from '../results/counts.js';
import type { Result } from '../results/result.js';
import {
  callNative,
  fromNative,
  type NativeBatch,
  type NativeObservable,
  type NativeState,
} from '../native.js';
import { parameterRows, StateBatch, type ParameterMatrix } from './batch.js';
import { refuseMeasured, type Compiled } from './compiled.js';
import type { Engine } from './engines.js';
import { checkObservable, runTask, statesWithin } from './execute.js';
import { submit } from './job.js';
import { checkMemory, type StateSize } from './memory.js';
import { checkCallOptions, checkSeed, checkShots, type RunOptions } from './options.js';
import { badRow, fillRow } from './parameters.js';
import { nativeObservable } from './source.js';

const NO_VALUES: readonly number[] = [];

/** Options of `Program.run`: where it runs was said when it was compiled. */
export type ProgramRunOptions = Pick<RunOptions, 'shots' | 'seed' | 'signal' | 'onProgress'>;

/**
 * A circuit made ready for an engine, to be run many times with other parameter values. The synchronous methods
 * compute on the calling thread and cost a few microseconds for small circuits; they share one state, which is
 * kept until `dispose`. Values of parameters come as a list in the order of `parameters`.
 *
 * Errors of all synchronous methods: `ERR_PARAMETER` for a wrong number of values or one that is not finite,
 * `ERR_OUT_OF_MEMORY`, `ERR_BUSY` while an asynchronous run is under way on the same engine, `ERR_DISPOSED`.
 *
 * @example
 * ```ts
 * import { circuit, param, pauli } from 'qmlx';
 *
 * const program = circuit(1).ry(param('theta'), 0).compile();
 * program.parameters; // => ['theta']
 * program.runSync([Math.PI]);
 * Math.abs(program.amplitudes()[2]!).toFixed(3); // => '1.000'
 * program.expectationSync(pauli.sum({ Z: 1 }), [0]).toFixed(3); // => '1.000'
 * program.dispose();
 * ```
 */
export class Program<P extends string = string> {
  /** Number of qubits. */
  readonly qubits: number;
  /** Number of classical bits. */
  readonly bits: number;
  /** Names of the parameters, by first appearance: the order in which values are given. */
  readonly parameters: readonly P[];
  /** Whether the circuit measures any qubit. */
  readonly measured: boolean;
  /** The engine the program runs on, such as `'cpu'`. */
  readonly device: string;
  readonly #compiled: Compiled;
  readonly #engine: Engine;
  readonly #memoryLimit: number | undefined;
  readonly #row: Float64Array;
  readonly #observables = new WeakMap<PauliSum, NativeObservable>();
  #state: NativeState | undefined;
  #evolved = false;
  #disposed = false;

  /** @internal Use `circuit.compile()`. */
  constructor(compiled: Compiled, engine: Engine, memoryLimit: number | undefined) {
    this.qubits = compiled.qubits;
    this.bits = compiled.bits;
    this.parameters = compiled.parameters as readonly P[];
    this.measured = compiled.measured;
    this.device = engine.device;
    this.#compiled = compiled;
    this.#engine = engine;
    this.#memoryLimit = memoryLimit;
    this.#row = new Float64Array(compiled.parameters.length);
    Object.freeze(this);
  }

  /**
   * Sets all qubits to 0 and applies the gates. Reading is a separate call. A Float64Array is read in place; no
   * call allocates.
   *
   * @param values - one number for each parameter.
   *
   * @example
   * ```ts
   * import { circuit, param } from 'qmlx';
   *
   * const program = circuit(1).rx(param('theta'), 0).compile();
   * for (const theta of [0.1, 0.2]) program.runSync([theta]);
   * program.dispose();
   * ```
   */
  runSync(values: ArrayLike<number> = NO_VALUES): void {
    this.#refuseDecisions();
    const state = this.#state ?? this.#open();
    const row =
      values instanceof Float64Array && values.length === this.#row.length
        ? values
        : fillRow(this.#row, this.parameters, values);
    this.#evolved = false;
    try {
      state.evolve(row);
    } catch (error) {
      throw row.every(Number.isFinite) ? fromNative(error) : badRow(this.parameters, row);
    }
    this.#evolved = true;
  }

  /**
   * The amplitudes of the last run, interleaved re, im, in the order of their basis indices: a Float32Array, or a
   * Float64Array if the program was compiled for `complex128`.
   *
   * @param out - such an array of 2 · 2^qubits to write into; a new one if absent.
   * @throws QuantumError ERR_MEASURED for a circuit that measures, ERR_INVALID_ARGUMENT for another `out`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   *
   * const program = circuit(1).x(0).compile();
   * program.runSync();
   * [...program.amplitudes()]; // => [0, 0, 1, 0]
   * ```
   */
  amplitudes<Out extends Amplitudes = Amplitudes>(out?: Out): Out {
    const state = this.#readable('state');
    const { precision } = this.#engine;
    const size = 2 * 2 ** this.qubits;
    const Kind = precision === 'complex128' ? Float64Array : Float32Array;
    if (out !== undefined && !(out instanceof Kind && out.length === size)) {
      throw invalidArgument('out', `a ${Kind.name} of ${size}`, out);
    }
    return callNative(() => state.amplitudes(0, out ?? (new Kind(size) as Out)));
  }

  /**
   * The probabilities of all values of some qubits in the last run, the first listed most significant.
   *
   * @param qubits - which ones, each once; all of them if absent.
   * @throws QuantumError ERR_MEASURED for a circuit that measures, ERR_QUBIT_RANGE, ERR_INVALID_ARGUMENT.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   *
   * const program = circuit(2).x(1).compile();
   * program.runSync();
   * [...program.probabilities([1])]; // => [0, 1]
   * ```
   */
  probabilities(qubits?: readonly number[]): Float64Array {
    const state = this.#readable('probabilities before it measures');
    const all = Array.from({ length: this.qubits }, (_, qubit) => qubit);
    const listed = checkQubitList(qubits ?? all, this.qubits);
    const out = new Float64Array(2 ** listed.length);
    return callNative(() => state.probabilities(Uint32Array.from(listed), out));
  }

  /**
   * Runs and gives the mean of an observable.
   *
   * @param observable - a Pauli sum on as many qubits.
   * @param values - one number for each parameter.
   * @throws QuantumError ERR_MEASURED for a circuit that measures, ERR_INVALID_ARGUMENT for another observable.
   *
   * @example
   * ```ts
   * import { circuit, pauli } from 'qmlx';
   *
   * const program = circuit(2).x(0).compile();
   * program.expectationSync(pauli.sum({ ZI: 1, IZ: 0.5 })); // => -0.5
   * ```
   */
  expectationSync(observable: PauliSum, values: ArrayLike<number> = NO_VALUES): number {
    refuseMeasured(this.#compiled, 'expectation value');
    let encoded = this.#observables.get(observable);
    if (encoded === undefined) {
      checkObservable(observable, this.qubits);
      encoded = nativeObservable(observable.encode());
      this.#observables.set(observable, encoded);
    }
    this.runSync(values);
    // Without a function that would be made for every call.
    try {
      return (this.#state as NativeState).expectation(encoded);
    } catch (error) {
      throw fromNative(error);
    }
  }

  /**
   * Runs and counts what the measurements give.
   *
   * @param values - one number for each parameter.
   * @param options - `shots`, 1,024 if absent; `seed`, a fresh one if absent.
   * @throws QuantumError ERR_INVALID_ARGUMENT for other options.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   *
   * const program = circuit(1, 1).x(0).measureAll().compile();
   * program.sampleSync([], { shots: 10 }).get('1'); // => 10
   * ```
   */
  sampleSync(
    values: ArrayLike<number> = NO_VALUES,
    options: Pick<RunOptions, 'shots' | 'seed'> = {},
  ): Counts {
    checkOptions(options, 'options', ['shots', 'seed']);
    const shots = checkShots(options.shots);
    const { bits: seed } = checkSeed(options.seed);
    if (!this.#compiled.evolves) return this.#sampleBranches(values, shots, seed);
    this.runSync(values);
    if (!this.measured) return new Counts();
    const outcomes = callNative(() => (this.#state as NativeState).sample(shots, seed));
    return Counts.fromPacked({ bits: this.bits, ...outcomes });
  }

  /**
   * Runs on the engine's own thread. Several runs of one program may wait for their turn at once.
   *
   * @param values - one number for each parameter.
   * @param options - shots, seed, signal and onProgress, as `circuit.run` takes them.
   * @throws QuantumError ERR_PARAMETER, ERR_INVALID_ARGUMENT, ERR_OUT_OF_MEMORY, ERR_DISPOSED; the signal's own
   *   reason after an abort.
   *
   * @example
   * ```ts
   * import { circuit, param } from 'qmlx';
   *
   * const program = circuit(1, 1).rx(param('theta'), 0).measureAll().compile();
   * const [off, on] = await Promise.all([program.run([0]), program.run([Math.PI])]);
   * off.counts.mostFrequent(); // => '0'
   * on.counts.mostFrequent(); // => '1'
   * ```
   */
  async run(
    values: ArrayLike<number> = NO_VALUES,
    options: ProgramRunOptions = {},
  ): Promise<Result> {
    this.#refuseDisposed();
    checkCallOptions(options, ['shots', 'seed', 'signal', 'onProgress']);
    const parameters = fillRow(new Float64Array(this.#row.length), this.parameters, values);
    const task = { engine: this.#engine, compiled: this.#compiled, parameters };
    return runTask(task, { ...options, memoryLimit: this.#memoryLimit });
  }

  /**
   * Runs once for each row of parameter values, all rows together, and keeps the states. A GPU computes rows side
   * by side.
   *
   * @param matrix - a list of values for each run in the order of `parameters`, or a Float64Array with all of them
   *   one run after the other. All states together must fit in memory: 8 · 2^qubits bytes each, 16 · 2^qubits of
   *   complex128.
   * @param options - signal and onProgress.
   * @throws QuantumError ERR_MEASURED for a circuit that measures, ERR_PARAMETER, ERR_INVALID_ARGUMENT,
   *   ERR_OUT_OF_MEMORY, ERR_DISPOSED; the signal's own reason after an abort.
   *
   * @example
   * ```ts
   * import { circuit, param, pauli } from 'qmlx';
   *
   * const program = circuit(2).ry(param('theta'), 0).cx(0, 1).compile();
   * using batch = await program.runMany([[0], [Math.PI / 2], [Math.PI]]);
   * Array.from(batch.expectations(pauli.sum({ ZI: 1 })), (z) => Math.abs(Math.round(z))); // => [1, 0, 1]
   * ```
   */
  async runMany(
    matrix: ParameterMatrix,
    options: Pick<ProgramRunOptions, 'signal' | 'onProgress'> = {},
  ): Promise<StateBatch> {
    this.#refuseDisposed();
    refuseMeasured(this.#compiled, 'batch of states');
    checkCallOptions(options, ['signal', 'onProgress']);
    const { rows, parameters } = parameterRows(this.parameters, matrix);
    const { qubits } = this;
    const { native, precision } = this.#engine;
    checkMemory({ qubits, precision, states: rows }, this.#memoryLimit);
    const request = { parameters, rows, keepRows: true };
    const { batch } = await submit(native, this.#compiled.native, request, options);
    return new StateBatch(batch as NativeBatch, this.#engine, { rows, qubits });
  }

  /**
   * The plan in words: passes over memory, tiles, stages and operations, with totals.
   *
   * @throws QuantumError ERR_BUSY, ERR_DISPOSED.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   *
   * circuit(2).h(0).cx(0, 1).compile().explain().includes('1 pass'); // => true
   * ```
   */
  explain(): string {
    this.#refuseDisposed();
    return callNative(() => this.#engine.native.explain(this.#compiled.native));
  }

  /**
   * Frees the state of the synchronous methods, for good. Harmless the second time.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   *
   * const program = circuit(1).h(0).compile();
   * program.runSync();
   * program.dispose();
   * ```
   */
  dispose(): void {
    this.#disposed = true;
    this.#state?.dispose();
    this.#state = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Size and parameters in one line. */
  toString(): string {
    const parameters =
      this.parameters.length === 0 ? '' : `, parameters ${this.parameters.join(', ')}`;
    return `Program(${this.qubits} qubits, ${this.bits} bits${parameters}) on ${this.device}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** A circuit that decides has no one state: it runs as a tree of branches. */
  #sampleBranches(values: ArrayLike<number>, shots: number, seed: bigint): Counts {
    this.#refuseDisposed();
    checkMemory(this.#size(), this.#memoryLimit);
    const row = fillRow(this.#row, this.parameters, values);
    const states = statesWithin(this.#memoryLimit, this.#size()) ?? 0;
    const { native } = this.#compiled;
    const outcomes = callNative(() => this.#engine.native.runNow(native, row, shots, seed, states));
    return this.measured ? Counts.fromPacked({ bits: this.bits, ...outcomes }) : new Counts();
  }

  #size(): StateSize {
    return { qubits: this.qubits, precision: this.#engine.precision };
  }

  #open(): NativeState {
    this.#refuseDisposed();
    checkMemory(this.#size(), this.#memoryLimit);
    this.#state = callNative(() => this.#engine.native.createState(this.#compiled.native));
    return this.#state;
  }

  #readable(what: string): NativeState {
    this.#refuseDisposed();
    refuseMeasured(this.#compiled, what);
    if (!this.#evolved) this.runSync();
    return this.#state as NativeState;
  }

  /** `runSync` leaves one state for all shots. */
  #refuseDecisions(): void {
    if (this.#compiled.evolves) return;
    throw new QuantumError(
      'ERR_MEASURED',
      'A circuit that decides, resets or measures before its end has no single final state for runSync. Use sampleSync() or run().',
    );
  }

  #refuseDisposed(): void {
    if (!this.#disposed) return;
    throw new QuantumError(
      'ERR_DISPOSED',
      'This program was disposed. Compile the circuit again to go on.',
    );
  }
}
