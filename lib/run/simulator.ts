import { checkInteger, checkOptions, invalidArgument } from '../circuit/arguments.js';
import { Circuit } from '../circuit/circuit.js';
import type { LastArgument } from '../circuit/run-methods.js';
import { QuantumError } from '../errors.js';
import type { PauliSum } from '../observable/pauli.js';
import type { StateProbability } from '../results/likeliest.js';
import type { Result } from '../results/result.js';
import type { StateVector } from '../results/state.js';
import { CircuitRunner, type StepsOptions } from './circuits.js';
import { openOwnEngine, type Engine } from './engines.js';
import type { ProbabilityRequest } from './execute.js';
import { describeEngine, type EngineInformation } from './information.js';
import { CALL_OPTIONS, type CallOptions, type RunOptions } from './options.js';
import { settingsFor, type Configuration } from './settings.js';
import type { Steps } from './steps.js';
import type { Sweep, SweepValues } from './sweep.js';

/** What `Simulator.create` takes. */
export interface SimulatorOptions extends Configuration {
  /** Most bytes that all states together may take; what the machine has free if absent. */
  readonly memoryLimit?: number | undefined;
}

/** Options of the methods of a simulator: those of a circuit's methods without device, threads, precision and memoryLimit. */
export type SimulatorCall<Options> = Omit<Options, keyof SimulatorOptions>;

/** A circuit of any size with the parameters `P`. */
type AnyCircuit<P extends string> = Circuit<number, number, P>;

type Marginal = SimulatorCall<CallOptions> & Pick<ProbabilityRequest, 'qubits'>;

const OWN_OPTIONS = ['device', 'threads', 'precision', 'memoryLimit'] as const;
const KNOWN = CALL_OPTIONS.filter((name) => !OWN_OPTIONS.some((own) => own === name));

/** Held by this module, so that simulators come from `create` only. */
const KEY = Symbol('Simulator.create');

/**
 * An engine of one's own: with its own thread, threads and limit of memory, apart from the one that circuits share
 * otherwise. Calls run one after another, in order.
 *
 * Errors of all methods: those of the circuit's method of the same name, and `ERR_DISPOSED` after `dispose`.
 *
 * @example
 * ```ts
 * import { circuit, Simulator } from 'qmlx';
 *
 * const simulator = await Simulator.create({ threads: 1, memoryLimit: 1e9 });
 * const { counts } = await simulator.run(circuit(1, 1).x(0).measureAll(), { shots: 10 });
 * counts.get('1'); // => 10
 * await simulator.dispose();
 * ```
 */
export class Simulator {
  readonly #engine: Engine;
  readonly #runner: CircuitRunner;
  #disposal: Promise<void> | undefined;

  /** @internal Use `Simulator.create()`. */
  constructor(key: symbol, engine: Engine) {
    if (key !== KEY) throw invalidArgument('new Simulator()', 'Simulator.create()', key);
    this.#engine = engine;
    const source = { precision: () => engine.precision, now: () => engine, soon: () => engine };
    this.#runner = new CircuitRunner(source, KNOWN);
  }

  /**
   * Starts an engine.
   *
   * @param options - device, threads and precision as `configure` takes them, and `memoryLimit` in bytes. The device
   *   `'auto'` is the GPU where there is one, for circuits of every size.
   * @throws QuantumError ERR_BACKEND_UNAVAILABLE if the device has no engine here, ERR_UNSUPPORTED for `complex128` on
   *   another device than the CPU, ERR_INVALID_ARGUMENT.
   *
   * @example
   * ```ts
   * import { Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create({ device: 'cpu', threads: 1 });
   * await simulator.dispose();
   * ```
   */
  static async create(options: SimulatorOptions = {}): Promise<Simulator> {
    const { memoryLimit } = checkOptions(options, 'options', OWN_OPTIONS);
    const limit = memoryLimit === undefined ? 0 : checkInteger(memoryLimit, 'memoryLimit', 1);
    return new Simulator(KEY, await openOwnEngine(settingsFor(options), limit));
  }

