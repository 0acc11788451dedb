// One way through a program: its state, its classical memory and how far it has come.

import { QuantumError } from '../errors.js';
import { OPCODE } from '../program/opcodes.js';
import type { Memory } from './classical.js';
import { applyGate } from './gates.js';
import { decides, type DecodedProgram, type Instruction } from './program.js';
import { State } from './state.js';
import type { Work } from './turns.js';

/** A program with the values of its parameters and the amplitudes that it starts from. */
export interface Start {
  readonly program: DecodedProgram;
  readonly parameters: Float64Array;
  readonly initial?: Float32Array | Float64Array | undefined;
}

export class Walk {
  readonly state: State;
  readonly memory: Memory;
  /** Number of the next instruction. */
  next = 0;
  /** Draws taken so far. */
  draws = 0;
  readonly #start: Start;

  private constructor(start: Start, state: State, memory: Memory) {
    this.#start = start;
    this.state = state;
    this.memory = memory;
  }

  static begin(start: Start): Walk {
    const state = new State(start.program.qubits);
    state.prepare(start.initial);
    return new Walk(start, state, start.program.memory());
  }

  copy(): Walk {
    const other = new Walk(this.#start, this.state.copy(), this.memory.copy());
    other.next = this.next;
    other.draws = this.draws;
    return other;
  }

  /** Carries out instructions up to the next one with two outcomes, if there is one before `end`. */
  *toDecision(end: number): Work<Instruction | undefined> {
    while (this.next < end) {
      const instruction = this.#start.program.instructions[this.next] as Instruction;
      if (decides(instruction)) return instruction;
      this.carryOut(instruction);
      yield;
    }
    return undefined;
  }

  /** Takes the walk past a decision. */
  decide({ opcode, a, b }: Instruction, outcome: boolean): void {
    this.next++;
    this.draws++;
    if (opcode === OPCODE.measure) this.memory.bits[b] = outcome ? 1 : 0;
    this.project(opcode, a, outcome);
  }

  /** Leaves the state as an outcome does; a reset turns 1 into 0. */
  project(opcode: number, qubit: number, outcome: boolean): void {
    this.state.collapse(qubit, outcome);
    if (opcode === OPCODE.reset && outcome) {
      this.state.apply([0, 0, 1, 0, 1, 0, 0, 0], this.state.place(qubit), 0, 0);
    }
  }

  /** Any instruction that has no two outcomes. */
  carryOut({ opcode, a, b, gate }: Instruction): void {
    const { program, parameters } = this.#start;
    const { memory } = this;
    this.next++;
    if (gate !== undefined) {
      const angles = gate.angles.map((angle) => program.angle(angle, parameters, memory));
      applyGate(this.state, gate, angles);
      return;
    }
    switch (opcode) {
      case OPCODE.jump:
        this.next = a;
        return;
      case OPCODE.branch:
        if (program.value(a, parameters, memory) === 0n) this.next = b;
        return;
      case OPCODE.setBit:
        memory.bits[a] = program.value(b, parameters, memory) === 0n ? 0 : 1;
        return;
      case OPCODE.setVariable:
        memory.variables[a] = program.value(b, parameters, memory);
        return;
      case OPCODE.expect:
        expectBit(memory, a, b);
        return;
      case OPCODE.loopStart:
        memory.counters[a] = 0;
        return;
      case OPCODE.loopCount:
        countRound(memory, a, b);
    }
  }
}

function expectBit(memory: Memory, bit: number, value: number): void {
  if (memory.bits[bit] === value) return;
  throw new QuantumError(
    'ERR_ASSERTION',
    `Classical bit ${bit} was expected to be ${value} but is ${1 - value}.`,
  );
}

function countRound(memory: Memory, counter: number, maximum: number): void {
  const received = (memory.counters[counter] as number) + 1;
  memory.counters[counter] = received;
  if (received <= maximum) return;
  throw new QuantumError(
    'ERR_LIMIT',
    `A loop went past its limit of ${maximum} rounds. Raise its \`max\` if that is intended.`,
    { limit: 'loop', maximum, received },
  );
}
