import { checkInteger } from '../circuit/arguments.js';
import type { Amplitudes, Complex } from './amplitudes.js';

/**
 * The matrix of a circuit, from `circuit.unitary()`. Column x is what the circuit makes of the basis state x; qubit 0
 * is the most significant bit of rows and columns.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 * const matrix = await circuit(1).y(0).unitary();
 * matrix.element(1, 0).im.toFixed(3); // => '1.000'
 * ```
 */
export class UnitaryMatrix {
  /** Number of qubits. */
  readonly qubits: number;
  /** Rows and columns: 2 to the number of qubits. */
  readonly dimension: number;
  /** The elements, row-major, interleaved re, im: a Float32Array, a Float64Array of `complex128`. */
  readonly data: Amplitudes;

  /** @internal Matrices come from circuits. */
  constructor(qubits: number, data: Amplitudes) {
    this.qubits = qubits;
    this.dimension = 2 ** qubits;
    this.data = data;
    Object.freeze(this);
  }

  /**
   * One element.
   *
   * @param row - 0 to `dimension` − 1
   * @param column - 0 to `dimension` − 1
   * @throws QuantumError ERR_INVALID_ARGUMENT if either is out of range.
   */
  element(row: number, column: number): Complex {
    checkInteger(row, 'row', 0, this.dimension - 1);
    checkInteger(column, 'column', 0, this.dimension - 1);
    const at = 2 * (row * this.dimension + column);
    return { re: this.data[at] as number, im: this.data[at + 1] as number };
  }

  toString(): string {
    return `UnitaryMatrix of ${this.qubits} qubits`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
