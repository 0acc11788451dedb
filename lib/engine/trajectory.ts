import { QuantumError } from '../errors.js';
import type { NativeState, NativeStep, NativeTrajectory } from '../native.js';
import { OPCODE } from '../program/opcodes.js';
import { EngineState } from './engine-state.js';
import { Draws } from './philox.js';
import { decides, type Instruction } from './program.js';
import { Sampler } from './sampler.js';
import { Walk, type Start } from './walk.js';

/** How a trajectory is followed. */
interface TrajectoryOptions {
  readonly shot?: number;
  /** Takes the wanted outcome of postselections instead of failing where the shot drew the other. */
  readonly forces?: boolean;
  /** Throws ERR_BUSY while a step must wait. */
  readonly refuseBusy?: () => void;
}

/** One shot of a run, followed instruction by instruction with the draws that it has there. */
export class Trajectory implements NativeTrajectory {
  readonly #start: Start;
  readonly #draws: Draws;
  readonly #shot: number;
  readonly #forces: boolean;
  readonly #refuseBusy: () => void;
  readonly #walk: Walk;
  /** Where the measurements at the end find the shot, once they are drawn. */
  #end: number | undefined;

  constructor(
    start: Start,
    seed: bigint,
    { shot = 0, forces = true, refuseBusy = () => undefined }: TrajectoryOptions = {},
  ) {
    this.#start = start;
    this.#draws = new Draws(seed);
    this.#shot = shot;
    this.#forces = forces;
    this.#refuseBusy = refuseBusy;
    this.#walk = Walk.begin(start);
  }

  step(): NativeStep | undefined {
    const source = this.#walk.next;
    const instruction = this.#start.program.instructions[source];
    if (instruction === undefined) return undefined;
    this.#refuseBusy();
    if (decides(instruction)) return { source, ...this.#decide(instruction), taken: false };
    this.#walk.carryOut(instruction);
    return { source, outcome: 0, probability: 1, taken: this.#walk.next === source + 1 };
  }

  /** The number of the snapshot that the next instruction is. */
  get snapshot(): number | undefined {
    const next = this.#start.program.instructions[this.#walk.next];
    return next?.opcode === OPCODE.snapshot ? next.a : undefined;
  }

  bits(): Uint8Array {
    return this.#walk.memory.bits.slice();
  }

  state(): NativeState {
    return new EngineState(this.#walk.state.copy());
  }

  dispose(): void {
    // Nothing but memory of the language is held.
  }

  #decide(instruction: Instruction): Pick<NativeStep, 'outcome' | 'probability'> {
    const { opcode, a } = instruction;
    const { state, memory } = this.#walk;
    const zero = state.probabilityOfZero(a);
    const one = this.#outcome(instruction, zero);
    const alone = opcode === OPCODE.reset && state.standsAlone(a, zero);
    if (opcode === OPCODE.measure) memory.bits[instruction.b] = one ? 1 : 0;
    this.#walk.next++;
    this.#walk.draws++;
    // As a run does it: the likelier outcome stands for both.
    this.#walk.project(opcode, a, alone ? zero < 0.5 : one);
    return { outcome: one ? 1 : 0, probability: one ? 1 - zero : zero };
  }

  #outcome({ opcode, a, b }: Instruction, zero: number): boolean {
    const { next, draws, state } = this.#walk;
    if (next >= this.#start.program.terminalStart) {
      // Collapsing changes amplitudes and no places.
      this.#end ??= new Sampler(state, draws).draw(this.#draws, this.#shot);
      return ((this.#end >> state.place(a)) & 1) === 1;
    }
    const drawn = this.#draws.one(this.#shot, draws, zero);
    const wanted = b === 1;
    if (opcode !== OPCODE.postselect || drawn === wanted) return drawn;
    if (!this.#forces) {
      const message = `Shot ${this.#shot} was dropped by a postselection and has no state.`;
      throw new QuantumError('ERR_UNSUPPORTED', message);
    }
    if ((wanted ? 1 - zero : zero) > 0) return wanted;
    const message = 'A postselection asks for an outcome of probability 0 on this path.';
    throw new QuantumError('ERR_ASSERTION', message);
  }
}
