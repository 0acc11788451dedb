// Encoded programs (lib/program/encode.ts), decoded for this engine: one instruction an operation.

import type { GateRow } from '../circuit/gate-row.js';
import { GATES } from '../circuit/gates.gen.js';
import { QuantumError } from '../errors.js';
import { OPCODE } from '../program/opcodes.js';
import { evaluate, Memory, readsMemory, type Tables } from './classical.js';

/** Most qubits that this engine simulates. */
export const MOST_QUBITS = 20;

/** A gate on bits of the basis index; 2^0 is the last qubit. */
export interface Gate {
  /** None for a Pauli rotation. */
  readonly row: GateRow | undefined;
  readonly controlMask: number;
  readonly controlValue: number;
  /** Bits in the order of the gate's operands. */
  readonly targets: readonly number[];
  /** Numbers of the program's angles. */
  readonly angles: readonly number[];
  /** A letter a target. */
  readonly pauli: string;
}

/** An operation: its opcode and two operands, or a gate. */
export interface Instruction {
  readonly opcode: number;
  readonly a: number;
  readonly b: number;
  readonly gate?: Gate;
}

/** The arrays of an encoded program. */
export interface Encoded extends Tables {
  readonly words: Int32Array;
  readonly angles: Float64Array;
  readonly angleCode: Int32Array;
}

/** Whether an instruction has two outcomes. */
export function decides({ opcode }: Instruction): boolean {
  return opcode === OPCODE.measure || opcode === OPCODE.reset || opcode === OPCODE.postselect;
}

const HEADER = 8;

export class DecodedProgram {
  readonly qubits: number;
  readonly bits: number;
  readonly parameterCount: number;
  readonly instructions: readonly Instruction[];
  /** From here on there is nothing but measurements, and no jump leads behind it. */
  readonly terminalStart: number;
  /** The measurements from there on. */
  readonly measurements: readonly Instruction[];
  /** Whether one evolution serves all shots. */
  readonly isStatic: boolean;
  readonly #encoded: Encoded;
  readonly #types: readonly number[];
  readonly #counters: number;

  /** Throws ERR_LIMIT for a program that is too large. */
  constructor(encoded: Encoded) {
    const [, qubits, bits, parameters, , , variables, counters] = encoded.words;
    if ((qubits as number) > MOST_QUBITS) throw tooManyQubits(qubits as number);
    this.#encoded = encoded;
    this.qubits = qubits as number;
    this.bits = bits as number;
    this.parameterCount = parameters as number;
    this.#counters = counters as number;
    const body = HEADER + (variables as number);
    this.#types = Array.from(encoded.words.subarray(HEADER, body));
    this.instructions = this.#instructions(encoded.words, body);
    this.terminalStart = this.#terminalStart();
    this.measurements = this.instructions.slice(this.terminalStart);
    this.isStatic = this.instructions
      .slice(0, this.terminalStart)
      .every(({ gate }) => gate !== undefined);
  }

  /** The classical memory at the start. */
  memory(): Memory {
    const variables = this.#types.map((type) => (type === 0 ? 0n : 0));
    const counters = Array.from({ length: this.#counters }, () => 0);
    return new Memory(new Uint8Array(this.bits), variables, counters);
  }

  /** The value of an expression. */
  value(start: number, parameters: Float64Array, memory: Memory): number | bigint {
    return evaluate(this.#encoded, start, parameters, memory);
  }

  /** An angle in radians. Throws ERR_PARAMETER if a parameter is at fault. */
  angle(number: number, parameters: Float64Array, memory: Memory): number {
    const { angles, angleCode } = this.#encoded;
    const start = angleCode[number] as number;
    if (start < 0) return angles[number] as number;
    try {
      const value = evaluate(this.#encoded, start, parameters, memory) as number;
      if (Number.isFinite(value)) return value;
    } catch (error) {
      if (readsMemory(this.#encoded, start)) throw error;
    }
    throw new QuantumError('ERR_PARAMETER', `Angle ${number} of the program is not finite.`);
  }

  #instructions(words: Int32Array, body: number): Instruction[] {
    const instructions: Instruction[] = [];
    for (let at = body; at < words.length; at += words[at + 1] as number) {
      const opcode = words[at] as number;
      const operands = words.subarray(at + 2, at + (words[at + 1] as number));
      const isGate = opcode >= 0 || opcode === OPCODE.pauliRotation;
      instructions.push(
        isGate
          ? { opcode, a: 0, b: 0, gate: this.#gate(opcode, operands) }
          : { opcode, a: operands[0] as number, b: operands[1] ?? 0 },
      );
    }
    return instructions;
  }

  #gate(opcode: number, operands: Int32Array): Gate {
    const [controls, targets, angles] = operands as unknown as [number, number, number];
    let at = 3;
    const take = (count: number): number[] => Array.from(operands.subarray(at, (at += count)));
    const bit = (qubit: number): number => this.qubits - 1 - qubit;
    const controlBits = take(controls).map(bit);
    const values = take(controls);
    const mask = (wanted: (k: number) => boolean): number =>
      controlBits.reduce((sum, control, k) => (wanted(k) ? sum | (1 << control) : sum), 0);
    return {
      row: GATES[opcode],
      controlMask: mask(() => true),
      controlValue: mask((k) => values[k] === 1),
      targets: take(targets).map(bit),
      angles: take(angles),
      pauli: Array.from(operands.subarray(at), (letter) => ' XYZ'[letter]).join(''),
    };
  }

  #terminalStart(): number {
    let start = this.instructions.length;
    while (this.instructions[start - 1]?.opcode === OPCODE.measure) start--;
    for (const { opcode, a, b } of this.instructions) {
      if (opcode === OPCODE.jump) start = Math.max(start, a);
      if (opcode === OPCODE.branch) start = Math.max(start, b);
    }
    return start;
  }
}

function tooManyQubits(received: number): QuantumError {
  return new QuantumError(
    'ERR_LIMIT',
    `Without the native part of qmlx a circuit has at most ${MOST_QUBITS} qubits; this one has ${received}. ` +
      'Install qmlx again on this machine, or see docs/installing.md.',
    { limit: 'qubits without the native part', maximum: MOST_QUBITS, received },
  );
}
