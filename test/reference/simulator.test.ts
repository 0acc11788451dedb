// The reference against two established simulators, so that what it says counts as truth.

import { describe, expect, it } from '@jest/globals';
import { loadVectors, manifest } from '../fixtures/vectors/load.js';
import { referenceGates, targetMatrix } from './gates.js';
import { pauliExpectation, probabilities } from './readers.js';
import { simulate } from './simulator.js';

const angles = [0.3, -1.1, 2.7, 0.9];

describe('the reference simulator', () => {
  it('agrees with the frozen vectors to their float32 precision', () => {
    const worst = loadVectors().map(({ line, qubits, gates, indices, amplitudes, ones }) => {
      const state = simulate(qubits, gates);
      const differences = indices.map((index, k) =>
        Math.hypot(
          (state.re[index] as number) - (amplitudes[2 * k] as number),
          (state.im[index] as number) - (amplitudes[2 * k + 1] as number),
        ),
      );
      const all = probabilities(state);
      const marginals = ones.map((expected, qubit) => {
        const bit = 2 ** (qubits - 1 - qubit);
        return Math.abs(all.reduce((sum, p, x) => sum + ((x & bit) !== 0 ? p : 0), 0) - expected);
      });
      return { line, difference: Math.max(...differences), marginal: Math.max(...marginals) };
    });
    expect(worst).toHaveLength(300);
    expect(worst.filter(({ difference }) => !(difference <= 6e-8))).toEqual([]);
    expect(worst.filter(({ marginal }) => !(marginal <= 1e-9))).toEqual([]);
  });

  it('defines exactly the gates of the frozen vectors', () => {
    expect([...referenceGates].sort()).toEqual([...manifest.gates].sort());
  });

  it.each(referenceGates)('%s is unitary to 1e-15', (name) => {
    const { matrix } = targetMatrix(name, angles);
    for (const [r, row] of matrix.entries()) {
      for (const [s, other] of matrix.entries()) {
        let re = r === s ? -1 : 0;
        let im = 0;
        for (const [k, [a, b]] of row.entries()) {
          const [c, d] = other[k] ?? [NaN, NaN];
          re += a * c + b * d;
          im += b * c - a * d;
        }
        expect(Math.hypot(re, im)).toBeLessThanOrEqual(1e-15);
      }
    }
  });

  it('reads Pauli strings', () => {
    const call = (name: string, qubits: number[]) => ({ name, angles: [], qubits });
    const bell = simulate(2, [call('h', [0]), call('cx', [0, 1])]);
    const values = ['XX', 'YY', 'ZZ', 'ZI', 'XY'].map((paulis) => pauliExpectation(bell, paulis));
    [1, -1, 1, 0, 0].forEach((value, k) => expect(values[k]).toBeCloseTo(value, 14));
    const plusI = simulate(2, [call('h', [1]), call('s', [1])]);
    expect(pauliExpectation(plusI, 'ZY')).toBeCloseTo(1, 14);
  });
});
