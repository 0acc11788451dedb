import { GATES, type GateName } from '../circuit/gates.gen.js';
import type { Angle } from '../circuit/expression.js';
import {
  isUnitaryLike,
  type GateOperation,
  type InitializeOperation,
  type Operation,
  type PauliRotationOperation,
  type UnitaryLike,
} from '../circuit/operation.js';
import type { Register } from '../circuit/registers.js';
import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { ExpressionCode, VariableTable, type CodeItem } from './code.js';
import { decompose } from '../circuit/decompose.js';
import { encodeBlock } from './encode-blocks.js';
import { OPCODE } from './opcodes.js';
import { preparation } from '../circuit/preparation.js';
import { measurementsLast } from './measurements-last.js';

/** What the encoder needs to know of a circuit. */
export interface CircuitLike {
  readonly qubits: number;
  readonly bits: number;
  /** Names of the parameters by first appearance. */
  readonly parameters: readonly string[];
  readonly operations: readonly Operation[];
  readonly bitRegisters: readonly Register[];
}

/** What an encoded operation does for the operation of the circuit that it comes from. */
export type SourceRole = 'gate' | 'measurement' | 'reset' | 'conditional' | 'other' | 'hidden';

/** The operation of the circuit that an encoded one comes from. */
export interface Source {
  readonly operation: Operation;
  readonly role: SourceRole;
  /** Whether it ends what the operation of the circuit does; several encoded ones may make up one. */
  readonly last: boolean;
}

/**
 * A circuit as flat arrays, the form in which it crosses into native code.
 *
 * `words` starts with a header of eight: version, qubits, bits, parameters, angles, operations, variables, loop
 * counters; then one word a variable, 0 for whole numbers and 1 for floats. Then come the operations. Each starts
 * with its opcode and its length in words, these two included:
 *
 * - a gate: `[row of the gate table, length, nc, nt, na, controls (nc), control values (nc), targets (nt),
 *   angles (na)]`; a control value is 1 for a closed and 0 for an open control; an angle is an index into `angles`;
 * - `-1` measure `[qubit, bit]`, `-2` reset `[qubit]`, `-3` jump `[operation]`, `-4` branch `[expression, operation]`,
 *   which goes on where the expression is not 0, `-5` set bit `[bit, expression]`, `-6` set variable
 *   `[variable, expression]`, `-7` expect `[bit, value]`, `-8` postselect `[qubit, outcome]`, `-9` snapshot
 *   `[number]`, `-10` loop start `[counter]`, `-11` loop count `[counter, max]`;
 * - `-20` a Pauli rotation, laid out as a gate with one angle, then a letter a target: 1 X, 2 Y, 3 Z.
 *
 * Barriers are left out. Qubits are public numbers, 0 the most significant; operations are numbered from 0, and an
 * expression is an offset into `code`. The words alone are the structure that plans depend on; the other arrays
 * only carry values.
 */
export interface EncodedProgram {
  readonly words: Int32Array;
  /** Value of each angle in radians; 0 where it is an expression. */
  readonly angles: Float64Array;
  /** Where the expression of each angle starts in `code`; -1 for a number. */
  readonly angleCode: Int32Array;
  /** Expressions in postfix order, two words an item, operator and operand, each ended by `[0, 0]`. */
  readonly code: Int32Array;
  /** The numbers with fractions in the expressions. */
  readonly codeConstants: Float64Array;
  /** The whole numbers in the expressions. */
  readonly codeIntegers: BigInt64Array;
  /** Where each encoded operation comes from. */
  readonly sources: readonly Source[];
  /** Names of the snapshots by their numbers. */
  readonly snapshots: readonly string[];
}

/** How a program is to be used. */
export interface EncodeOptions {
  /** Keeps every operation in its place and every snapshot, for stepping. */
  readonly stepwise?: boolean;
  /** Whether the first state is |0…0>, where fresh qubits need no reset; true if absent. */
  readonly startsAtZero?: boolean;
}

