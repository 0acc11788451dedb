// The seam between circuits, which know no engine, and lib/run, which installs what runs them.

import { QuantumError } from '../errors.js';
import type { PauliSum } from '../observable/pauli.js';
import type { StateProbability } from '../results/likeliest.js';
import type { Result } from '../results/result.js';
import type { StateVector } from '../results/state.js';
import type { UnitaryMatrix } from '../results/unitary.js';
import type { StepsOptions } from '../run/circuits.js';
import type { Steps } from '../run/steps.js';
import type { ProbabilityRequest } from '../run/execute.js';
import type { CallOptions, RunOptions } from '../run/options.js';
import type { Program } from '../run/program.js';
import type { Sweep, SweepValues } from '../run/sweep.js';
import type { Circuit } from './circuit.js';

/** Options of {@link Circuit.compile} and {@link Circuit.explain}: which engine to compile for. */
export type CompileOptions = Pick<CallOptions, 'device' | 'threads' | 'precision' | 'memoryLimit'>;

/** Everything that a circuit asks of engines. Options arrive unchecked. */
export interface Executor {
  run(circuit: Circuit, options: RunOptions): Promise<Result>;
  state(circuit: Circuit, options: CallOptions): Promise<StateVector>;
  probabilities(
    circuit: Circuit,
    options: CallOptions & ProbabilityRequest,
  ): Promise<Float64Array | StateProbability[]>;
  expectation(circuit: Circuit, observable: PauliSum, options: CallOptions): Promise<number>;
  exactDistribution(circuit: Circuit, options: CallOptions): Promise<ReadonlyMap<string, number>>;
  steps(circuit: Circuit, options: StepsOptions): Steps;
  stateNow(circuit: Circuit, options: CallOptions): StateVector;
  unitary(circuit: Circuit, options: CallOptions): Promise<UnitaryMatrix>;
  sweep(circuit: Circuit, values: SweepValues): Sweep<Omit<CallOptions, 'params'>>;
  compile(circuit: Circuit, options: CompileOptions): Program;
  explain(circuit: Circuit, options: CompileOptions): string;
}

let installed: Executor | undefined;

/** Installs what runs circuits; the entry of the package does so once. */
export function setExecutor(executor: Executor): void {
  installed = executor;
}

/** What runs circuits. */
export function currentExecutor(): Executor {
  if (installed !== undefined) return installed;
  throw new QuantumError(
    'ERR_INTERNAL',
    "Expected an installed engine, but there is none: import from 'qmlx' and not from a file inside it.",
  );
}
