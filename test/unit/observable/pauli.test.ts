import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { pauli, type PauliSum, type PauliTerms } from '../../../lib/observable/pauli.js';

type Complex = readonly [number, number];
type Matrix = readonly (readonly Complex[])[];

const letters: Readonly<Record<string, Matrix>> = {
  I: [
    [
      [1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [1, 0],
    ],
  ],
  X: [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [1, 0],
      [0, 0],
    ],
  ],
  Y: [
    [
      [0, 0],
      [0, -1],
    ],
    [
      [0, 1],
      [0, 0],
    ],
  ],
  Z: [
    [
      [1, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [-1, 0],
    ],
  ],
};

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

function kron(left: Matrix, right: Matrix): Matrix {
  return left.flatMap((a) => right.map((b) => a.flatMap((x) => b.map((y) => times(x, y)))));
}

/** The sum as a matrix, from Kronecker products of the letters. */
function matrixOf(sum: PauliSum): number[][][] {
  const size = 2 ** sum.qubits;
  const total = Array.from({ length: size }, () => Array.from({ length: size }, () => [0, 0]));
  for (const { coefficient, paulis } of sum) {
    const term = [...paulis].map((letter) => letters[letter]!).reduce(kron);
    term.forEach((row, r) =>
      row.forEach(([re, im], c) => {
        total[r]![c]![0]! += coefficient * re;
        total[r]![c]![1]! += coefficient * im;
      }),
    );
  }
  return total;
}

function square(matrix: number[][][]): number[][][] {
  return matrix.map((row) =>
    row.map((_, column) =>
      row.reduce<number[]>(
        ([re, im], x, k) => {
          const [a, b] = times(x as never, matrix[k]![column] as never);
          return [re! + a, im! + b];
        },
        [0, 0],
      ),
    ),
  );
}

describe('pauli.sum', () => {
  it('reads records and lists and merges equal strings', () => {
    expect(String(pauli.sum({ II: -1.05, IZ: 0.39, ZI: -0.39, XX: 0.18 }))).toBe(
      '-1.05 II + 0.39 IZ - 0.39 ZI + 0.18 XX',
    );
    const merged = pauli.sum([
      [1, 'ZZ'],
      [0.5, 'XX'],
      [2, 'ZZ'],
      [-0.5, 'XX'],
    ]);
    expect([...merged]).toEqual([{ coefficient: 3, paulis: 'ZZ' }]);
    expect(merged.size).toBe(1);
  });

  it('reads the sparse form with a number of qubits', () => {
    const sum = pauli.sum({ 'X0 Z3': 2, '': 1, Y2: -1, IIII: 1 }, { qubits: 4 });
    expect(String(sum)).toBe('2 XIIZ + 2 IIII - 1 IIYI');
    expect(pauli.sum([], { qubits: 3 }).qubits).toBe(3);
    expect(String(pauli.sum({ Z: 0 }))).toBe('0');
  });

  it.each<[unknown, object | undefined]>([
    [{ ZQ: 1 }, undefined],
    [{ zz: 1 }, undefined],
    [{ ZZ: 1, Z: 1 }, undefined],
    [{ ZZ: 1 }, { qubits: 3 }],
    [{ Z0: 1 }, undefined],
    [{ 'Z0 X0': 1 }, { qubits: 2 }],
    [{ 'Z0,X1': 1 }, { qubits: 2 }],
    [{ ['Z'.repeat(65)]: 1 }, undefined],
    [{}, undefined],
    [[['ZZ', 1]], undefined],
    [[[1, 'ZZ', 2]], undefined],
    [['ZZ'], undefined],
    ['ZZ', undefined],
    [null, undefined],
    [{ ZZ: NaN }, undefined],
    [{ ZZ: Infinity }, undefined],
    [{ ZZ: '1' }, undefined],
    [{ ZZ: 1n }, undefined],
    [
      [
        [1e308, 'Z'],
        [1e308, 'Z'],
      ],
      undefined,
    ],
    [{ ZZ: 1 }, { qubits: 0 }],
    [{ ZZ: 1 }, { qubits: 65 }],
    [{ ZZ: 1 }, { qubits: 1.5 }],
    [{ ZZ: 1 }, { size: 2 }],
  ])('refuses %p with %p', (terms, options) => {
    expect(() => pauli.sum(terms as PauliTerms, options)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });

  it('says that coefficients are real', () => {
    const complex = { ZZ: { re: 0, im: 1 } } as unknown as PauliTerms;
    expect(() => pauli.sum(complex)).toThrow(/finite real number \(observables are Hermitian\)/);
  });

  it('refuses qubits out of range', () => {
    expect(() => pauli.sum({ Z4: 1 }, { qubits: 4 })).toThrow(
      expect.objectContaining({ code: 'ERR_QUBIT_RANGE', qubit: 4, qubits: 4 }),
    );
  });
});

describe('PauliSum', () => {
  const sum = pauli.sum({ ZZ: 1, XY: -0.5, YX: 0.25, IX: 2 });

  it('adds sums and numbers', () => {
    expect(String(sum.add(pauli.sum({ XY: 0.5, II: 1 })))).toBe('1 ZZ + 0.25 YX + 2 IX + 1 II');
    expect(String(pauli.sum({ ZZ: 1 }).add(-2))).toBe('1 ZZ - 2 II');
    for (const other of [pauli.sum({ Z: 1 }), 'ZZ', NaN, null]) {
      expect(() => sum.add(other as number)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'other' }),
      );
    }
  });

  it('is scaled by numbers', () => {
    expect(String(sum.mul(-2))).toBe('-2 ZZ + 1 XY - 0.5 YX - 4 IX');
    expect(sum.mul(0).size).toBe(0);
    for (const scale of [NaN, '2', 2n]) {
      expect(() => sum.mul(scale as number)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', argument: 'scale' }),
      );
    }
  });

  it('squares as its matrix does', () => {
    const wide = pauli.sum({ XYZ: 0.5, YYI: -1, ZIX: 2, IIY: 0.25, XXX: 1, III: 3, YZY: -0.75 });
    expect(matrixOf(wide.squared())).toEqual(square(matrixOf(wide)));
    expect(matrixOf(sum.squared())).toEqual(square(matrixOf(sum)));
  });

  it('refuses to square too many terms', () => {
    const names = Array.from({ length: 4097 }, (_, k) =>
      k.toString(2).padStart(13, '0').replaceAll('0', 'I').replaceAll('1', 'Z'),
    );
    const many = pauli.sum(names.map((name) => [1, name] as const));
    expect(() => many.squared()).toThrow(
      expect.objectContaining({ code: 'ERR_LIMIT', maximum: 4096, received: 4097 }),
    );
  });

  it('encodes letters as masks with qubit 0 in the highest bit', () => {
    const encoded = pauli.sum({ XYZI: 0.5, IIIZ: -1 }).encode();
    expect(encoded).toEqual({
      qubits: 4,
      xMask: BigUint64Array.of(0b1100n, 0n),
      zMask: BigUint64Array.of(0b0110n, 0b0001n),
      coefficients: Float64Array.of(0.5, -1),
    });
    const wide = pauli.sum({ [`Y${'I'.repeat(63)}`]: 1 }).encode();
    expect(wide.xMask[0]).toBe(2n ** 63n);
    expect(wide.zMask[0]).toBe(2n ** 63n);
  });

  it('shows itself', () => {
    expect(inspect(sum)).toBe('PauliSum(2 qubits) 1 ZZ - 0.5 XY + 0.25 YX + 2 IX');
    expect(JSON.stringify(sum)).toBe('{"ZZ":1,"XY":-0.5,"YX":0.25,"IX":2}');
    expect(String(pauli.sum(sum.toJSON()))).toBe(String(sum));
  });
});
