// Reads gates.def and evaluates its matrices and lowerings, sharing no code with the generator or the library.

import { readFileSync } from 'node:fs';
import { expression, type Complex, type Values } from './expression.js';

export type Matrix = readonly (readonly Complex[])[];

export interface Row {
  readonly name: string;
  readonly params: readonly string[];
  readonly controls: number;
  readonly targets: number;
  readonly lowering: string;
  readonly matrix: string;
  readonly inverse: string;
  readonly power: string;
  readonly qasm2: string;
  readonly qasm3: string;
  readonly label: string;
  readonly summary: string;
  readonly aliases: readonly string[];
}

const list = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part.length > 0);

function readRow(source: string): Row {
  const columns = [...source.matchAll(/"([^"]*)"|(-?\d+)/g)].map((match) => match[1] ?? match[2]!);
  const [name, aliases, params, controls, targets, lowering, matrix, inverse, power] = columns;
  const [qasm2, qasm3, label, summary] = columns.slice(9);
  return {
    name: name!,
    aliases: list(aliases!, ','),
    params: list(params!, ','),
    controls: Number(controls),
    targets: Number(targets),
    lowering: lowering!,
    matrix: matrix!,
    inverse: inverse!,
    power: power!,
    qasm2: qasm2!,
    qasm3: qasm3!,
    label: label!,
    summary: summary!,
  };
}

/** The rows of a table's text in order. */
export const readTable = (text: string): readonly Row[] =>
  text.replace(/^#.*$/gm, '').split('GATE(').slice(1).map(readRow);

/** The gate table of the library. */
export const table = readTable(
  readFileSync(new URL('../../../native/gates/gates.def', import.meta.url), 'utf8'),
);

export const rowNamed = (name: string): Row => table.find((row) => row.name === name)!;

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];

export const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    b.map((_, column) =>
      row.reduce<Complex>((sum, entry, k) => plus(sum, times(entry, b[k]![column]!)), [0, 0]),
    ),
  );

export const adjoint = (m: Matrix): Matrix =>
  m.map((_, r) => m.map((row): Complex => [row[r]![0], -row[r]![1]]));

export const identity = (size: number): Matrix =>
  Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (_, c): Complex => [r === c ? 1 : 0, 0]),
  );

/** Largest difference of two entries. */
export const distance = (a: Matrix, b: Matrix): number =>
  Math.max(
    ...a.flatMap((row, r) =>
      row.map((entry, c) => Math.hypot(entry[0] - b[r]![c]![0], entry[1] - b[r]![c]![1])),
    ),
  );

/** Angles by parameter name, as complex numbers. */
export const valuesOf = (row: Row, angles: readonly number[], more: Values = {}): Values => ({
  ...Object.fromEntries(row.params.map((name, k) => [name, [angles[k]!, 0] as Complex])),
  ...more,
});

/** The matrix column of a row. */
export const matrixOf = (row: Row, values: Values): Matrix =>
  list(row.matrix, ';').map((line) => list(line, ',').map((entry) => expression(entry, values)));

const expI = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];
const bitOf = (index: number, target: number, targets: number): number =>
  (index >> (targets - 1 - target)) & 1;

/** Embeds a small matrix on some of `targets` qubits, the first listed being its most significant. */
export function embed(small: Matrix, on: readonly number[], targets: number): Matrix {
  const size = 2 ** targets;
  const inner = (index: number): number =>
    on.reduce((sum, target) => 2 * sum + bitOf(index, target, targets), 0);
  const outer = (index: number): number =>
    on.reduce((rest, target) => rest & ~(1 << (targets - 1 - target)), index);
  return Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (_, c): Complex =>
      outer(r) === outer(c) ? small[inner(r)]![inner(c)]! : [0, 0],
    ),
  );
}

const diagonal = (count: number, entry: (index: number) => Complex): Matrix =>
  identity(2 ** count).map((row, r) => row.map((one, c) => (r === c ? entry(r) : one)));

const PAULIS: Readonly<Record<string, Matrix>> = {
  X: [[[0, 0], [1, 0]], [[1, 0], [0, 0]]],
  Y: [[[0, 0], [0, -1]], [[0, 1], [0, 0]]],
  Z: [[[1, 0], [0, 0]], [[0, 0], [-1, 0]]],
}; // prettier-ignore

const ones = (index: number): number => index.toString(2).replaceAll('0', '').length;

function pauliRotation(angle: number, letters: string): Matrix {
  const count = letters.length;
  const pauli = [...letters]
    .map((letter, k) => embed(PAULIS[letter]!, [k], count))
    .reduce(product, identity(2 ** count));
  const one = identity(2 ** count);
  const [cos, sin] = [Math.cos(angle / 2), Math.sin(angle / 2)];
  return pauli.map((row, r) =>
    row.map((entry, c) => plus([cos * one[r]![c]![0], 0], times([0, -sin], entry))),
  );
}

function ry(angle: number): Matrix {
  return pauliRotation(angle, 'Y');
}

/** The matrix of a primitive on its own targets, from its definition. */
function primitive(
  name: string,
  angles: readonly number[],
  letters: string,
  count: number,
): Matrix {
  const [a = 0, b = 0, c = 0] = angles;
  switch (name) {
    case 'u':
      return [diagonal(1, (k) => expI(k * b)), ry(a), diagonal(1, (k) => expI(k * c))].reduce(
        product,
      );
    case 'rot':
      return ry(a);
    case 'phase':
      return diagonal(count, (k) => (k === 2 ** count - 1 ? expI(a) : [1, 0]));
    case 'parity':
      return diagonal(count, (k) => expI((ones(k) % 2 === 0 ? -a : a) / 2));
    case 'flip':
      return PAULIS['X']!;
    case 'swap':
      return [0, 2, 1, 3].map((column) => identity(4)[column]!);
    case 'pauli':
      return pauliRotation(a, letters);
    default:
      throw new Error(`no primitive ${name}`);
  }
}

/** The product of the steps of a row, each under no control. */
export function loweringOf(row: Row, values: Values): Matrix {
  let result = identity(2 ** row.targets);
  for (const step of list(row.lowering, ';')) {
    const [, name, angles = '', operands] = /^(\w+)(?:\((.*)\))?(.*)$/.exec(step)!;
    const words = list(operands!, ' ');
    const letters = name === 'pauli' ? words.shift()! : '';
    const numbers = list(angles, ',').map((angle) => expression(angle, values)[0]);
    const small = primitive(name!, numbers, letters, words.length);
    result = product(embed(small, words.map(Number), row.targets), result);
  }
  return result;
}

/** The product of the gate calls of a column, each by the matrix column of its row. */
export function callsOf(column: string, row: Row, values: Values): Matrix {
  let result = identity(2 ** row.targets);
  for (const call of list(column, ';')) {
    const [, name, angles = '', operands] = /^(\w+)(?:\((.*)\))?(.*)$/.exec(call)!;
    const called = rowNamed(name!);
    const numbers = list(angles, ',').map((angle) => expression(angle, values)[0]);
    const words = list(operands!, ' ').map(Number);
    const on = words.length > 0 ? words : [...Array(called.targets).keys()];
    result = product(embed(matrixOf(called, valuesOf(called, numbers)), on, row.targets), result);
  }
  return result;
}
