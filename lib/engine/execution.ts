// Shots and exact distributions of any program. Shots with equal histories share one state: a tree of branches,
// walked depth first, with draws of their own, as in native/core/execution.cpp.

import { QuantumError } from '../errors.js';
import { OPCODE } from '../program/opcodes.js';
import { Draws } from './philox.js';
import { Outcomes } from './outcomes.js';
import type { Instruction } from './program.js';
import { Sampler } from './sampler.js';
import type { Work } from './turns.js';
import { Walk, type Start } from './walk.js';

/** Outcomes less likely than this come from rounding; an exact distribution leaves them out. */
const NEGLIGIBLE = 1e-13;
/** Branches that wait with a state. Others are run again from the start. */
const MOST_STATES = 16;
const SHOTS_A_STEP = 128;
const SHOTS_AT_ONCE = 2 ** 18;
/** All branches of an exact distribution. */
const MOST_BYTES = 2 ** 31;
/** In `shotOutcomes`: dropped by a postselection. */
const DROPPED = 2 ** 32 - 1;

export interface Drawn {
  readonly keys: Uint8Array;
  readonly counts: Float64Array;
  readonly shotOutcomes: Uint32Array;
  readonly dropped: number;
}

interface Branch {
  /** None: to be made again. */
  walk: Walk | undefined;
  readonly shots: readonly number[];
  readonly weight: number;
  readonly history: readonly boolean[];
}

/** What becomes of one outcome of a decision. */
interface Part {
  readonly outcome: boolean;
  readonly shots: readonly number[];
  readonly weight: number;
}

abstract class Tree {
  dropped = 0;
  protected readonly outcomes: Outcomes;
  readonly #stack: Branch[] = [];

  constructor(protected readonly start: Start) {
    this.outcomes = new Outcomes(start.program.bits);
  }

  protected abstract divide(walk: Walk, qubit: number, branch: Branch): readonly Part[];
  protected abstract finish(walk: Walk, branch: Branch): Work<void>;
  protected abstract drop(part: Part): void;

  protected *grow(shots: readonly number[]): Work<void> {
    const root = { walk: Walk.begin(this.start), shots, weight: 1, history: [] };
    for (let branch: Branch | undefined = root; branch; branch = this.next()) {
      yield* this.#advance(branch);
    }
  }

  protected next(): Branch | undefined {
    return this.#stack.pop();
  }

  protected *wait(branch: Branch): Work<void> {
    this.#stack.push(branch);
    yield;
  }

  *#advance(branch: Branch): Work<void> {
    const walk = branch.walk ?? (yield* this.#again(branch.history));
    const decision = yield* walk.toDecision(this.start.program.terminalStart);
    if (decision === undefined) {
      yield* this.finish(walk, branch);
      return;
    }
    for (const follower of this.#decide(walk, decision, branch)) yield* this.wait(follower);
  }

  #decide(walk: Walk, decision: Instruction, branch: Branch): Branch[] {
    const { opcode, a, b } = decision;
    const zero = walk.state.probabilityOfZero(a);
    const alone = opcode === OPCODE.reset && walk.state.standsAlone(a, zero);
    const parts = alone
      ? [{ ...branch, outcome: zero < 0.5 }]
      : this.divide(walk, a, branch).filter((part) => this.#keeps(decision, part, b));
    return parts.map(({ outcome, shots, weight }, k) => {
      const last = k === parts.length - 1;
      const own = last ? walk : this.#stack.length < MOST_STATES ? walk.copy() : undefined;
      own?.decide(decision, outcome);
      return { walk: own, shots, weight, history: [...branch.history, outcome] };
    });
  }

  #keeps({ opcode }: Instruction, part: Part, wanted: number): boolean {
    if (opcode !== OPCODE.postselect || part.outcome === (wanted === 1)) return true;
    this.drop(part);
    return false;
  }

  *#again(history: readonly boolean[]): Work<Walk> {
    const walk = Walk.begin(this.start);
    for (const outcome of history) {
      const decision = yield* walk.toDecision(this.start.program.terminalStart);
      walk.decide(decision as Instruction, outcome);
    }
    return walk;
  }
}

class Shots extends Tree {
  readonly #draws: Draws;
  readonly #shots: number;
  /** The outcome of each shot, where that is asked for. */
  readonly #numbers: Uint32Array;

  constructor(start: Start, shots: number, seed: bigint, perShot: boolean) {
    super(start);
    this.#draws = new Draws(seed);
    this.#shots = shots;
    this.#numbers = new Uint32Array(perShot ? shots : 0).fill(DROPPED);
  }

  *run(): Work<Drawn> {
    for (let first = 0; first < this.#shots; first += SHOTS_AT_ONCE) {
      const count = Math.min(SHOTS_AT_ONCE, this.#shots - first);
      yield* this.grow(Array.from({ length: count }, (_, k) => first + k));
    }
    const { keys, counts, rank } = this.outcomes.finish();
    const shotOutcomes = this.#numbers.map((number) =>
      number === DROPPED ? DROPPED : (rank[number] as number),
    );
    return { keys, counts, shotOutcomes, dropped: this.dropped };
  }

