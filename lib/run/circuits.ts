// Runs of circuits, wherever their options send them. `Simulator` and the methods of circuits both end here.

import { isUnitaryList } from '../circuit/operation.js';
import type { PauliSum } from '../observable/pauli.js';
import type { Amplitudes } from '../results/amplitudes.js';
import type { StateProbability } from '../results/likeliest.js';
import type { Result } from '../results/result.js';
import type { StateVector } from '../results/state.js';
import type { UnitaryMatrix } from '../results/unitary.js';
import type { CircuitLike } from '../program/encode.js';
import { compile, refuseMeasured } from './compiled.js';
import type { Engine } from './engines.js';
import {
  distributionOfTask,
  expectationsOfTask,
  probabilitiesOfTask,
  runTask,
  stateNow,
  stateOfTask,
  type ProbabilityRequest,
  type Task,
} from './execute.js';
import { checkInitialState } from './initial-state.js';
import { checkMemory } from './memory.js';
import { checkCallOptions, checkSeed, type CallOptions, type RunOptions } from './options.js';
import { parameterRow } from './parameters.js';
import type { Precision } from './settings.js';
import { Steps, type Breakpoints } from './steps.js';
import { Sweep, sweepRows } from './sweep.js';
import { circuitOfColumns, matrixOfColumns } from './unitary.js';

/** Options of `steps`. */
export interface StepsOptions extends Omit<CallOptions, 'signal' | 'onProgress'> {
  /** Any integer: the same one gives the same steps. A fresh one is drawn if absent. */
  readonly seed?: number | bigint | undefined;
  /** Where `toBreakpoint` stops: numbers of steps, names of snapshots, or a function. */
  readonly breakpoints?: Breakpoints | undefined;
}

/** Options that only say how to watch a run. */
type WatchOptions = Omit<CallOptions, 'params'>;

/** The engine for a circuit of so many qubits: at once, or as soon as it is open. */
export interface EngineSource {
  /** Of the engine that these options lead to. */
  precision(options: CallOptions): Precision;
  now(options: CallOptions, qubits: number): Engine;
  soon(options: CallOptions, qubits: number): Engine | Promise<Engine>;
}

/** Runs circuits on the engine that the options of each call lead to. */
export class CircuitRunner {
  readonly #engines: EngineSource;
  readonly #known: readonly string[];

  /** `known` names the options that every call accepts. */
  constructor(engines: EngineSource, known: readonly string[]) {
    this.#engines = engines;
    this.#known = known;
  }

  run(circuit: CircuitLike, options: RunOptions): Promise<Result> {
    const known = ['shots', 'seed', 'memory', ...this.#known];
    return this.#work(circuit, options, known, (task) => runTask(task, options));
  }

  state(circuit: CircuitLike, options: CallOptions): Promise<StateVector> {
    return this.#work(circuit, options, this.#known, (task) => stateOfTask(task, options));
  }

  probabilities(
    circuit: CircuitLike,
    options: CallOptions & ProbabilityRequest,
  ): Promise<Float64Array | StateProbability[]> {
    const known = ['qubits', 'top', ...this.#known];
    return this.#work(circuit, options, known, (task) =>
      probabilitiesOfTask(task, options, options),
    );
  }

  expectation(circuit: CircuitLike, observable: PauliSum, options: CallOptions): Promise<number> {
    return this.#work(circuit, options, this.#known, async (task) => {
      const [value] = await expectationsOfTask(task, 1, observable, options);
      return value as number;
    });
  }

  exactDistribution(
    circuit: CircuitLike,
    options: CallOptions,
  ): Promise<ReadonlyMap<string, number>> {
    return this.#work(circuit, options, this.#known, (task) => distributionOfTask(task, options));
  }

  steps(circuit: CircuitLike, options: StepsOptions): Steps {
    const known = ['seed', 'breakpoints', ...this.#known];
    const { engine, compiled, parameters, initial } = this.#taskNow(circuit, options, known);
    const { qubits } = compiled;
    checkMemory({ qubits, precision: engine.precision }, options.memoryLimit);
    const { bits: seed } = checkSeed(options.seed);
    const { breakpoints } = options;
    return new Steps({
      engine,
      stepwise: compiled.stepwise(),
      qubits,
      parameters,
      initial,
      seed,
      breakpoints,
    });
  }

  stateNow(circuit: CircuitLike, options: CallOptions): StateVector {
    return stateNow(this.#taskNow(circuit, options, this.#known), options);
  }

  async unitary(circuit: CircuitLike, options: CallOptions): Promise<UnitaryMatrix> {
    const known = this.#known.filter((name) => name !== 'initialState');
    if (!isUnitaryList(circuit.operations)) refuseMeasured({ unitary: false }, 'matrix');
    const columns = circuitOfColumns(circuit);
    using state = await this.#work(columns, options, known, (task) => stateOfTask(task, options));
    return matrixOfColumns(circuit.qubits, state.data);
  }

  sweep(circuit: CircuitLike, values: unknown): Sweep<WatchOptions> {
    // The circuit may grow before it is evaluated.
    const { qubits, bits, operations, bitRegisters, parameters: names } = circuit;
    const snapshot = { qubits, bits, operations, bitRegisters, parameters: [...names] };
    const { rows, parameters } = sweepRows(snapshot.parameters, values);
    const known = this.#known.filter((name) => name !== 'params');
    return new Sweep(rows, async (observable, options) => {
      checkCallOptions(options, known);
      const initial = this.#initial(options, qubits);
      const compiled = compile(snapshot, initial === undefined);
      const soon = this.#engines.soon(options, qubits);
      const engine = 'native' in soon ? soon : await soon;
      const task = { compiled, engine, parameters, initial };
      return expectationsOfTask(task, rows, observable, options);
    });
  }

  #ready(
    circuit: CircuitLike,
    options: CallOptions,
    known: readonly string[],
  ): Omit<Task, 'engine'> {
    checkCallOptions(options, known);
    const parameters = parameterRow(circuit.parameters, options.params);
    const initial = this.#initial(options, circuit.qubits);
    return { compiled: compile(circuit, initial === undefined), parameters, initial };
  }

  #initial(options: CallOptions, qubits: number): Amplitudes | undefined {
    if (options.initialState === undefined) return undefined;
    return checkInitialState(options.initialState, qubits, this.#engines.precision(options));
  }

  // Where the engine is open already, the work begins before this returns.
  async #work<Outcome>(
    circuit: CircuitLike,
    options: CallOptions,
    known: readonly string[],
    work: (task: Task) => Promise<Outcome>,
  ): Promise<Outcome> {
    const ready = this.#ready(circuit, options, known);
    const engine = this.#engines.soon(options, ready.compiled.qubits);
    return work({ ...ready, engine: 'native' in engine ? engine : await engine });
  }

  #taskNow(circuit: CircuitLike, options: CallOptions, known: readonly string[]): Task {
    const ready = this.#ready(circuit, options, known);
    return { ...ready, engine: this.#engines.now(options, ready.compiled.qubits) };
  }
}
