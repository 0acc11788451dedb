// Energies and cost values from the literature (complex64: about 1e-5).

import { describe, expect, it } from '@jest/globals';
import { circuit, param, pauli, type Circuit, type PauliSum } from 'qmlx';

const tolerance = 1e-5;

// H2 in STO-3G at 0.735 angstrom, parity mapping on two qubits (Qiskit Algorithms, test_vqe.py).
const hydrogen = pauli.sum({
  II: -1.052373245772859,
  IZ: 0.39793742484318045,
  ZI: -0.39793742484318045,
  ZZ: -0.01128010425623538,
  XX: 0.18093119978423156,
});
const nuclearRepulsion = 0.7199689944489797;

describe('the hydrogen molecule', () => {
  const theta = param('theta');
  /** cos(theta/2)|01> + sin(theta/2)|10>. */
  const ansatz = circuit(2).ry(theta, 0).cx(0, 1).x(1);

  it('has the Hartree-Fock energy -1.1169989968 Ha at theta = 0', async () => {
    const energy = await ansatz.expectation(hydrogen, { params: { theta: 0 } });
    expect(Math.abs(energy + nuclearRepulsion + 1.1169989968)).toBeLessThan(tolerance);
  });

  it('reaches the ground state energy -1.1373060358 Ha', async () => {
    // In the span of |01> and |10> the energy is m + d cos(theta) + x sin(theta).
    const d = -2 * 0.39793742484318045;
    const x = 0.18093119978423156;
    const theta = Math.atan2(-x, -d);
    const lowest = await ansatz.expectation(hydrogen, { params: { theta } });
    const opposite = await ansatz.expectation(hydrogen, { params: { theta: theta + Math.PI } });
    expect(Math.abs(lowest + nuclearRepulsion + 1.1373060358)).toBeLessThan(tolerance);
    expect(Math.abs(lowest + 1.85727503)).toBeLessThan(tolerance);
    expect(Math.abs(opposite + 0.22491125)).toBeLessThan(tolerance);
  });

  it('has its other two eigenvalues in the span of |00> and |11>', async () => {
    const values = [1, -1].map((sign) =>
      circuit(2)
        .ry((sign * Math.PI) / 2, 0)
        .cx(0, 1)
        .expectation(hydrogen),
    );
    const [plus = NaN, minus = NaN] = await Promise.all(values);
    expect(Math.abs(Math.max(plus, minus) + 0.88272215)).toBeLessThan(tolerance);
    expect(Math.abs(Math.min(plus, minus) + 1.24458455)).toBeLessThan(tolerance);
  });
});

type Edge = readonly [number, number];

/** The number of cut edges, sum of (1 - ZZ)/2. */
function cutSize(qubits: number, edges: readonly Edge[]): PauliSum {
  const terms = edges.map(([a, b]) => [-0.5, `Z${a} Z${b}`] as const);
  return pauli.sum([[edges.length / 2, ''], ...terms], { qubits });
}

/** Layers exp(-i beta sum X) exp(-i gamma C) on the uniform state. */
function qaoa(
  qubits: number,
  edges: readonly Edge[],
  gammas: readonly number[],
  betas: readonly number[],
): Circuit {
  const made: Circuit = circuit(qubits);
  made.hAll();
  for (const [layer, gamma] of gammas.entries()) {
    for (const [a, b] of edges) made.rzz(-gamma, a, b);
    for (let qubit = 0; qubit < qubits; qubit++) made.rx(2 * (betas[layer] as number), qubit);
  }
  return made;
}

const ring = (n: number): Edge[] => Array.from({ length: n }, (_, k) => [k, (k + 1) % n] as const);

describe('QAOA for MaxCut (Farhi, Goldstone, Gutmann, arXiv:1411.4028)', () => {
  it.each([4, 6, 8, 12])('cuts 3/4 of a ring of %d at p = 1', async (n) => {
    const made = qaoa(n, ring(n), [Math.PI / 4], [Math.PI / 8]);
    expect(Math.abs((await made.expectation(cutSize(n, ring(n)))) - 0.75 * n)).toBeLessThan(
      n * tolerance,
    );
  });

  it.each([6, 10])('follows the closed form on a ring of %d at any angle', async (n) => {
    for (const [gamma, beta] of [
      [0.3, 0.7],
      [1.9, -0.4],
      [-2.2, 1.1],
    ] as const) {
      // (1 + sin(4 beta) sin(2 gamma) / 2) / 2 an edge.
      const expected = (n / 2) * (1 + (Math.sin(4 * beta) * Math.sin(2 * gamma)) / 2);
      const found = await qaoa(n, ring(n), [gamma], [beta]).expectation(cutSize(n, ring(n)));
      expect(Math.abs(found - expected)).toBeLessThan(n * tolerance);
    }
  });

  it('cuts 5/6 of a ring of 6 at p = 2', async () => {
    const made = qaoa(6, ring(6), [0.65587, 1.24286], [0.62143, 0.32794]);
    expect(Math.abs((await made.expectation(cutSize(6, ring(6)))) / 6 - 5 / 6)).toBeLessThan(
      tolerance,
    );
  });

  const sides = [0, 1, 2].flatMap((a) => [3, 4, 5].map((b): Edge => [a, b]));
  const petersen = [0, 1, 2, 3, 4].flatMap((k): Edge[] => [
    [k, (k + 1) % 5],
    [k, k + 5],
    [k + 5, ((k + 2) % 5) + 5],
  ]);
  it.each([
    ['K3,3', 6, sides, 6.2320508076],
    ['the Petersen graph', 10, petersen, 10.3867513459],
  ] as const)('cuts 0.69245 of %s at p = 1', async (_, n, edges, expected) => {
    const made = qaoa(n, edges, [Math.atan(1 / Math.sqrt(2))], [Math.PI / 8]);
    expect(Math.abs((await made.expectation(cutSize(n, edges))) - expected)).toBeLessThan(
      n * tolerance,
    );
  });
});

describe('the quenched Ising chain', () => {
  it.each([
    [10, 0.1329449958],
    [400, 0.1350774799],
  ])('has the magnetisation of %d Trotter steps at time 1', async (steps, expected) => {
    const n = 4;
    const dt = 1 / steps;
    const made: Circuit = circuit(n);
    for (let step = 0; step < steps; step++) {
      for (let qubit = 0; qubit + 1 < n; qubit++) made.rzz(-2 * dt, qubit, qubit + 1);
      for (let qubit = 0; qubit < n; qubit++) made.rx(-2 * dt, qubit);
    }
    const mean = pauli.sum(
      Array.from({ length: n }, (_, qubit) => [1 / n, `Z${qubit}`] as const),
      { qubits: n },
    );
    expect(Math.abs((await made.expectation(mean)) - expected)).toBeLessThan(2 * tolerance);
  });
});
