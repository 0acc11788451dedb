import { checkInteger } from '../circuit/arguments.js';
import { round } from './dirac.js';
import type { Complex } from './amplitudes.js';

/**
 * The state of some qubits of a larger system: a Hermitian matrix of trace 1, from
 * `StateVector.reduced`.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 *
 * const bell = await circuit(2).h(0).cx(0, 1).state();
 * const half = bell.reduced([0]);
 * half.trace.toFixed(3); // => '1.000'
 * half.purity.toFixed(3); // => '0.500'
 * String(half);
 * // => [ 0.5    0 ]
 * //    [   0  0.5 ]
 * ```
 */
export class DensityMatrix {
  /** The qubits it describes; the first one is the most significant bit of rows and columns. */
  readonly qubits: readonly number[];
  /** Rows and columns: 2 to the number of qubits. */
  readonly dimension: number;
  /** The elements, row-major, interleaved re, im. */
  readonly data: Float64Array;

  /** @internal */
  constructor(qubits: readonly number[], data: Float64Array) {
    this.qubits = qubits;
    this.dimension = 2 ** qubits.length;
    this.data = data;
  }

  /**
   * One element.
   *
   * @param row - 0 to `dimension` − 1.
   * @param column - 0 to `dimension` − 1.
   * @throws QuantumError ERR_INVALID_ARGUMENT if either is out of range.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * (await circuit(1).x(0).state()).reduced([0]).element(1, 1); // => { re: 1, im: 0 }
   * ```
   */
  element(row: number, column: number): Complex {
    checkInteger(row, 'row', 0, this.dimension - 1);
    checkInteger(column, 'column', 0, this.dimension - 1);
    const at = 2 * (row * this.dimension + column);
    return { re: this.data[at] as number, im: this.data[at + 1] as number };
  }

  /** The sum of the diagonal: 1 up to rounding. */
  get trace(): number {
    let sum = 0;
    for (let row = 0; row < this.dimension; row++) sum += this.element(row, row).re;
    return sum;
  }

  /** tr ρ²: 1 for a pure state, 1/dimension for the fully mixed one. */
  get purity(): number {
    // ρ is Hermitian, so the trace of its square is the sum of all squared moduli.
    return this.data.reduce((sum, part) => sum + part * part, 0);
  }

  /** The rows, one a line, with three decimals. */
  toString(): string {
    const cells = Array.from({ length: this.dimension ** 2 }, (_, k) =>
      formatCell(this.data[2 * k] as number, this.data[2 * k + 1] as number),
    );
    const width = Math.max(...cells.map((cell) => cell.length));
    const lines = Array.from({ length: this.dimension }, (_, row) =>
      cells
        .slice(row * this.dimension, (row + 1) * this.dimension)
        .map((cell) => cell.padStart(width))
        .join('  '),
    );
    return lines.map((line) => `[ ${line} ]`).join('\n');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `DensityMatrix(qubits ${this.qubits.join(', ')})\n${this.toString()}`;
  }
}

function formatCell(re: number, im: number): string {
  const real = round(Math.abs(re), 3);
  const imaginary = round(Math.abs(im), 3);
  const signed = re < 0 && real !== '0' ? `-${real}` : real;
  if (imaginary === '0') return signed;
  if (real === '0') return `${im < 0 ? '-' : ''}${imaginary}i`;
  return `${signed} ${im < 0 ? '-' : '+'} ${imaginary}i`;
}