  /**
   * The engine: device, threads, memory.
   *
   * @example
   * ```ts
   * import { Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create({ threads: 1 });
   * simulator.info.threads; // => 1
   * await simulator.dispose();
   * ```
   */
  get info(): EngineInformation {
    this.#refuseDisposed();
    return describeEngine(this.#engine);
  }

  /**
   * Runs a circuit and counts what its measurements give, as `circuit.run` does.
   *
   * @example
   * ```ts
   * import { circuit, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * const { counts } = await simulator.run(circuit(2, 2).x(1).measureAll(), { shots: 5 });
   * counts.get('01'); // => 5
   * await simulator.dispose();
   * ```
   */
  run<P extends string>(
    circuit: AnyCircuit<P>,
    ...options: LastArgument<P, SimulatorCall<RunOptions>>
  ): Promise<Result>;
  async run(circuit: Circuit, options: SimulatorCall<RunOptions> = {}): Promise<Result> {
    return this.#runner.run(this.#check(circuit), options);
  }

  /**
   * The final state of a circuit, as `circuit.state` gives it.
   *
   * @example
   * ```ts
   * import { circuit, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * const state = await simulator.state(circuit(2).x(1));
   * state.toDirac(); // => '|01>'
   * await simulator.dispose();
   * ```
   */
  state<P extends string>(
    circuit: AnyCircuit<P>,
    ...options: LastArgument<P, SimulatorCall<CallOptions>>
  ): Promise<StateVector>;
  async state(circuit: Circuit, options: SimulatorCall<CallOptions> = {}): Promise<StateVector> {
    return this.#runner.state(this.#check(circuit), options);
  }

  /**
   * Probabilities of basis states, as `circuit.probabilities` gives them.
   *
   * @example
   * ```ts
   * import { circuit, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * await simulator.probabilities(circuit(2).x(1), { top: 1 }); // => [{ state: '01', probability: 1 }]
   * await simulator.dispose();
   * ```
   */
  probabilities<P extends string>(
    circuit: AnyCircuit<P>,
    ...options: LastArgument<P, Marginal & { readonly top?: undefined }>
  ): Promise<Float64Array>;
  probabilities<P extends string>(
    circuit: AnyCircuit<P>,
    ...options: LastArgument<P, Marginal & { readonly top: number }>
  ): Promise<StateProbability[]>;
  async probabilities(
    circuit: Circuit,
    options: Marginal & Pick<ProbabilityRequest, 'top'> = {},
  ): Promise<Float64Array | StateProbability[]> {
    return this.#runner.probabilities(this.#check(circuit), options);
  }

  /**
   * The mean of an observable, as `circuit.expectation` gives it.
   *
   * @example
   * ```ts
   * import { circuit, pauli, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * await simulator.expectation(circuit(1).x(0), pauli.sum({ Z: 1 })); // => -1
   * await simulator.dispose();
   * ```
   */
  expectation<P extends string>(
    circuit: AnyCircuit<P>,
    observable: PauliSum,
    ...options: LastArgument<P, SimulatorCall<CallOptions>>
  ): Promise<number>;
  async expectation(
    circuit: Circuit,
    observable: PauliSum,
    options: SimulatorCall<CallOptions> = {},
  ): Promise<number> {
    return this.#runner.expectation(this.#check(circuit), observable, options);
  }

  /**
   * The probability of every outcome of the classical bits, as `circuit.exactDistribution` gives it.
   *
   * @example
   * ```ts
   * import { circuit, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * const distribution = await simulator.exactDistribution(circuit(1, 1).x(0).measureAll());
   * [...distribution.keys()]; // => ['1']
   * await simulator.dispose();
   * ```
   */
  exactDistribution<P extends string>(
    circuit: AnyCircuit<P>,
    ...options: LastArgument<P, SimulatorCall<CallOptions>>
  ): Promise<ReadonlyMap<string, number>>;
  async exactDistribution(
    circuit: Circuit,
    options: SimulatorCall<CallOptions> = {},
  ): Promise<ReadonlyMap<string, number>> {
    return this.#runner.exactDistribution(this.#check(circuit), options);
  }

  /**
   * The steps of one trajectory, as `circuit.steps` gives them.
   *
   * @example
   * ```ts
   * import { circuit, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * const [step] = simulator.steps(circuit(1).x(0));
   * String(step); // => 'Step 0: x q0  =>  |1>'
   * await simulator.dispose();
   * ```
   */
  steps<P extends string>(
    circuit: AnyCircuit<P>,
    ...options: LastArgument<P, SimulatorCall<StepsOptions>>
  ): Steps;
  steps(circuit: Circuit, options: SimulatorCall<StepsOptions> = {}): Steps {
    return this.#runner.steps(this.#check(circuit), options);
  }

  /**
   * A circuit with many values of its parameters, as `circuit.sweep` makes it.
   *
   * @example
   * ```ts
   * import { circuit, param, pauli, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * const sweep = simulator.sweep(circuit(1).ry(param('theta'), 0), { theta: [0, Math.PI] });
   * const values = await sweep.expectation(pauli.sum({ Z: 1 }));
   * values.length; // => 2
   * await simulator.dispose();
   * ```
   */
  sweep<P extends string>(circuit: AnyCircuit<P>, values: SweepValues<P>): Sweep {
    return this.#runner.sweep(this.#check(circuit), values);
  }

  /**
   * Ends the engine. Runs under way or waiting are rejected with ERR_DISPOSED; states that were handed out stay
   * until they are disposed themselves. Harmless the second time.
   *
   * @example
   * ```ts
   * import { circuit, QuantumError, Simulator } from 'qmlx';
   *
   * const simulator = await Simulator.create();
   * await simulator.dispose();
   * const error = await simulator.run(circuit(1)).catch((reason: unknown) => reason);
   * QuantumError.is(error, 'ERR_DISPOSED'); // => true
   * ```
   */
  dispose(): Promise<void> {
    this.#disposal ??= new Promise((resolve) => this.#engine.native.close(resolve));
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #check(circuit: unknown): Circuit {
    this.#refuseDisposed();
    if (circuit instanceof Circuit) return circuit as Circuit;
    throw invalidArgument('circuit', 'a circuit made by circuit()', circuit);
  }

  #refuseDisposed(): void {
    if (this.#disposal === undefined) return;
    throw new QuantumError(
      'ERR_DISPOSED',
      'This simulator was disposed. Create another one to go on.',
    );
  }
}
