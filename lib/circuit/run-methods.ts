import type { PauliSum } from '../observable/pauli.js';
import type { StateProbability } from '../results/likeliest.js';
import type { Result, UnmeasuredResult } from '../results/result.js';
import type { StateVector } from '../results/state.js';
import type { UnitaryMatrix } from '../results/unitary.js';
import type { CallOptions, RunOptions } from '../run/options.js';
import type { Program } from '../run/program.js';
import type { Sweep, SweepValues } from '../run/sweep.js';
import type { Circuit } from './circuit.js';
import type { Index } from './index-types.js';
import type { StepsOptions } from '../run/circuits.js';
import type { Steps } from '../run/steps.js';
import { currentExecutor, type CompileOptions } from './executor.js';
import type { ParameterValues } from './expression.js';
import type { MatrixInput } from './data-methods.js';
import { DynamicMethods } from './dynamic-methods.js';

/** Options as the last argument: needed, with `params`, where the circuit's type names parameters. */
export type LastArgument<P extends string, Options> = string extends P
  ? [options?: Options]
  : [P] extends [never]
    ? [options?: Options]
    : [options: Omit<Options, 'params'> & { readonly params: ParameterValues<P> }];

type MatrixOptions = Omit<CallOptions, 'initialState'>;

type Marginal = CallOptions & { readonly qubits?: readonly number[] | undefined };

/** The methods that run a circuit. They return at once or a promise, and never change the circuit. */
export abstract class RunMethods<
  N extends number,
  B extends number,
  P extends string,
