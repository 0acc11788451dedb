import type { ExpressionItem } from '../circuit/expression.js';
import { GATES, type GateName } from '../circuit/gates.gen.js';
import type { GateOperation, Operation } from '../circuit/operation.js';

/** What the encoder needs to know of a circuit. */
export interface CircuitLike {
  readonly qubits: number;
  readonly bits: number;
  /** Names of the parameters by first appearance. */
  readonly parameters: readonly string[];
  readonly operations: readonly Operation[];
}

/**
 * A circuit as flat arrays, the form in which it crosses into native code.
 *
 * `words` starts with a header of six: version, qubits, bits, parameters, angles, operations. Then come the
 * operations. Each starts with its opcode and its length in words, these two included:
 *
 * - a gate: `[row of the gate table, length, nc, nt, na, controls (nc), control values (nc), targets (nt),
 *   angles (na)]`; a control value is 1 for a closed and 0 for an open control; an angle is an index into `angles`;
 * - a measurement: `[-1, 4, qubit, bit]`.
 *
 * Barriers are left out. Qubits are public numbers, 0 the most significant. The words alone are the structure
 * that a plan depends on; the other arrays only carry values.
 */
export interface EncodedProgram {
  readonly words: Int32Array;
  /** Value of each angle in radians; 0 where it is an expression. */
  readonly angles: Float64Array;
  /** Where the expression of each angle starts in `code`; -1 for a number. */
  readonly angleCode: Int32Array;
  /** Expressions in postfix order, two words an item, operator and operand, each ended by `[0, 0]`. */
  readonly code: Int32Array;
  /** The numbers in the expressions. */
  readonly codeConstants: Float64Array;
}

/** Version of the format, the first word. */
export const FORMAT_VERSION = 1;

const HEADER_WORDS = 6;
const GATE_WORDS = 5;
const MEASURE_OPCODE = -1;
const MEASURE_WORDS = 4;

/** Operators of `code`; the operand is an index for the first two and 0 for the others. */
const OPERATORS: Readonly<Record<ExpressionItem['op'], number>> = {
  constant: 1,
  parameter: 2,
  add: 3,
  sub: 4,
  mul: 5,
  div: 6,
  pow: 7,
  neg: 8,
  sin: 9,
  cos: 10,
  tan: 11,
  exp: 12,
  ln: 13,
  sqrt: 14,
  abs: 15,
};

const opcodes = new Map<GateName, number>(GATES.map((row, index) => [row.name, index]));

/** Collects expressions; one that is used again is stored once. */
class ExpressionCode {
  readonly words: number[] = [];
  readonly constants: number[] = [];
  readonly #parameters: ReadonlyMap<string, number>;
  readonly #offsets = new Map<readonly ExpressionItem[], number>();

  constructor(parameters: readonly string[]) {
    this.#parameters = new Map(parameters.map((name, index) => [name, index]));
  }

  offset(items: readonly ExpressionItem[]): number {
    const known = this.#offsets.get(items);
    if (known !== undefined) return known;
    const offset = this.words.length;
    this.#offsets.set(items, offset);
    for (const item of items) this.words.push(OPERATORS[item.op], this.#operand(item));
    this.words.push(0, 0);
    return offset;
  }

  #operand(item: ExpressionItem): number {
    if (item.op === 'parameter') return this.#parameters.get(item.name) as number;
    return item.op === 'constant' ? this.constants.push(item.value) - 1 : 0;
  }
}

function wordsOf(operation: Operation): number {
  switch (operation.kind) {
    case 'gate': {
      const { controls, targets, params } = operation;
      return GATE_WORDS + 2 * controls.length + targets.length + params.length;
    }
    case 'measure':
      return MEASURE_WORDS;
    case 'barrier':
      return 0;
  }
}

/** Writes the words of a gate at `at`; its angles take the numbers from `firstAngle` on. */
function writeGate(
  words: Int32Array,
  at: number,
  operation: GateOperation,
  firstAngle: number,
): void {
  const { gate, controls, controlStates, targets, params } = operation;
  words[at++] = opcodes.get(gate) as number;
  words[at++] = wordsOf(operation);
  words[at++] = controls.length;
  words[at++] = targets.length;
  words[at++] = params.length;
  for (const control of controls) words[at++] = control;
  for (let k = 0; k < controls.length; k++) words[at++] = controlStates?.[k] ?? 1;
  for (const target of targets) words[at++] = target;
  for (let k = 0; k < params.length; k++) words[at++] = firstAngle + k;
}

/** Encodes a circuit, whose indices and angles its builder has checked. */
export function encode(circuit: CircuitLike): EncodedProgram {
  const encoded = circuit.operations.filter((operation) => operation.kind !== 'barrier');
  const size = encoded.reduce((sum, operation) => sum + wordsOf(operation), HEADER_WORDS);
  const words = new Int32Array(size);
  const angles: number[] = [];
  const angleCode: number[] = [];
  const code = new ExpressionCode(circuit.parameters);
  let at = HEADER_WORDS;
  for (const operation of encoded) {
    if (operation.kind === 'gate') {
      writeGate(words, at, operation, angles.length);
      for (const angle of operation.params) {
        const constant = typeof angle === 'number';
        angles.push(constant ? angle : 0);
        angleCode.push(constant ? -1 : code.offset(angle.items));
      }
    } else {
      words.set([MEASURE_OPCODE, MEASURE_WORDS, operation.qubit, operation.bit], at);
    }
    at += wordsOf(operation);
  }
  const { qubits, bits, parameters } = circuit;
  const header = [FORMAT_VERSION, qubits, bits, parameters.length, angles.length, encoded.length];
  words.set(header);
  return {
    words,
    angles: Float64Array.from(angles),
    angleCode: Int32Array.from(angleCode),
    code: Int32Array.from(code.words),
    codeConstants: Float64Array.from(code.constants),
  };
}
