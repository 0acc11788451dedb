// Decompositions against matrices, in float64 throughout.

import { describe, expect, it } from '@jest/globals';
import { circuit, type Operation } from 'qmlx';
import { decompose, type Step } from '../../../lib/circuit/decompose.js';
import { preparation } from '../../../lib/circuit/preparation.js';
import { RandomStream } from '../../reference/random.js';
import { simulate, type ReferenceState } from '../../reference/simulator.js';

function applySteps(
  qubits: number,
  steps: readonly Step[],
  initial: ReferenceState,
): ReferenceState {
  return steps.reduce((state, step) => {
    if (step.kind === 'pauliRotation') return applyParity(qubits, state, step);
    const { gate, params, controls, controlStates, targets } = step;
    const call = {
      name: gate,
      angles: params as readonly number[],
      qubits: targets,
      controls: controls.map((qubit, k) => ({ qubit, value: controlStates?.[k] ?? (1 as const) })),
    };
    return simulate(qubits, [call], state);
  }, initial);
}

/** exp(−iθ/2 Z…Z) under controls. */
function applyParity(qubits: number, state: ReferenceState, step: Step): ReferenceState {
  const bitAt = (index: number, qubit: number): number => (index >> (qubits - 1 - qubit)) & 1;
  const half = (step.params[0] as number) / 2;
  const result = { re: state.re.slice(), im: state.im.slice() };
  for (let k = 0; k < state.re.length; k++) {
    const acts = step.controls.every(
      (qubit, c) => bitAt(k, qubit) === (step.controlStates?.[c] ?? 1),
    );
    if (!acts) continue;
    const odd = step.targets.reduce((sum, qubit) => sum + bitAt(k, qubit), 0) % 2 === 1;
    const [re, im] = [state.re[k]!, state.im[k]!];
    const angle = odd ? half : -half;
    result.re[k] = re * Math.cos(angle) - im * Math.sin(angle);
    result.im[k] = re * Math.sin(angle) + im * Math.cos(angle);
  }
  return result;
}

const basis = (qubits: number, index: number): ReferenceState => {
  const state = { re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
  state.re[index] = 1;
  return state;
};

/** Largest distance of the steps' matrix from the wanted one, entry by entry. */
function distance(
  qubits: number,
  steps: readonly Step[],
  wanted: (row: number, column: number) => readonly [number, number],
): number {
  let largest = 0;
  for (let column = 0; column < 2 ** qubits; column++) {
    const { re, im } = applySteps(qubits, steps, basis(qubits, column));
    for (let row = 0; row < re.length; row++) {
      const [x, y] = wanted(row, column);
      largest = Math.max(largest, Math.hypot(re[row]! - x, im[row]! - y));
    }
  }
  return largest;
}

/** Gram–Schmidt on random columns. */
function randomUnitary(size: number, random: RandomStream): number[] {
  const rows: number[][] = [];
  while (rows.length < size) {
    const row = Array.from({ length: 2 * size }, () => random.uniform() - 0.5);
    for (const other of [...rows, ...rows]) {
      let [re, im] = [0, 0];
      for (let k = 0; k < size; k++) {
        re += row[2 * k]! * other[2 * k]! + row[2 * k + 1]! * other[2 * k + 1]!;
        im += row[2 * k + 1]! * other[2 * k]! - row[2 * k]! * other[2 * k + 1]!;
      }
      for (let k = 0; k < size; k++) {
        const [a, b] = [other[2 * k]!, other[2 * k + 1]!];
        row[2 * k]! -= re * a - im * b;
        row[2 * k + 1]! -= re * b + im * a;
      }
    }
    const norm = Math.hypot(...row);
    rows.push(row.map((part) => part / norm));
  }
  return rows.flat();
}

const data = (operation: Operation): Operation & { kind: 'unitary' } =>
  operation as Operation & { kind: 'unitary' };
const stepsOf = (c: { readonly operations: readonly Operation[] }): readonly Step[] =>
  decompose(data(c.operations[0]!));

describe('unitary', () => {
  it.each([1, 2, 3, 4, 5, 6])('on %d qubits holds to 1e-12', (qubits) => {
    const random = new RandomStream(qubits);
    const size = 2 ** qubits;
    const matrix = randomUnitary(size, random);
    const targets = [...Array(qubits).keys()];
    const steps = stepsOf(circuit(qubits).unitary(matrix, ...targets));
    const entry = (row: number, column: number) =>
      [matrix[2 * (row * size + column)]!, matrix[2 * (row * size + column) + 1]!] as const;
    expect(distance(qubits, steps, entry)).toBeLessThan(1e-12);
  });

  it('takes matrices that are permutations, diagonal or the identity', () => {
    const swap = [
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 0, 0, [0, 1]],
    ] as const;
    const steps = stepsOf(circuit(2).unitary(swap, 0, 1));
    const entry = (row: number, column: number) => {
      const value = swap[row]![column]!;
      return typeof value === 'number' ? ([value, 0] as const) : value;
    };
    expect(distance(2, steps, entry)).toBeLessThan(1e-12);
    const identity = stepsOf(
      circuit(1).unitary(
        [
          [1, 0],
          [0, 1],
        ],
        0,
      ),
    );
    expect(identity).toHaveLength(0);
  });
});

describe('diagonal', () => {
  it.each([1, 2, 5])('on %d qubits holds to 1e-12', (qubits) => {
    const random = new RandomStream(qubits);
    const phases = Array.from({ length: 2 ** qubits }, () => random.uniform() * 20 - 10);
    const steps = stepsOf(circuit(qubits).diagonal(phases, ...Array(qubits).keys()));
    const entry = (row: number, column: number) =>
      row === column
        ? ([Math.cos(phases[row]!), Math.sin(phases[row]!)] as const)
        : ([0, 0] as const);
    expect(distance(qubits, steps, entry)).toBeLessThan(1e-12);
  });
});

describe('permutation', () => {
  it.each([1, 2, 3, 4, 6])('on %d qubits is exact', (qubits) => {
    const random = new RandomStream(qubits);
    const table = [...random.sample([...Array(2 ** qubits).keys()], 2 ** qubits)];
    const steps = stepsOf(circuit(qubits).permutation(table, ...Array(qubits).keys()));
    const entry = (row: number, column: number) => [table[column] === row ? 1 : 0, 0] as const;
    expect(distance(qubits, steps, entry)).toBe(0);
  });
});

describe('initialize', () => {
  it.each([1, 3, 6])('prepares %d qubits to 1e-12', (qubits) => {
    const random = new RandomStream(qubits);
    const amplitudes = Array.from({ length: 2 * 2 ** qubits }, () => random.uniform() - 0.5);
    const norm = Math.hypot(...amplitudes);
    const wanted = amplitudes.map((part) => part / norm);
    const targets = [...Array(qubits).keys()];
    const steps = preparation({ kind: 'initialize', amplitudes: wanted, targets });
    const { re, im } = applySteps(qubits, steps, basis(qubits, 0));
    re.forEach((value, k) => {
      expect(Math.hypot(value - wanted[2 * k]!, im[k]! - wanted[2 * k + 1]!)).toBeLessThan(1e-12);
    });
  });

  it('skips branches without weight', () => {
    const amplitudes = [0, 0, 0, 0, 0, 0, 1, 0];
    expect(preparation({ kind: 'initialize', amplitudes, targets: [0, 1] })).toHaveLength(2);
  });
});