/** Version of the format, the first word. */
export const FORMAT_VERSION = 2;

const opcodes = new Map<GateName, number>(GATES.map((row, index) => [row.name, index]));
const PAULI_LETTERS = ' XYZ';

/** A place in the program that jumps lead to, once it is known. */
export interface Label {
  at: number;
}

/** Writes operations one after the other. */
export class Encoder {
  readonly words: number[] = [];
  readonly variables = new VariableTable();
  readonly code: ExpressionCode;
  readonly angles: number[] = [];
  readonly angleCode: number[] = [];
  readonly sources: Source[] = [];
  readonly snapshots = new Map<string, number>();
  counters = 0;
  readonly #stepwise: boolean;
  readonly #jumps: { readonly word: number; readonly label: Label }[] = [];
  readonly #touched = new Set<number>();
  /** Whether the operations at hand may run again or not at all, so that no qubit is known to be fresh. */
  #unknown: boolean;

  constructor(parameters: readonly string[], stepwise: boolean, startsAtZero: boolean) {
    this.code = new ExpressionCode(parameters, this.variables);
    this.#stepwise = stepwise;
    this.#unknown = !startsAtZero;
  }

  /** Writes a list of operations; `loop` says where `break` and `continue` lead. */
  list(
    operations: readonly Operation[],
    loop?: { readonly end: Label; readonly next: Label },
  ): void {
    for (const operation of operations) {
      if (isUnitaryLike(operation)) this.#unitary(operation);
      else if (operation.kind === 'break') this.jump(operation, (loop as { end: Label }).end);
      else if (operation.kind === 'continue') this.jump(operation, (loop as { next: Label }).next);
      else this.#other(operation, loop);
    }
  }

  /** A block that may run several times or never. */
  inBlock(work: () => void): void {
    const before = this.#unknown;
    this.#unknown = true;
    work();
    this.#unknown = before;
  }

  emit(
    operation: Operation,
    role: SourceRole,
    opcode: number,
    operands: readonly number[],
    last = true,
  ): void {
    if (this.sources.length >= LIMITS.operations) {
      throw new QuantumError(
        'ERR_LIMIT',
        `Expected at most ${LIMITS.operations} operations after loops over lists and matrices are written out.`,
        { limit: 'operations', maximum: LIMITS.operations, received: this.sources.length + 1 },
      );
    }
    this.sources.push({ operation, role, last });
    this.words.push(opcode, operands.length + 2);
    for (const operand of operands) this.words.push(operand);
  }

  jump(operation: Operation, label: Label, role: SourceRole = 'hidden'): void {
    this.#jumps.push({ word: this.words.length + 2, label });
    this.emit(operation, role, OPCODE.jump, [0]);
  }

  /** Goes on where the items are not 0, else to the label. */
  branch(operation: Operation, items: readonly CodeItem[], label: Label, role: SourceRole): void {
    this.#jumps.push({ word: this.words.length + 3, label });
    this.emit(operation, role, OPCODE.branch, [this.code.offset(items), 0]);
  }

  place(label: Label): void {
    label.at = this.sources.length;
  }

  setHidden(operation: Operation, variable: number, items: readonly CodeItem[]): void {
    this.emit(operation, 'hidden', OPCODE.setVariable, [variable, this.code.offset(items)]);
  }

  /** The words with all jumps filled in. */
  finish(): readonly number[] {
    for (const { word, label } of this.#jumps) this.words[word] = label.at;
    return this.words;
  }

  #unitary(operation: UnitaryLike): void {
    for (const qubit of [...operation.controls, ...operation.targets]) this.#touched.add(qubit);
    this.#steps(operation, operation.kind === 'gate' ? [operation] : decompose(operation), 'gate');
  }

