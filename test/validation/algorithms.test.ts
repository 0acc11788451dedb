// Algorithms whose success probabilities have closed forms.

import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit } from 'qmlx';

const tolerance = 2e-6;

/** Grover's search for one basis state. */
function grover(n: number, marked: string, iterations: number): Circuit {
  const made: Circuit = circuit(n);
  const last = n - 1;
  const rest = Array.from({ length: last }, (_, qubit) => qubit);
  const flipUnless = (bits: string) => {
    for (const [qubit, bit] of [...bits].entries()) if (bit === '0') made.x(qubit);
    made.mcz(rest, last);
    for (const [qubit, bit] of [...bits].entries()) if (bit === '0') made.x(qubit);
  };
  made.hAll();
  for (let k = 0; k < iterations; k++) {
    flipUnless(marked);
    made.hAll();
    flipUnless('0'.repeat(n));
    made.hAll();
  }
  return made;
}

describe('Grover search', () => {
  it.each([
    [2, '01', 1, 1],
    [3, '110', 1, 0.78125],
    [3, '000', 2, 0.9453125],
    [4, '1011', 3, 0.961318969727],
    [10, '1100110101', 25, 0.999461244744],
  ])(
    'on %d qubits finds %s after %d iterations with probability %d',
    async (n, marked, k, expected) => {
      using state = await grover(n, marked, k).state();
      expect(Math.abs(state.probability(marked) - expected)).toBeLessThan(tolerance);
    },
  );

  it('follows sin^2((2k+1) asin(2^(-n/2))) past the optimum', async () => {
    for (const k of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      using state = await grover(5, '01101', k).state();
      const expected = Math.sin((2 * k + 1) * Math.asin(2 ** -2.5)) ** 2;
      expect(Math.abs(state.probability('01101') - expected)).toBeLessThan(tolerance);
    }
  });
});

describe('Bernstein-Vazirani', () => {
  it.each(['1', '101', '0011010111', '110100111000101'])(
    'reads %s with one query',
    async (secret) => {
      const n = secret.length;
      const made: Circuit = circuit(n + 1, n);
      made.x(n).hAll();
      for (const [qubit, bit] of [...secret].entries()) if (bit === '1') made.cx(qubit, n);
      for (let qubit = 0; qubit < n; qubit++) made.h(qubit).measure(qubit, qubit);
      const { counts } = await made.run({ shots: 500, seed: 5 });
      expect([...counts]).toEqual([[secret, 500]]);
    },
  );
});

/** Fourier transform |x> -> sum over y of exp(2 pi i x y / N) |y> / sqrt(N), both with qubit 0 most significant. */
function fourier(made: Circuit, qubits: readonly number[], sign: 1 | -1): void {
  const n = qubits.length;
  const at = (k: number) => qubits[k] as number;
  const swaps = () => {
    for (let k = 0; 2 * k < n - 1; k++) made.swap(at(k), at(n - 1 - k));
  };
  const rotate = (target: number, k: number) =>
    made.cp((sign * Math.PI) / 2 ** (k - target), at(k), at(target));
  if (sign === 1) {
    for (let target = 0; target < n; target++) {
      made.h(at(target));
      for (let k = target + 1; k < n; k++) rotate(target, k);
    }
    swaps();
    return;
  }
  swaps();
  for (let target = n - 1; target >= 0; target--) {
    for (let k = n - 1; k > target; k--) rotate(target, k);
    made.h(at(target));
  }
}

const line = (n: number) => Array.from({ length: n }, (_, qubit) => qubit);

describe('the Fourier transform', () => {
  it.each([
    [1, 1],
    [3, 5],
    [8, 77],
    [13, 4099],
    [17, 99_991],
  ])('on %d qubits takes basis state %d to a plane wave', async (n, x) => {
    const made: Circuit = circuit(n);
    for (let qubit = 0; qubit < n; qubit++) if ((x >> (n - 1 - qubit)) & 1) made.x(qubit);
    fourier(made, line(n), 1);
    using state = await made.state();
    const size = 2 ** n;
    let worst = 0;
    for (let y = 0; y < size; y++) {
      const angle = (2 * Math.PI * ((x * y) % size)) / size;
      const re = (state.data[2 * y] as number) - Math.cos(angle) / Math.sqrt(size);
      const im = (state.data[2 * y + 1] as number) - Math.sin(angle) / Math.sqrt(size);
      worst = Math.max(worst, Math.hypot(re, im));
    }
    expect(worst).toBeLessThan(1e-6 / Math.sqrt(size / 2));
  });

  it('undoes itself', async () => {
    const made: Circuit = circuit(10);
    made.x(1).x(4).x(9);
    fourier(made, line(10), 1);
    fourier(made, line(10), -1);
    using state = await made.state();
    expect(Math.abs(state.probability('0100100001') - 1)).toBeLessThan(tolerance);
  });
});

describe('phase estimation', () => {
  it.each([
    [1 / 8, 3, 1, 1],
    [1 / 3, 3, 3, 0.6878376626],
    [1 / 3, 3, 2, 0.1749398816],
    [1 / 3, 5, 11, 0.6841621825],
    [0.3, 4, 5, 0.8755901976],
  ])('of %d with %d bits gives %d with probability %d', async (phi, t, outcome, expected) => {
    const made: Circuit = circuit(t + 1);
    made.x(t);
    for (let k = 0; k < t; k++) made.h(k).cp(2 * Math.PI * phi * 2 ** (t - 1 - k), k, t);
    fourier(made, line(t), -1);
    const found = await made.probabilities({ qubits: line(t) });
    expect(Math.abs((found[outcome] as number) - expected)).toBeLessThan(tolerance);
  });
});
