import { checkInteger, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import type { PauliSum } from '../observable/pauli.js';
import type { Amplitudes } from '../results/amplitudes.js';
import { checkQubitList } from '../results/arguments.js';
import { callNative, type NativeBatch } from '../native.js';
import type { Engine } from './engines.js';
import { checkObservable } from './execute.js';
import { fillRow } from './parameters.js';
import type { Precision } from './settings.js';
import { amplitudeArray, nativeObservable } from './source.js';

/** Values of the parameters of many runs: a list for each run, or all of them one after the other. */
export type ParameterMatrix = Float64Array | ArrayLike<ArrayLike<number>>;

/** Checks a matrix of parameter values and writes it row after row. */
export function parameterRows(
  names: readonly string[],
  matrix: unknown,
): { readonly rows: number; readonly parameters: Float64Array } {
  const width = names.length;
  if (matrix instanceof Float64Array) {
    const rows = width === 0 ? 0 : matrix.length / width;
    if (rows === 0 || !Number.isInteger(rows)) {
      throw invalidArgument(
        'matrix',
        `a multiple of ${width} numbers, ${width} a run, as many as the parameters`,
        matrix,
      );
    }
    const parameters = new Float64Array(matrix.length);
    for (let row = 0; row < rows; row++) {
      const from = row * width;
      fillRow(parameters.subarray(from, from + width), names, matrix.subarray(from, from + width));
    }
    return { rows, parameters };
  }
  if (!Array.isArray(matrix)) {
    throw invalidArgument('matrix', 'a list of lists of numbers or a Float64Array', matrix);
  }
  const rows = checkInteger(matrix.length, 'matrix.length', 1, LIMITS.operations);
  const parameters = new Float64Array(rows * width);
  matrix.forEach((row: unknown, k) => {
    if (!Array.isArray(row) && !ArrayBuffer.isView(row)) {
      throw invalidArgument(`matrix[${k}]`, `a list of ${width} numbers`, row);
    }
    fillRow(parameters.subarray(k * width, (k + 1) * width), names, row as ArrayLike<number>);
  });
  return { rows, parameters };
}

/**
 * The states of many runs of one program with different parameters, made by `program.runMany`. They lie in the
 * engine's memory until `dispose`.
 *
 * Errors of all methods: `ERR_DISPOSED` after `dispose`, `ERR_INVALID_ARGUMENT` for a row out of range.
 *
 * @example
 * ```ts
 * import { circuit, param, pauli } from 'qmlx';
 *
 * const program = circuit(1).ry(param('theta'), 0).compile();
 * using batch = await program.runMany([[0], [Math.PI]]);
 * Array.from(batch.expectations(pauli.sum({ Z: 1 })), Math.round); // => [1, -1]
 * ```
 */
export class StateBatch {
  /** Number of runs. */
  readonly rows: number;
  /** Number of qubits of each state. */
  readonly qubits: number;
  /** The engine that holds the states, such as `'gpu'`. */
  readonly device: string;
  readonly #precision: Precision;
  #native: NativeBatch | undefined;

  /** @internal Use `program.runMany()`. */
  constructor(
    native: NativeBatch,
    { device, precision }: Engine,
    shape: { readonly rows: number; readonly qubits: number },
  ) {
    this.#native = native;
    this.#precision = precision;
    this.rows = shape.rows;
    this.qubits = shape.qubits;
    this.device = device;
  }

  /**
   * The mean of an observable in each state; one read of all states for each group of terms that flip the same
   * qubits.
   *
   * @param observable - a Pauli sum on as many qubits.
   *
   * @example
   * ```ts
   * import { circuit, param, pauli } from 'qmlx';
   *
   * const program = circuit(1).rx(param('theta'), 0).compile();
   * using batch = await program.runMany([[0.1], [0.2], [0.3]]);
   * batch.expectations(pauli.sum({ Z: 1, X: 0.5 })).length; // => 3
   * ```
   */
  expectations(observable: PauliSum): Float64Array {
    checkObservable(observable, this.qubits);
    const encoded = nativeObservable(observable.encode());
    const native = this.#open();
    return callNative(() => native.expectations(encoded, new Float64Array(this.rows)), this.device);
  }

  /**
   * The amplitudes of one state, interleaved re, im, in the order of their basis indices; a Float64Array if the
   * program was compiled for `complex128`.
   *
   * @example
   * ```ts
   * import { circuit, param } from 'qmlx';
   *
   * const program = circuit(1).p(param('phi'), 0).x(0).compile();
   * using batch = await program.runMany([[0], [1]]);
   * [...batch.amplitudes(1)]; // => [0, 0, 1, 0]
   * ```
   */
  amplitudes(row: number): Amplitudes {
    const native = this.#open();
    this.#check(row);
    const out = amplitudeArray(this.#precision, 2 ** this.qubits);
    return callNative(() => native.amplitudes(row, 0, out), this.device);
  }

  /**
   * Probabilities of the values of some qubits, or of all, in one state; the first qubit is the most significant
   * bit of the index.
   *
   * @throws QuantumError ERR_QUBIT_RANGE for a qubit out of range.
   *
   * @example
   * ```ts
   * import { circuit, param } from 'qmlx';
   *
   * const program = circuit(2).rx(param('theta'), 1).compile();
   * using batch = await program.runMany([[0], [Math.PI]]);
   * Array.from(batch.probabilities(1, [1]), Math.round); // => [0, 1]
   * ```
   */
  probabilities(row: number, qubits?: readonly number[]): Float64Array {
    const native = this.#open();
    this.#check(row);
    const all = Array.from({ length: this.qubits }, (_, qubit) => qubit);
    const listed = checkQubitList(qubits ?? all, this.qubits);
    const out = new Float64Array(2 ** listed.length);
    return callNative(() => native.probabilities(row, Uint32Array.from(listed), out), this.device);
  }

  /** Frees the states. Harmless the second time. */
  dispose(): void {
    this.#native?.dispose();
    this.#native = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Size in one line. */
  toString(): string {
    return `StateBatch(${this.rows} states of ${this.qubits} qubits) on ${this.device}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  #check(row: unknown): void {
    checkInteger(row, 'row', 0, this.rows - 1);
  }

  #open(): NativeBatch {
    if (this.#native !== undefined) return this.#native;
    throw new QuantumError('ERR_DISPOSED', 'This batch was disposed. Run the program again.');
  }
}