  protected divide(walk: Walk, qubit: number, { shots, weight }: Branch): readonly Part[] {
    const zero = walk.state.probabilityOfZero(qubit);
    const ones = new Set(shots.filter((shot) => this.#draws.one(shot, walk.draws, zero)));
    return [true, false]
      .map((outcome) => ({
        outcome,
        weight,
        shots: shots.filter((shot) => ones.has(shot) === outcome),
      }))
      .filter((part) => part.shots.length > 0);
  }

  protected drop({ shots }: Part): void {
    this.dropped += shots.length;
  }

  /** The measurements at the end, all shots of the branch at once. */
  protected *finish({ state, memory, draws }: Walk, { shots }: Branch): Work<void> {
    const { measurements } = this.start.program;
    const sampler = measurements.length === 0 ? undefined : new Sampler(state, draws);
    for (const shot of shots) {
      const index = sampler?.draw(this.#draws, shot) ?? 0;
      for (const { a, b } of measurements) memory.bits[b] = (index >> state.place(a)) & 1;
      const number = this.outcomes.add(memory.bits, 1);
      if (this.#numbers.length > 0) this.#numbers[shot] = number;
      if (shot % SHOTS_A_STEP === 0) yield;
    }
  }
}

/** Branches wait for each other at decisions; those with the same state and memory become one. */
class Distribution extends Tree {
  #waiting: Branch[] = [];

  *run(): Work<Drawn> {
    yield* this.grow([]);
    const { keys, counts } = this.outcomes.finish();
    return { keys, counts, shotOutcomes: new Uint32Array(), dropped: this.dropped };
  }

  protected divide(walk: Walk, qubit: number, { shots, weight }: Branch): readonly Part[] {
    const zero = walk.state.probabilityOfZero(qubit);
    return [
      { outcome: true, shots, weight: weight * (1 - zero) },
      { outcome: false, shots, weight: weight * zero },
    ].filter((part) => part.weight > NEGLIGIBLE);
  }

  protected drop({ weight }: Part): void {
    this.dropped += weight;
  }

  protected override *wait(branch: Branch): Work<void> {
    const walk = branch.walk as Walk;
    yield* walk.toDecision(this.start.program.terminalStart);
    const twin = this.#waiting.findIndex(
      ({ walk: other }) =>
        other?.next === walk.next &&
        other.memory.equals(walk.memory) &&
        other.state.isLike(walk.state),
    );
    if (twin < 0) {
      this.#waiting.push(branch);
      this.#checkMemory(walk.state.amplitudes.byteLength);
      return;
    }
    const known = this.#waiting[twin] as Branch;
    this.#waiting[twin] = { ...known, weight: known.weight + branch.weight };
  }

  #checkMemory(stateBytes: number): void {
    const requiredBytes = this.#waiting.length * stateBytes;
    if (requiredBytes <= MOST_BYTES) return;
    throw new QuantumError(
      'ERR_OUT_OF_MEMORY',
      `An exact distribution of this circuit needs more than ${this.#waiting.length} states at once. Take shots instead.`,
      { requiredBytes, availableBytes: MOST_BYTES, largestQubitCount: this.start.program.qubits },
    );
  }

  /** The branch that is furthest behind goes first, so that ways meet behind a condition or a loop. */
  protected override next(): Branch | undefined {
    const places = this.#waiting.map(({ walk }) => (walk as Walk).next);
    const furthest = places.indexOf(Math.min(...places));
    return furthest < 0 ? undefined : this.#waiting.splice(furthest, 1)[0];
  }

  protected *finish({ state, memory }: Walk, { weight }: Branch): Work<void> {
    const { measurements } = this.start.program;
    const qubits = [...new Set(measurements.map(({ a }) => a))];
    const probabilities = new Float64Array(2 ** qubits.length);
    state.probabilities(Uint32Array.from(qubits), probabilities);
    probabilities.forEach((probability, value) => {
      if (weight * probability <= NEGLIGIBLE) return;
      for (const { a, b } of measurements) {
        memory.bits[b] = (value >> (qubits.length - 1 - qubits.indexOf(a))) & 1;
      }
      this.outcomes.add(memory.bits, weight * probability);
    });
    yield;
  }
}

/** Outcomes of so many shots. */
export function drawShots(start: Start, shots: number, seed: bigint, perShot = false): Work<Drawn> {
  return new Shots(start, shots, seed, perShot).run();
}

/** Probabilities of all outcomes. */
export function exactOutcomes(start: Start): Work<Drawn> {
  return new Distribution(start).run();
}

/** A program without decisions, evolved to its measurements. */
export function* evolve(start: Start): Work<Walk> {
  if (!start.program.isStatic) {
    throw new QuantumError(
      'ERR_UNSUPPORTED',
      'A program with measurements before its end has no single final state.',
    );
  }
  const walk = Walk.begin(start);
  yield* walk.toDecision(start.program.terminalStart);
  return walk;
}
