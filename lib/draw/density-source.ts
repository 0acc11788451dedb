// The density matrix that a picture shows: of a state or as it is, of few enough qubits to be legible.

import { invalidArgument } from '../circuit/arguments.js';
import { checkQubitList } from '../results/arguments.js';
import { DensityMatrix } from '../results/density.js';
import { StateVector } from '../results/state.js';
import type { FigureOptions } from './figure.js';

/**
 * Options of pictures of density matrices.
 *
 * @example
 * ```ts
 * import { circuit, draw, type DensityOptions } from 'qmlx';
 * const options: DensityOptions = { qubits: [0] };
 * draw.hinton(await circuit(2).h(0).cx(0, 1).state(), options).text;
 * // => [ 0.5    0 ]
 * //    [   0  0.5 ]
 * //    qubit 0 of 2, the others traced out
 * ```
 */
export interface DensityOptions extends FigureOptions {
  /** Qubits of a state to show, the others are traced out. Absent: the first ones that fit a picture. */
  readonly qubits?: readonly number[];
}

/** A matrix, names of its rows, and what it leaves out in words. */
export interface ShownMatrix {
  readonly matrix: DensityMatrix;
  readonly keys: readonly string[];
  /** Empty if nothing is left out. */
  readonly note: string;
}

/** The matrix to show, of at most `most` qubits. */
export function shownMatrix(source: unknown, qubits: unknown, most: number): ShownMatrix {
  if (source instanceof DensityMatrix) {
    if (source.qubits.length > most) {
      throw invalidArgument('state', `a density matrix of at most ${most} qubits`, source);
    }
    if (qubits !== undefined) {
      throw invalidArgument('options.qubits', 'absent for a density matrix', qubits);
    }
    return { matrix: source, keys: keysOf(source), note: '' };
  }
  if (!(source instanceof StateVector)) {
    throw invalidArgument('state', 'a state or density matrix', source);
  }
  const standard = Array.from({ length: Math.min(source.qubits, most) }, (_, qubit) => qubit);
  const listed = qubits === undefined ? standard : checkQubitList(qubits, source.qubits);
  if (listed.length === 0 || listed.length > most) {
    throw invalidArgument('options.qubits', `a list of 1 to ${most} qubits`, listed);
  }
  const matrix = source.reduced(listed);
  const names = `${listed.length === 1 ? 'qubit' : 'qubits'} ${listed.join(', ')}`;
  const whole = listed.length === source.qubits;
  const note = whole ? '' : `${names} of ${source.qubits}, the others traced out`;
  return { matrix, keys: keysOf(matrix), note };
}

function keysOf({ dimension, qubits }: DensityMatrix): string[] {
  return Array.from({ length: dimension }, (_, k) => k.toString(2).padStart(qubits.length, '0'));
}