> extends DynamicMethods<N, B, P> {
  /**
   * Runs the circuit from |0…0> and counts what its measurements give. Without measurements the counts are empty;
   * `state` and `probabilities` serve there.
   *
   * @param options - shots (1,024 if absent), seed, params, device, threads, precision, memoryLimit, signal, onProgress
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_PARAMETER`, `ERR_OUT_OF_MEMORY`, `ERR_BACKEND_UNAVAILABLE`; after an abort,
   * the signal's own reason.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const result = await circuit(2, 2).x(1).measureAll().run({ shots: 100 });
   * result.counts.get('01'); // => 100
   * ```
   */
  run(
    ...options: LastArgument<P, RunOptions>
  ): Promise<number extends B ? Result : B extends 0 ? UnmeasuredResult : Result>;
  run(options: RunOptions = {}): Promise<Result> {
    return currentExecutor().run(this.#plain, options);
  }

  /**
   * The final state of a circuit that does not measure, from |0…0>.
   *
   * @param options - params, device, threads, precision, memoryLimit, signal, onProgress
   * @throws as {@link Circuit.run}, and `ERR_MEASURED` for a circuit that measures.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(2).h(0).cx(0, 1).state();
   * state.toDirac(); // => '0.707|00> + 0.707|11>'
   * ```
   */
  state(...options: LastArgument<P, CallOptions>): Promise<StateVector>;
  state(options: CallOptions = {}): Promise<StateVector> {
    return currentExecutor().state(this.#plain, options);
  }

  /**
   * Probabilities of the final state: an array of 2^k values for k qubits, the first listed qubit being the most
   * significant bit of the index, or with `top` a list of the likeliest states.
   *
   * @param options - qubits (all if absent), top, and those of {@link Circuit.state}
   * @throws as {@link Circuit.state}, and `ERR_QUBIT_RANGE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const [likeliest] = await circuit(2).x(0).probabilities({ top: 1 });
   * likeliest?.state; // => '10'
   * ```
   */
  probabilities(
    ...options: LastArgument<P, Marginal & { readonly top?: undefined }>
  ): Promise<Float64Array>;
  probabilities(
    ...options: LastArgument<P, Marginal & { readonly top: number }>
  ): Promise<StateProbability[]>;
  probabilities(
    options: Marginal & { readonly top?: number | undefined } = {},
  ): Promise<Float64Array | StateProbability[]> {
    return currentExecutor().probabilities(this.#plain, options);
  }

  /**
   * The probability of every outcome of the classical bits, without sampling: all branches of all measurements are
   * followed. Outcomes below 10^-13 are left out; postselected branches are divided by what was kept.
   *
   * @param options - those of {@link Circuit.state}
   * @throws as {@link Circuit.run}; `ERR_LIMIT` for more than 24 qubits measured at the end.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const distribution = await circuit(1, 2).x(0).measure(0, 0).reset(0).measure(0, 1).exactDistribution();
   * distribution.get('10')?.toFixed(3); // => '1.000'
   * ```
   */
  exactDistribution(...options: LastArgument<P, CallOptions>): Promise<ReadonlyMap<string, number>>;
  exactDistribution(options: CallOptions = {}): Promise<ReadonlyMap<string, number>> {
    return currentExecutor().exactDistribution(this.#plain, options);
  }

  /**
   * The steps of one trajectory: gates, measurements, conditions and resets in the order in which they happen, each
   * with its state and the classical bits. Postselections take the outcome they want.
   *
   * @param options - seed, breakpoints, params, device, threads, precision, memoryLimit
   * @throws as {@link Circuit.run}.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const lines = [...circuit(2).x(0).cx(0, 1).steps()].map(String);
   * lines[1]; // => 'Step 1: cx q0, q1  =>  |11>'
   * ```
   */
  steps(...options: LastArgument<P, StepsOptions>): Steps;
  steps(options: StepsOptions = {}): Steps {
    return currentExecutor().steps(this.#plain, options);
  }

  /**
   * Computes the state so far, shows it to a function and goes on: for looking inside a chain. Synchronous.
   *
   * @throws as {@link Circuit.state}, and `ERR_BUSY` while the engine is at work on an asynchronous run.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const kets: string[] = [];
   * circuit(1).x(0).tapState((state) => kets.push(state.toDirac())).h(0);
   * kets; // => ['|1>']
   * ```
   */
  tapState(look: (state: StateVector) => unknown, ...options: LastArgument<P, CallOptions>): this;
  tapState(look: (state: StateVector) => unknown, options: CallOptions = {}): this {
    using state = currentExecutor().stateNow(this.#plain, options);
    look(state);
    return this;
  }

  /**
   * Computes the probabilities of all basis states so far, shows them to a function and goes on. Synchronous.
   *
   * @throws as {@link Circuit.tapState}.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).x(0).tapProbabilities((probabilities) => probabilities[1]).size; // => 1
   * ```
   */
  tapProbabilities(
    look: (probabilities: Float64Array) => unknown,
    ...options: LastArgument<P, CallOptions>
  ): this;
  tapProbabilities(
    look: (probabilities: Float64Array) => unknown,
    options: CallOptions = {},
  ): this {
    using state = currentExecutor().stateNow(this.#plain, options);
    look(state.probabilities());
    return this;
  }

  /**
   * Shows the circuit so far to a function and goes on.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).h(0).tapCircuit((c) => c.depth).cx(0, 1).size; // => 2
   * ```
   */
  tapCircuit(look: (circuit: this) => unknown): this {
    look(this);
    return this;
  }

  /**
   * The mean of an observable in the final state of a circuit that does not measure.
   *
   * @param observable - a Pauli sum on as many qubits
   * @param options - those of {@link Circuit.state}
   * @throws as {@link Circuit.state}, and `ERR_INVALID_ARGUMENT` for another number of qubits.
   *
   * @example
   * ```ts
   * import { circuit, pauli } from 'qmlx';
   * const value = await circuit(1).x(0).expectation(pauli.sum({ Z: 2 }));
   * Math.round(value); // => -2
   * ```
   */
  expectation(observable: PauliSum, ...options: LastArgument<P, CallOptions>): Promise<number>;
  expectation(observable: PauliSum, options: CallOptions = {}): Promise<number> {
    return currentExecutor().expectation(this.#plain, observable, options);
  }

  /**
   * The matrix of a circuit of gates, on up to 12 qubits: it takes a state of twice as many.
   *
   * @param options - params, device, threads, precision, memoryLimit, signal, onProgress
   * @throws as {@link Circuit.state}; `ERR_MEASURED` also where the circuit prepares qubits, `ERR_LIMIT` for more qubits.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const matrix = await circuit(1).x(0).unitary();
   * matrix.element(0, 1).re.toFixed(3); // => '1.000'
   * ```
   */
  unitary(...options: LastArgument<P, MatrixOptions>): Promise<UnitaryMatrix>;
  /**
   * Applies a unitary matrix. It becomes rotations under controls between neighbours of a Gray code (Nielsen and
   * Chuang, section 4.5.1), at most 2^k (2^k − 1)/2 of them for k qubits, and a diagonal; never a larger matrix.
   *
   * @param matrix - rows of numbers, [re, im] or { re, im }; or one list, row after row, interleaved re, im
   * @param qubits - 1 to 6 qubits, the first most significant
   * @throws `ERR_INVALID_ARGUMENT` for another size or a matrix that is not unitary to 1e-6, `ERR_QUBIT_RANGE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(1).unitary([[0, 1], [1, 0]], 0).state();
   * state.toDirac(); // => '|1>'
   * ```
   */
  unitary<Q extends number>(matrix: MatrixInput, ...qubits: Index<Q, N>[]): this;
  unitary(
    first: MatrixInput | MatrixOptions = {},
    ...qubits: number[]
  ): this | Promise<UnitaryMatrix> {
    const reads = qubits.length === 0 && !Array.isArray(first) && !ArrayBuffer.isView(first);
    if (reads) return currentExecutor().unitary(this.#plain, first as MatrixOptions);
    return this.applyMatrix(first, qubits);
  }

  /**
   * The circuit with many values of its parameters, to be evaluated in one native call.
   *
   * @param values - for each parameter a number or a list; all lists are as long as each other
   * @throws `ERR_PARAMETER`, `ERR_INVALID_ARGUMENT`.
   *
   * @example
   * ```ts
   * import { circuit, param, pauli } from 'qmlx';
   * const sweep = circuit(1).ry(param('theta'), 0).sweep({ theta: [0, Math.PI] });
   * const values = await sweep.expectation(pauli.sum({ Z: 1 }));
   * Array.from(values, (value) => Math.round(value)); // => [1, -1]
   * ```
   */
  sweep(values: SweepValues<P>): Sweep<Omit<CallOptions, 'params'>> {
    return currentExecutor().sweep(this.#plain, values);
  }

  /**
   * The circuit made ready for one engine, to be run many times with other parameter values. Later changes of the
   * circuit do not reach it.
   *
   * @param options - device, threads, precision, memoryLimit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BACKEND_UNAVAILABLE`.
   *
   * @example
   * ```ts
   * import { circuit, param } from 'qmlx';
   * circuit(1).rx(param('theta'), 0).compile().parameters; // => ['theta']
   * ```
   */
  compile(options: CompileOptions = {}): Program<P> {
    return currentExecutor().compile(this.#plain, options) as Program<P>;
  }

  /**
   * How an engine would run the circuit, in words: passes over memory, tiles, stages and operations.
   *
   * @param options - device, threads, precision, memoryLimit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_BACKEND_UNAVAILABLE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).h(0).cx(0, 1).explain().includes('pass'); // => true
   * ```
   */
  explain(options: CompileOptions = {}): string {
    return currentExecutor().explain(this.#plain, options);
  }

  get #plain(): Circuit {
    return this as unknown as Circuit;
  }
}
