// What can be asked of a circuit, on an engine that has been chosen.

import { checkInteger, invalidArgument } from '../circuit/arguments.js';
import { PauliSum } from '../observable/pauli.js';
import { Counts } from '../results/counts.js';
import type { StateProbability } from '../results/likeliest.js';
import { likeliestValues } from '../results/likeliest.js';
import { checkLimit, checkQubitList } from '../results/arguments.js';
import { Result } from '../results/result.js';
import { StateVector } from '../results/state.js';
import { unpackKeys } from '../results/outcomes.js';
import type { Amplitudes } from '../results/amplitudes.js';
import { callNative, type NativeOutcome, type NativeRequest, type NativeState } from '../native.js';
import { refuseMeasured, type Compiled } from './compiled.js';
import type { Engine } from './engines.js';
import { submit } from './job.js';
import { likeliestInTurns } from './likeliest.js';
import { checkMemory, stateBytes, type StateSize } from './memory.js';
import {
  checkMemoryOption,
  checkSeed,
  checkShots,
  type CallOptions,
  type RunOptions,
} from './options.js';
import { nativeObservable, EngineState } from './source.js';

/** A circuit, the values of its parameters in order, and the engine to run it on. */
export interface Task {
  readonly engine: Engine;
  readonly compiled: Compiled;
  readonly parameters: Float64Array;
  /** Amplitudes to start from; |0…0> if absent. */
  readonly initial?: Amplitudes | undefined;
}

/** Most probabilities that one typed array holds here: 2 GiB. */
const MAXIMUM_PROBABILITIES = 2 ** 28;

const sizeOf = ({ precision }: Engine, { qubits }: Compiled): StateSize => ({ qubits, precision });

function start(
  { engine, compiled, parameters, initial }: Task,
  request: Omit<NativeRequest, 'parameters'>,
  options: CallOptions,
): Promise<NativeOutcome> {
  checkMemory(sizeOf(engine, compiled), options.memoryLimit);
  return submit(engine.native, compiled.native, { parameters, initial, ...request }, options);
}

/** Runs a circuit and counts what its measurements give. */
export async function runTask(task: Task, options: RunOptions): Promise<Result> {
  const began = performance.now();
  const shots = checkShots(options.shots);
  const { seed, bits } = checkSeed(options.seed);
  const { engine, compiled } = task;
  const perShot = checkMemoryOption(options.memory, shots);
  const maxStates = statesWithin(options.memoryLimit, sizeOf(engine, compiled));
  const samples = compiled.measured || !compiled.unitary;
  const sampling = samples ? { shots, seed: bits, perShot, maxStates } : {};
  const outcome = await start(task, sampling, options);
  const { keys, counts, shotOutcomes } = outcome;
  return new Result({
    ...(keys === undefined || shotOutcomes === undefined || !compiled.measured
      ? {}
      : { memory: { bits: compiled.bits, keys, shotOutcomes } }),
    dropped: outcome.dropped ?? 0,
    bitRegisters: compiled.bitRegisters,
    trajectory: (shot, snapshot) =>
      followShot(task, { shots, seed: bits, shot, snapshot }, options),
    counts:
      compiled.measured && keys && counts ? { bits: compiled.bits, keys, counts } : new Counts(),
    shots,
    seed,
    device: engine.native.device,
    versions: engine.versions,
    timings: {
      plan: outcome.plan,
      run: outcome.run,
      sample: outcome.sample,
      total: performance.now() - began,
    },
    measured: compiled.measured,
  });
}

/** States that a branching run may hold within a limit of bytes. */
export function statesWithin(
  memoryLimit: number | undefined,
  { qubits, precision }: StateSize,
): number | undefined {
  if (memoryLimit === undefined) return undefined;
  return Math.min(Math.max(Math.floor(memoryLimit / stateBytes(qubits, precision)), 1), 2 ** 31);
}

interface ShotRequest {
  readonly shots: number;
  readonly seed: bigint;
  readonly shot: number;
  readonly snapshot: string | undefined;
}

/** Runs one shot of a finished run again, to its end or to a snapshot, and keeps its state. */
async function followShot(
  task: Task,
  wanted: ShotRequest,
  options: CallOptions,
): Promise<StateVector> {
  const { engine, compiled, parameters, initial } = task;
  const { shots, seed, snapshot } = wanted;
  if (shots === 0) throw invalidArgument('shot', 'a shot, but there is none', wanted.shot);
  const shot = checkInteger(wanted.shot, 'shot', 0, shots - 1);
  checkMemory(sizeOf(engine, compiled), options.memoryLimit);
  const stop = snapshot === undefined ? undefined : compiled.snapshots.indexOf(snapshot);
  if (stop === -1) {
    const names = compiled.snapshots.join(', ') || 'none';
    throw invalidArgument('name', `the name of a snapshot of the circuit (${names})`, snapshot);
  }
  const program = stop === undefined ? compiled.native : compiled.stepwise().native;
  const request = { parameters, initial, shots, seed, shot, stop };
  const { state } = await submit(engine.native, program, request, {});
  return new StateVector(new EngineState(state as NativeState, sizeOf(engine, compiled)));
}

/** The probabilities of all classical outcomes, without sampling. */
export async function distributionOfTask(
  task: Task,
  options: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const { engine, compiled } = task;
  if (!compiled.measured) return new Map();
  const maxStates = statesWithin(options.memoryLimit, sizeOf(engine, compiled));
  const { keys, counts } = await start(task, { exact: true, maxStates }, options);
  const names = unpackKeys(compiled.bits, keys as Uint8Array);
  const weights = counts as Float64Array;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(Array.from(names, (name, k) => [name, (weights[k] as number) / total]));
}

/** The state of a circuit without measurements, computed at once on the calling thread. */
export function stateNow(
  { engine, compiled, parameters, initial }: Task,
  options: CallOptions,
): StateVector {
  refuseMeasured(compiled, 'state');
  checkMemory(sizeOf(engine, compiled), options.memoryLimit);
  const state = callNative(() => engine.native.createState(compiled.native));
  callNative(() => state.evolve(parameters, initial));
  return new StateVector(new EngineState(state, sizeOf(engine, compiled)));
}

/** The final state of a circuit without measurements. */
export async function stateOfTask(task: Task, options: CallOptions): Promise<StateVector> {
  refuseMeasured(task.compiled, 'state');
  const { state } = await start(task, { keepState: true }, options);
  return new StateVector(new EngineState(state as NativeState, sizeOf(task.engine, task.compiled)));
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
  const { engine, compiled } = task;
  refuseMeasured(compiled, 'probabilities before it measures');
  if (top !== undefined) checkInteger(top, 'top', 1, MAXIMUM_PROBABILITIES);
  if (qubits === undefined && top !== undefined) {
    const { state } = await start(task, { keepState: true }, options);
    const source = new EngineState(state as NativeState, sizeOf(engine, compiled));
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