  #steps(
    operation: Operation,
    steps: readonly (GateOperation | PauliRotationOperation)[],
    role: SourceRole,
  ): void {
    steps.forEach((step, k) => {
      const { controls, controlStates, targets, params } = step;
      const operands = [controls.length, targets.length, params.length, ...controls];
      for (let c = 0; c < controls.length; c++) operands.push(controlStates?.[c] ?? 1);
      operands.push(...targets);
      for (const angle of params) operands.push(this.#angle(angle));
      if (step.kind === 'pauliRotation') {
        for (const letter of step.pauli) operands.push(PAULI_LETTERS.indexOf(letter));
      }
      const opcode =
        step.kind === 'gate' ? (opcodes.get(step.gate) as number) : OPCODE.pauliRotation;
      this.emit(operation, role, opcode, operands, k === steps.length - 1);
    });
  }

  #angle(angle: Angle): number {
    const constant = typeof angle === 'number';
    this.angleCode.push(constant ? -1 : this.code.offset(angle.items));
    return this.angles.push(constant ? angle : 0) - 1;
  }

  #other(operation: Exclude<Operation, UnitaryLike>, loop?: { end: Label; next: Label }): void {
    switch (operation.kind) {
      case 'barrier':
        return;
      case 'measure':
        this.#touched.add(operation.qubit);
        this.emit(operation, 'measurement', OPCODE.measure, [operation.qubit, operation.bit]);
        return;
      case 'reset':
        this.#touched.add(operation.qubit);
        this.emit(operation, 'reset', OPCODE.reset, [operation.qubit]);
        return;
      case 'postselect':
        this.#touched.add(operation.qubit);
        this.emit(operation, 'measurement', OPCODE.postselect, [
          operation.qubit,
          operation.outcome,
        ]);
        return;
      case 'expectBit':
        this.emit(operation, 'other', OPCODE.expect, [operation.bit, operation.value]);
        return;
      case 'snapshot':
        this.#snapshot(operation, operation.name);
        return;
      case 'initialize':
        this.#initialize(operation);
        return;
      default:
        encodeBlock(this, operation, loop);
        return;
    }
  }

  #snapshot(operation: Operation, name: string): void {
    const number = this.snapshots.get(name) ?? this.snapshots.size;
    this.snapshots.set(name, number);
    if (this.#stepwise) this.emit(operation, 'other', OPCODE.snapshot, [number]);
  }

  /** Qubits that nothing has touched are in |0> already. */
  #initialize(operation: InitializeOperation): void {
    const gates = preparation(operation);
    for (const qubit of operation.targets) {
      if (this.#unknown || this.#touched.has(qubit)) {
        this.emit(operation, 'reset', OPCODE.reset, [qubit], gates.length === 0);
      }
      this.#touched.add(qubit);
    }
    this.#steps(operation, gates, 'gate');
  }
}

/** Encodes a circuit, whose indices and angles its builder has checked. */
export function encode(
  circuit: CircuitLike,
  { stepwise = false, startsAtZero = true }: EncodeOptions = {},
): EncodedProgram {
  const { qubits, bits, parameters } = circuit;
  const encoder = new Encoder(parameters, stepwise, startsAtZero);
  encoder.list(stepwise ? circuit.operations : measurementsLast(circuit.operations));
  const body = encoder.finish();
  const { code, variables, angles, angleCode, sources, counters } = encoder;
  const sizes = [qubits, bits, parameters.length, angles.length, sources.length];
  const header = [FORMAT_VERSION, ...sizes, variables.types.length, counters];
  const words = new Int32Array(header.length + variables.types.length + body.length);
  words.set(header);
  words.set(variables.types, header.length);
  words.set(body, header.length + variables.types.length);
  return {
    words,
    angles: Float64Array.from(angles),
    angleCode: Int32Array.from(angleCode),
    code: Int32Array.from(code.words),
    codeConstants: Float64Array.from(code.constants),
    codeIntegers: BigInt64Array.from(code.integers),
    sources,
    snapshots: [...encoder.snapshots.keys()],
  };
}
