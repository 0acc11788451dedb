import type { Complex } from '../results/amplitudes.js';
import { LIMITS } from '../limits.js';
import { checkArray, checkInteger, checkNumber, invalidArgument } from './arguments.js';

/** Most that the rows of a matrix, or the norm of a state, may be off: what float32 input brings. */
const TOLERANCE = 1e-6;

/** A complex number as arguments give it. */
export type ComplexInput = number | readonly [number, number] | Complex;

function pushComplex(value: unknown, argument: string, out: number[]): void {
  if (typeof value === 'number') out.push(checkNumber(value, argument), 0);
  else if (Array.isArray(value) && value.length === 2) {
    out.push(checkNumber(value[0], argument), checkNumber(value[1], argument));
  } else if (typeof value === 'object' && value !== null && 're' in value && 'im' in value) {
    out.push(checkNumber(value.re, argument), checkNumber(value.im, argument));
  } else throw invalidArgument(argument, 'a number, [re, im] or { re, im }', value);
}

/** Complex numbers as one frozen list, interleaved re, im; typed arrays are interleaved already. */
function complexList(value: unknown, argument: string): number[] {
  const out: number[] = [];
  if (value instanceof Float32Array || value instanceof Float64Array) {
    for (const part of value) out.push(checkNumber(part, argument));
    return out;
  }
  checkArray(value, argument).forEach((entry, k) => pushComplex(entry, `${argument}[${k}]`, out));
  return out;
}

/** A unitary matrix on `targets` qubits, row after row, interleaved. */
export function checkMatrix(value: unknown, targets: number, argument: string): readonly number[] {
  checkWidth(targets, LIMITS.unitaryQubits, 'a unitary matrix');
  const size = 2 ** targets;
  const nested =
    Array.isArray(value) &&
    value.length === size &&
    value.every((row) => Array.isArray(row) && row.length === size);
  const flat: unknown = nested ? (value as unknown[][]).flat() : value;
  const numeric = Array.isArray(flat) && flat.length === 2 * size * size;
  const matrix = numeric
    ? flat.map((part, k) => checkNumber(part, `${argument}[${k}]`))
    : complexList(flat, argument);
  if (matrix.length !== 2 * size * size) {
    throw invalidArgument(argument, `a matrix of ${size} × ${size}`, value);
  }
  if (deviation(matrix, size) > TOLERANCE)
    throw invalidArgument(argument, 'a unitary matrix', value);
  return Object.freeze(matrix);
}

/** The largest entry of U U† − 1. */
function deviation(matrix: readonly number[], size: number): number {
  const part = (row: number, column: number, imaginary: 0 | 1): number =>
    matrix[2 * (row * size + column) + imaginary] as number;
  let largest = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let re = a === b ? -1 : 0;
      let im = 0;
      for (let k = 0; k < size; k++) {
        re += part(a, k, 0) * part(b, k, 0) + part(a, k, 1) * part(b, k, 1);
        im += part(a, k, 1) * part(b, k, 0) - part(a, k, 0) * part(b, k, 1);
      }
      largest = Math.max(largest, Math.hypot(re, im));
    }
  }
  return largest;
}

/** Refuses operations on more qubits than their decomposition is made for. */
function checkWidth(targets: number, maximum: number, what: string): void {
  if (targets >= 1 && targets <= maximum) return;
  throw invalidArgument('qubits', `1 to ${maximum} qubits for ${what}`, targets);
}

function checkLength(list: readonly unknown[], targets: number, argument: string): void {
  if (list.length === 2 ** targets) return;
  throw invalidArgument(argument, `a list of ${2 ** targets}`, list);
}

/** Phases of a diagonal, in radians. */
export function checkPhases(value: unknown, targets: number, argument: string): readonly number[] {
  checkWidth(targets, LIMITS.diagonalQubits, 'a diagonal');
  const list = value instanceof Float64Array || value instanceof Float32Array ? [...value] : value;
  const phases = checkArray(list, argument).map((phase, k) =>
    checkNumber(phase, `${argument}[${k}]`),
  );
  checkLength(phases, targets, argument);
  return Object.freeze(phases);
}

/** A permutation of 0 to 2^targets − 1. */
export function checkTable(value: unknown, targets: number, argument: string): readonly number[] {
  checkWidth(targets, LIMITS.permutationQubits, 'a permutation');
  const size = 2 ** targets;
  const table = checkArray(value, argument).map((entry, k) =>
    checkInteger(entry, `${argument}[${k}]`, 0, size - 1),
  );
  checkLength(table, targets, argument);
  if (new Set(table).size !== size) {
    throw invalidArgument(argument, `a list that holds each number below ${size} once`, value);
  }
  return Object.freeze(table);
}

/** A string of X, Y, Z and I, one letter a qubit. */
export function checkPauli(value: unknown, targets: number, argument: string): string {
  if (typeof value === 'string' && value.length === targets && /^[IXYZ]+$/.test(value))
    return value;
  throw invalidArgument(argument, `a text of ${targets} letters I, X, Y or Z, one a qubit`, value);
}

/** What `initialize` prepares: symbols or normalised amplitudes. */
export function checkPreparation(
  value: unknown,
  targets: number,
  argument: string,
): { readonly symbols: string } | { readonly amplitudes: readonly number[] } {
  if (typeof value === 'string') {
    if (value.length === targets && /^[01+\-rl]+$/.test(value)) return { symbols: value };
    throw invalidArgument(argument, `a text of ${targets} symbols 0, 1, +, -, r or l`, value);
  }
  checkWidth(targets, LIMITS.initializeQubits, 'amplitudes');
  const amplitudes = complexList(value, argument);
  if (amplitudes.length !== 2 * 2 ** targets) {
    throw invalidArgument(argument, `${2 ** targets} amplitudes`, value);
  }
  const norm = Math.hypot(...norms(amplitudes));
  if (!(Math.abs(norm - 1) <= TOLERANCE)) {
    throw invalidArgument(argument, `amplitudes of norm 1 (the norm is ${norm})`, value);
  }
  return { amplitudes: Object.freeze(amplitudes.map((part) => part / norm)) };
}

/** Amplitudes of all qubits in an array of this kind, interleaved and of norm 1, whatever they were given as. */
export function checkAmplitudes(
  value: unknown,
  qubits: number,
  argument: string,
  Kind: Float32ArrayConstructor | Float64ArrayConstructor,
): Float32Array | Float64Array {
  const typed = value instanceof Float32Array || value instanceof Float64Array;
  const amplitudes = typed ? value : complexList(value, argument);
  if (amplitudes.length !== 2 * 2 ** qubits) {
    throw invalidArgument(argument, `${2 ** qubits} amplitudes`, value);
  }
  let squares = 0;
  for (const part of amplitudes) squares += part * part;
  const norm = Math.sqrt(squares);
  if (!(Math.abs(norm - 1) <= TOLERANCE)) {
    throw invalidArgument(argument, `amplitudes of norm 1 (the norm is ${norm})`, value);
  }
  const result = new Kind(amplitudes.length);
  for (let k = 0; k < result.length; k++) result[k] = (amplitudes[k] as number) / norm;
  return result;
}

/** Sums of few squares at a time: an argument list has a limit. */
function norms(amplitudes: readonly number[]): number[] {
  const parts = new Array<number>(64).fill(0);
  amplitudes.forEach((part, k) => {
    parts[k % 64] = (parts[k % 64] as number) + part * part;
  });
  return parts.map(Math.sqrt);
}
