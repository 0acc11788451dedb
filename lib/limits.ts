/**
 * Every limit on input in one place. They guard against hostile or mistaken input: what passes them is still
 * subject to memory. Reaching one throws `ERR_LIMIT`, or the more telling code named below.
 *
 * @example
 * ```ts
 * import { LIMITS } from 'qmlx';
 * LIMITS.qubits; // => 34
 * ```
 */
export const LIMITS = Object.freeze({
  /** Qubits of a circuit; memory usually ends earlier (`ERR_OUT_OF_MEMORY`). */
  qubits: 34,
  /** Classical bits of a circuit. */
  bits: 2 ** 20,
  /** Operations of a circuit, counted before a pattern, a power or a definition expands. */
  operations: 1e7,
  /** Shots of one run. */
  shots: 2 ** 31,
  /** Qubits of a matrix given to `unitary`. */
  unitaryQubits: 6,
  /** Qubits of a circuit whose matrix is asked for. */
  matrixQubits: 12,
  /** Qubits of the phases given to `diagonal`. */
  diagonalQubits: 12,
  /** Qubits of the table given to `permutation`. */
  permutationQubits: 8,
  /** Qubits of the amplitudes given to `initialize`. */
  initializeQubits: 14,
  /** Rounds of a loop that does not say. */
  loopRounds: 1e6,
  /** Items of one parameter expression. */
  expressionItems: 4096,
  /** Characters of a register, parameter or circuit name. */
  nameLength: 1024,
  /** Bytes of an OpenQASM source. */
  sourceBytes: 16 * 2 ** 20,
  /** Definitions that call definitions, and nested blocks. */
  nesting: 64,
  /** Nested parentheses and operators of an OpenQASM expression. */
  expressionDepth: 4096,
  /** Digits of a number in OpenQASM. */
  literalDigits: 64,
  /** Rounds of the loops of an OpenQASM program that are carried out while it is read. */
  loopIterations: 2 ** 18,
});
