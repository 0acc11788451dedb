// The engine of last resort: all of qmlx where no native part can be loaded, in TypeScript, on one thread, gate by
// gate, for circuits of up to 20 qubits. It gives what the native engines give, with the same draws for a seed.

import { cpus, freemem, totalmem } from 'node:os';
import { QuantumError } from '../errors.js';
import type {
  Addon,
  NativeDescription,
  NativeOptions,
  NativeOutcome,
  NativeOutcomes,
  NativePhase,
  NativeProgram,
  NativeRequest,
  NativeSimulator,
  NativeState,
  NativeTrajectory,
} from '../native.js';
import { EngineBatch, EngineState } from './engine-state.js';
import { drawShots, evolve, exactOutcomes, type Drawn } from './execution.js';
import { DecodedProgram, MOST_QUBITS, type Encoded } from './program.js';
import { State } from './state.js';
import { Trajectory } from './trajectory.js';
import { atOnce, inTurns, type Work } from './turns.js';
import type { Start } from './walk.js';

/** What limits count, as in other engines; amplitudes are held in complex128 whatever is asked for. */
const AMPLITUDE_BYTES = { complex64: 8, complex128: 16 } as const;

type Done = (error: unknown, outcome?: NativeOutcome) => void;

class EngineProgram implements NativeProgram {
  readonly #encoded: Encoded;
  #decoded: DecodedProgram | undefined;

  constructor(
    words: Int32Array,
    angles: Float64Array,
    angleCode: Int32Array,
    code: Int32Array,
    constants: Float64Array,
    integers: BigInt64Array,
  ) {
    this.#encoded = { words, angles, angleCode, code, constants, integers };
  }

  get qubits(): number {
    return this.#encoded.words[1] as number;
  }

  get decoded(): DecodedProgram {
    this.#decoded ??= new DecodedProgram(this.#encoded);
    return this.#decoded;
  }
}

function programOf(program: NativeProgram): EngineProgram {
  if (program instanceof EngineProgram) return program;
  throw new TypeError('The program was made by another engine.');
}

/** Runs are carried out one after the other, in turns with the rest of the program. */
class EngineSimulator implements NativeSimulator {
  readonly device = 'typescript';
  readonly #memoryLimit: number;
  readonly #amplitudeBytes: number;
  /** Numbers of runs that were not cancelled. */
  readonly #wanted = new Set<number>();
  /** Runs that have not ended. */
  #pending = 0;
  #last: Promise<void> = Promise.resolve();
  #runs = 0;
  #closed = false;

