// What can be asked of a circuit, on an engine that has been chosen.

import { checkInteger, invalidArgument } from '../circuit/arguments.js';
import { PauliSum } from '../observable/pauli.js';
import { Counts } from '../results/counts.js';
import type { StateProbability } from '../results/likeliest.js';
import { likeliestValues } from '../results/likeliest.js';
import { checkLimit, checkQubitList } from '../results/arguments.js';
import { Result } from '../results/result.js';
import { StateVector } from '../results/state.js';
import type { NativeOutcome, NativeRequest, NativeState } from '../native.js';
import { refuseMeasured, type Compiled } from './compiled.js';
import type { Engine } from './engines.js';
import { submit } from './job.js';
import { likeliestInTurns } from './likeliest.js';
import { checkMemory } from './memory.js';
import { checkSeed, checkShots, type CallOptions, type RunOptions } from './options.js';
import { nativeObservable, EngineState } from './source.js';

/** A circuit, the values of its parameters in order, and the engine to run it on. */
export interface Task {
  readonly engine: Engine;
  readonly compiled: Compiled;
  readonly parameters: Float64Array;
}

/** Most probabilities that one typed array holds here: 2 GiB. */
const MAXIMUM_PROBABILITIES = 2 ** 28;

function start(
  { engine, compiled, parameters }: Task,
  request: Omit<NativeRequest, 'parameters'>,
  options: CallOptions,
): Promise<NativeOutcome> {
  checkMemory(compiled.qubits, options.memoryLimit);
  return submit(engine.native, compiled.native, { parameters, ...request }, options);
}

/** Runs a circuit and counts what its measurements give. */
export async function runTask(task: Task, options: RunOptions): Promise<Result> {
  const began = performance.now();
  const shots = checkShots(options.shots);
  const { seed, bits } = checkSeed(options.seed);
  const { engine, compiled } = task;
  const sampling = compiled.measured || !compiled.unitary ? { shots, seed: bits } : {};
  const outcome = await start(task, sampling, options);
  return new Result({
    counts: countsOf(outcome, compiled.bits),
    shots,
    seed,
    device: engine.device,
    versions: engine.versions,
    timings: { ...timesOf(outcome), total: performance.now() - began },
    measured: compiled.measured,
  });
}

function countsOf({ keys, counts }: NativeOutcome, bits: number): Counts {
  return keys === undefined || counts === undefined
    ? new Counts()
    : Counts.fromPacked({ bits, keys, counts });
}

function timesOf({ plan, run, sample }: NativeOutcome) {
  return { plan, run, sample };
}

/** The final state of a circuit without measurements. */
export async function stateOfTask(task: Task, options: CallOptions): Promise<StateVector> {
  refuseMeasured(task.compiled, 'state');
  const { state } = await start(task, { keepState: true }, options);
  return new StateVector(new EngineState(state as NativeState, task.compiled.qubits));
}

/** What `probabilities` takes besides the options of every call. */
export interface ProbabilityRequest {
  readonly qubits?: readonly number[] | undefined;
  readonly top?: number | undefined;
}

/** Probabilities of basis states, all of them or the likeliest. */
export async function probabilitiesOfTask(
  task: Task,
  { qubits, top }: ProbabilityRequest,
  options: CallOptions,
): Promise<Float64Array | StateProbability[]> {
  const { compiled } = task;
  refuseMeasured(compiled, 'probabilities before it measures');
  if (top !== undefined) checkInteger(top, 'top', 1, MAXIMUM_PROBABILITIES);
  if (qubits === undefined && top !== undefined) {
    const { state } = await start(task, { keepState: true }, options);
    const source = new EngineState(state as NativeState, compiled.qubits);
    return likeliestInTurns(source, top).finally(() => source.dispose());
  }
  const all = Array.from({ length: compiled.qubits }, (_, qubit) => qubit);
  const listed = checkQubitList(qubits ?? all, compiled.qubits);
  const size = 2 ** listed.length;
  checkLimit('probabilities', size, MAXIMUM_PROBABILITIES, 'List fewer qubits or use top.');
  const probabilities = new Float64Array(size);
  await start(task, { qubits: Uint32Array.from(listed), probabilities }, options);
  return top === undefined ? probabilities : likeliestValues(probabilities, top);
}

/** The mean of an observable for each row of parameter values. */
export async function expectationsOfTask(
  task: Task,
  rows: number,
  observable: PauliSum,
  options: CallOptions,
): Promise<Float64Array> {
  const { compiled } = task;
  refuseMeasured(compiled, 'expectation value');
  checkObservable(observable, compiled.qubits);
  const values = new Float64Array(rows);
  if (rows === 0) return values;
  const encoded = nativeObservable(observable.encode());
  await start(task, { rows, observable: encoded, values }, options);
  return values;
}

/** Checks that a value is an observable on so many qubits. */
export function checkObservable(value: unknown, qubits: number): asserts value is PauliSum {
  if (value instanceof PauliSum && value.qubits === qubits) return;
  const expected = `a Pauli sum on ${qubits} qubits, such as pauli.sum({ ${'Z'.repeat(Math.min(qubits, 8))}: 1 })`;
  throw invalidArgument('observable', expected, value);
}
