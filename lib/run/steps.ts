import { checkArray, checkInteger, invalidArgument } from '../circuit/arguments.js';
import { operationExpressions, type Operation } from '../circuit/operation.js';
import { callNative, type NativeStep, type NativeTrajectory } from '../native.js';
import type { Amplitudes } from '../results/amplitudes.js';
import { Step, type StepKind } from '../results/step.js';
import { StateVector } from '../results/state.js';
import type { Stepwise } from './compiled.js';
import type { Engine } from './engines.js';
import { EngineState } from './source.js';

/** Where `Steps.toBreakpoint` stops: at step numbers, at names of snapshots, or where a function says so. */
export type Breakpoints = readonly (number | string)[] | ((step: Step) => boolean);

/** A circuit to step through. */
export interface StepTask {
  readonly engine: Engine;
  readonly stepwise: Stepwise;
  readonly qubits: number;
  readonly parameters: Float64Array;
  /** Amplitudes to start from; |0…0> if absent. */
  readonly initial: Amplitudes | undefined;
  readonly seed: bigint;
  readonly breakpoints: unknown;
}

/** A trajectory and how many steps of it were taken. */
class Walk {
  readonly native: NativeTrajectory;
  readonly #task: StepTask;
  taken = 0;

  constructor(task: StepTask) {
    const { engine, stepwise, parameters, seed, initial } = task;
    this.#task = task;
    this.native = callNative(() =>
      engine.native.createTrajectory(stepwise.native, parameters, seed, initial),
    );
  }

  /** Takes one step that the circuit knows of; several native ones may make it up. */
  advance():
    | { readonly native: NativeStep; readonly operation: Operation; readonly kind: StepKind }
    | undefined {
    for (;;) {
      const native = callNative(() => this.native.step());
      if (native === undefined) return undefined;
      const source = this.#task.stepwise.sources[native.source];
      if (source === undefined || source.role === 'hidden' || !source.last) continue;
      this.taken += 1;
      return { native, operation: source.operation, kind: source.role };
    }
  }

  state(): StateVector {
    const { qubits, engine } = this.#task;
    const state = callNative(() => this.native.state());
    return new StateVector(new EngineState(state, { qubits, precision: engine.precision }));
  }
}

/**
 * The steps of one trajectory, one after the other: an iterator that also goes back and runs to breakpoints. It
 * computes on the calling thread. Errors of all methods: `ERR_BUSY` while an asynchronous run is under way on the
 * same engine, `ERR_ASSERTION`, `ERR_LIMIT` and `ERR_NUMERIC` where the circuit fails, `ERR_OUT_OF_MEMORY`.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 * const steps = circuit(1, 1).h(0).measure(0, 0).steps({ seed: 7 });
 * steps.next().value?.operation.kind; // => 'gate'
 * steps.next().value?.kind; // => 'measurement'
 * steps.back()?.index; // => 0
 * ```
 */
export class Steps implements IterableIterator<Step> {
  readonly #task: StepTask;
  readonly #stops: (step: Step) => boolean;
  #walk: Walk | undefined;

  /** @internal Use `circuit.steps()`. */
  constructor(task: StepTask) {
    this.#task = task;
    this.#stops = breakpointTest(task.breakpoints);
  }

  /** The next step. At the end the trajectory is given back to the engine. */
  next(): IteratorResult<Step, undefined> {
    this.#walk ??= new Walk(this.#task);
    const step = this.#step(this.#walk);
    return step === undefined ? { done: true, value: undefined } : { done: false, value: step };
  }

  /** Goes one step back and gives the step before the last one again; `undefined` at the beginning. */
  back(): Step | undefined {
    const wanted = (this.#walk?.taken ?? 0) - 1;
    this.return();
    if (wanted < 0) return undefined;
    const walk = new Walk(this.#task);
    this.#walk = walk;
    let last: Step | undefined;
    while (walk.taken < wanted) last = this.#step(walk);
    return last;
  }

  /** Goes on to the next breakpoint; `undefined` if none follows. */
  toBreakpoint(): Step | undefined {
    for (;;) {
      const { value } = this.next();
      if (value === undefined || this.#stops(value)) return value;
    }
  }

  /** Gives the trajectory back to the engine. Steps taken keep their states. The next step is the first one again. */
  return(): IteratorResult<Step, undefined> {
    this.#walk?.native.dispose();
    this.#walk = undefined;
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  #step(walk: Walk): Step | undefined {
    const taken = walk.advance();
    if (taken === undefined) return undefined;
    const { native, operation, kind } = taken;
    const count = walk.taken;
    const [condition] = operationExpressions(operation);
    const drawn =
      operation.kind === 'initialize' ||
      kind === 'gate' ||
      kind === 'other' ||
      kind === 'conditional';
    return new Step({
      kind,
      operation,
      index: count - 1,
      bits: Array.from(
        callNative(() => walk.native.bits()),
        (bit) => bit as 0 | 1,
      ),
      ...(drawn ? {} : { outcome: native.outcome, probability: native.probability }),
      ...(kind === 'conditional'
        ? { condition: { text: String(condition), taken: native.taken } }
        : {}),
      readState: () => this.#stateAfter(walk, count),
    });
  }

  /** The trajectory may have gone on or been given back: then another one comes to the same place. */
  #stateAfter(walk: Walk, count: number): StateVector {
    if (walk === this.#walk && walk.taken === count) return walk.state();
    const again = new Walk(this.#task);
    while (again.taken < count) again.advance();
    const state = again.state();
    again.native.dispose();
    return state;
  }
}

function breakpointTest(value: unknown): (step: Step) => boolean {
  if (value === undefined) return () => false;
  if (typeof value === 'function') return value as (step: Step) => boolean;
  const places = checkArray(value, 'breakpoints').map((place, k) => {
    if (typeof place === 'string') return place;
    if (typeof place === 'number') return checkInteger(place, `breakpoints[${k}]`, 0);
    throw invalidArgument(
      `breakpoints[${k}]`,
      'the number of a step or the name of a snapshot',
      place,
    );
  });
  return ({ index, operation }) =>
    places.includes(index) || (operation.kind === 'snapshot' && places.includes(operation.name));
}