  constructor(device: string, { memoryLimit = 0, precision = 'complex64' }: NativeOptions) {
    if (device !== 'cpu') {
      const message = 'It needs the native part of qmlx.';
      throw new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device });
    }
    this.#memoryLimit = memoryLimit || totalmem();
    this.#amplitudeBytes = AMPLITUDE_BYTES[precision];
  }

  static open(
    device: string,
    options: NativeOptions,
    done: (error: unknown, simulator?: NativeSimulator) => void,
  ): void {
    setImmediate(() => {
      let simulator: EngineSimulator;
      try {
        simulator = new EngineSimulator(device, options);
      } catch (error) {
        done(error);
        return;
      }
      done(undefined, simulator);
    });
  }

  run(
    program: NativeProgram,
    request: NativeRequest,
    done: Done,
    progress?: (phase: NativePhase, done: number, total: number) => void,
  ): number {
    this.#refuseClosed();
    const number = ++this.#runs;
    this.#wanted.add(number);
    this.#pending++;
    const job = (): Promise<NativeOutcome> => {
      progress?.('run', 0, 1);
      return inTurns(this.#carryOut(program, request), () => !this.#wanted.has(number));
    };
    this.#last = this.#last.then(job).then(
      (outcome) => {
        this.#pending--;
        progress?.('run', 1, 1);
        done(undefined, outcome);
      },
      (error: unknown) => {
        this.#pending--;
        done(error);
      },
    );
    return number;
  }

  cancel(run: number): void {
    this.#wanted.delete(run);
  }

  close(done: () => void): void {
    this.#closed = true;
    this.#wanted.clear();
    void this.#last.then(done);
  }

  runNow(
    program: NativeProgram,
    parameters: Float64Array,
    shots: number,
    seed: bigint,
  ): NativeOutcomes {
    const start = this.#start(program, parameters);
    this.#refuseBusy();
    return atOnce(drawShots(start, shots, seed));
  }

  createState(program: NativeProgram): NativeState {
    const { program: decoded } = this.#start(program, new Float64Array());
    return new EngineState(new State(decoded.qubits), {
      program: decoded,
      refuseBusy: () => this.#refuseBusy(),
    });
  }

  createTrajectory(
    program: NativeProgram,
    parameters: Float64Array,
    seed: bigint,
    initial?: Float32Array | Float64Array,
  ): NativeTrajectory {
    const start = this.#start(program, parameters, initial);
    return new Trajectory(start, seed, { refuseBusy: () => this.#refuseBusy() });
  }

  explain(program: NativeProgram): string {
    const { qubits, instructions } = programOf(program).decoded;
    return `${qubits} qubits: ${instructions.length} passes, one for each operation; the engine in TypeScript makes no plan\n`;
  }

  describe(): NativeDescription {
    return {
      selfTest: '',
      device: this.device,
      name: cpus()[0]?.model ?? process.arch,
      variant: 'typescript',
      version: '',
      memoryBytes: totalmem(),
      availableBytes: Math.min(freemem(), this.#memoryLimit),
      threads: 1,
    };
  }

  #refuseClosed(): void {
    if (this.#closed) throw new QuantumError('ERR_DISPOSED', 'The simulator was disposed.');
  }

  /** The compiled engines have one thread and one turn. */
  #refuseBusy(): void {
    if (this.#pending === 0) return;
    const message = 'The engine is at work on an asynchronous run. Await it first.';
    throw new QuantumError('ERR_BUSY', message);
  }

  #start(
    program: NativeProgram,
    parameters: Float64Array,
    initial?: Float32Array | Float64Array,
    states = 1,
  ): Start {
    this.#refuseClosed();
    this.#checkMemory(programOf(program).qubits, states);
    return { program: programOf(program).decoded, parameters, initial };
  }

  #checkMemory(qubits: number, states: number): void {
    const requiredBytes = states * this.#amplitudeBytes * 2 ** qubits;
    const availableBytes = this.#memoryLimit;
    if (requiredBytes <= availableBytes) return;
    const fitting = Math.floor(Math.log2(availableBytes / states / this.#amplitudeBytes));
    const largestQubitCount = Math.min(Math.max(fitting, 0), MOST_QUBITS);
    const many = states === 1 ? 'A state' : `${states} states`;
    throw new QuantumError(
      'ERR_OUT_OF_MEMORY',
      `${many} of ${qubits} qubits need ${requiredBytes} bytes without the native part of qmlx; ${availableBytes} are allowed. ` +
        `Use at most ${largestQubitCount} qubits, or install qmlx again on this machine (docs/installing.md).`,
      { requiredBytes, availableBytes, largestQubitCount },
    );
  }

  *#carryOut(program: NativeProgram, request: NativeRequest): Work<NativeOutcome> {
    const began = performance.now();
    const states = request.keepRows ? request.rows : 1;
    const start = this.#start(program, request.parameters, request.initial, states);
    const outcome = yield* carryOut(start, request);
    return { plan: 0, run: performance.now() - began, sample: 0, squaredNorm: 1, ...outcome };
  }
}

function* carryOut(start: Start, request: NativeRequest): Work<Partial<NativeOutcome>> {
  const { shots, seed = 0n, rows = 1 } = request;
  if (request.shot !== undefined) return { state: yield* followed(start, request, request.shot) };
  if (request.exact) return outcomeOf(yield* exactOutcomes(start));
  if (shots !== undefined && !start.program.isStatic) {
    return outcomeOf(yield* drawShots(start, shots, seed, request.perShot), request.perShot);
  }
  if (request.keepRows || rows > 1) return yield* evolvedRows(start, request, rows);
  const { state } = yield* evolve(start);
  read(state, request);
  return {
    squaredNorm: state.squaredNorm(),
    ...(shots === undefined
      ? {}
      : outcomeOf(yield* drawShots(start, shots, seed, request.perShot), request.perShot)),
    ...(request.keepState ? { state: new EngineState(state) } : {}),
  };
}

function read(state: State, request: NativeRequest): void {
  const { observable, values, probabilities, qubits, amplitudes } = request;
  if (observable && values) values[0] = state.expectation(observable);
  if (probabilities) state.probabilities(qubits ?? new Uint32Array(), probabilities);
  if (amplitudes) state.read(0, amplitudes);
}

function outcomeOf({ shotOutcomes, ...drawn }: Drawn, perShot = false): Partial<NativeOutcome> {
  return perShot ? { ...drawn, shotOutcomes } : drawn;
}

function* evolvedRows(
  start: Start,
  { parameters, observable, values, keepRows }: NativeRequest,
  rows: number,
): Work<Partial<NativeOutcome>> {
  const width = start.program.parameterCount;
  const states: State[] = [];
  for (let row = 0; row < rows; row++) {
    const own = parameters.subarray(row * width, (row + 1) * width);
    const { state } = yield* evolve({ ...start, parameters: own });
    if (observable && values) values[row] = state.expectation(observable);
    if (keepRows) states.push(state);
  }
  return keepRows ? { batch: new EngineBatch(states) } : {};
}

/** One shot of a run again, to its end or past a snapshot, for its state. */
function* followed(
  start: Start,
  { seed = 0n, stop }: NativeRequest,
  shot: number,
): Work<NativeState> {
  const trajectory = new Trajectory(start, seed, { shot, forces: false });
  for (;;) {
    const stopped = stop !== undefined && trajectory.snapshot === stop;
    if (stopped) return trajectory.state();
    yield;
    if (trajectory.step() !== undefined) continue;
    if (stop === undefined) return trajectory.state();
    throw new QuantumError('ERR_UNSUPPORTED', 'This shot does not pass the snapshot.');
  }
}

/** What stands in for the compiled addon. */
export const typescriptAddon: Addon = {
  NativeSimulator: EngineSimulator,
  NativeProgram: EngineProgram,
  loadMlx: () => {
    const message = 'The MLX engine needs the native part of qmlx.';
    throw new QuantumError('ERR_BACKEND_UNAVAILABLE', message, { device: 'gpu' });
  },
  finishWork: () => undefined,
};
