import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { StateVector } from '../../../lib/results/state.js';
import { ArraySource, randomAmplitudes } from './array-source.js';

/** ρ[row][column] of the listed qubits, straight from the definition of the partial trace. */
function partialTrace(source: ArraySource, qubits: readonly number[]): number[] {
  const n = source.qubits;
  const size = 2 ** qubits.length;
  const matrix = Array<number>(2 * size * size).fill(0);
  const rowOf = (index: number) =>
    qubits.reduce((row, qubit) => 2 * row + ((index >> (n - 1 - qubit)) & 1), 0);
  const mask = qubits.reduce((bits, qubit) => bits | (1 << (n - 1 - qubit)), 0);
  for (let i = 0; i < 2 ** n; i++) {
    for (let j = 0; j < 2 ** n; j++) {
      if ((i & ~mask) !== (j & ~mask)) continue;
      const at = 2 * (rowOf(i) * size + rowOf(j));
      const [a, b] = [source.amplitudes[2 * i]!, source.amplitudes[2 * i + 1]!];
      const [c, d] = [source.amplitudes[2 * j]!, source.amplitudes[2 * j + 1]!];
      matrix[at]! += a * c + b * d;
      matrix[at + 1]! += b * c - a * d;
    }
  }
  return matrix;
}

describe('reduced', () => {
  it.each([[[0]], [[4, 1]], [[1, 4]], [[2, 0, 3]], [[0, 1, 2, 3, 4]]])(
    'of qubits %j is the partial trace',
    (qubits) => {
      const source = new ArraySource(randomAmplitudes(5, 21));
      const matrix = new StateVector(source).reduced(qubits);
      const expected = partialTrace(source, qubits);
      expect([...matrix.data]).toEqual(expected.map((x) => expect.closeTo(x, 10)));
      expect(matrix.dimension).toBe(2 ** qubits.length);
    },
  );

  it('reaches across blocks of a wide state', () => {
    // Qubits 0 and 17 in (|00> + i|11>)/√2, the others in |+>.
    const values = new Float32Array(2 ** 19);
    for (let index = 0; index < 2 ** 18; index++) {
      const [first, last] = [index >= 2 ** 17, index % 2 === 1];
      if (first === last) values[2 * index + (first ? 1 : 0)] = 1;
    }
    const matrix = new StateVector(new ArraySource(values)).reduced([0, 17]);
    expect(matrix.element(0, 0).re).toBeCloseTo(0.5, 6);
    expect(matrix.element(0, 3)).toEqual({ re: 0, im: expect.closeTo(-0.5, 6) });
    expect(matrix.element(3, 0)).toEqual({ re: 0, im: expect.closeTo(0.5, 6) });
    expect(matrix.element(1, 1).re).toBe(0);
    expect(matrix.purity).toBeCloseTo(1, 6);
  });

  it.each([
    [[], 'ERR_INVALID_ARGUMENT'],
    [[8], 'ERR_QUBIT_RANGE'],
    [[1, 1], 'ERR_INVALID_ARGUMENT'],
    [[0, 1, 2, 3, 4, 5, 6], 'ERR_LIMIT'],
    [3, 'ERR_INVALID_ARGUMENT'],
  ])('refuses qubits %j', (qubits, code) => {
    const state = new StateVector(new ArraySource(randomAmplitudes(8, 22)));
    expect(() => state.reduced(qubits as number[])).toThrow(expect.objectContaining({ code }));
  });
});

describe('DensityMatrix', () => {
  const bell = new StateVector(new ArraySource([1, 0, 0, 0, 0, 0, 0, -1]));

  it('has trace and purity', () => {
    const half = bell.reduced([1]);
    expect(half.trace).toBeCloseTo(1, 6);
    expect(half.purity).toBeCloseTo(0.5, 6);
    expect(bell.reduced([0, 1]).purity).toBeCloseTo(1, 6);
  });

  it('prints its rows', () => {
    expect(String(bell.reduced([0, 1])).split('\n')).toEqual([
      '[   0.5      0      0   0.5i ]',
      '[     0      0      0      0 ]',
      '[     0      0      0      0 ]',
      '[ -0.5i      0      0    0.5 ]',
    ]);
    expect(inspect(bell.reduced([1]))).toBe('DensityMatrix(qubits 1)\n[ 0.5    0 ]\n[   0  0.5 ]');
  });

  it('checks element indices', () => {
    const half = bell.reduced([0]);
    for (const index of [-1, 2, 0.5, NaN]) {
      expect(() => half.element(index, 0)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'row' }),
      );
      expect(() => half.element(0, index)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'column' }),
      );
    }
  });
});
