// States and games with closed forms: Bell, GHZ, CHSH.

import { describe, expect, it } from '@jest/globals';
import { circuit, pauli, type Circuit } from 'qmlx';

const tolerance = 1e-6;

/** Expectation value of one Pauli string. */
async function mean(made: Circuit, paulis: string): Promise<number> {
  return made.expectation(pauli.sum({ [paulis]: 1 }));
}

describe('Bell states', () => {
  it.each([
    ['phi+', 1, -1, 1],
    ['phi-', -1, 1, 1],
    ['psi+', 1, 1, -1],
    ['psi-', -1, -1, -1],
  ] as const)('%s has the correlations of its stabilisers', async (name, xx, yy, zz) => {
    const pair: Circuit = circuit(2);
    pair.bellPair(name, 0, 1);
    const found = await Promise.all(['XX', 'YY', 'ZZ'].map((paulis) => mean(pair, paulis)));
    [xx, yy, zz].forEach((value, k) =>
      expect(Math.abs((found[k] as number) - value)).toBeLessThan(tolerance),
    );
    expect(Math.abs(await mean(pair, 'ZI'))).toBeLessThan(tolerance);
  });

  it('are measured as equal or as different bits only', async () => {
    const equal = await circuit(2, 2).h(0).cx(0, 1).measureAll().run({ shots: 10_000, seed: 1 });
    expect([...equal.counts.keys()]).toEqual(['00', '11']);
    const different = await circuit(2, 2)
      .h(0)
      .cx(0, 1)
      .x(1)
      .measureAll()
      .run({ shots: 10_000, seed: 1 });
    expect([...different.counts.keys()]).toEqual(['01', '10']);
  });
});

describe('GHZ states', () => {
  it('give the Mermin value 4 on three qubits, twice the classical bound', async () => {
    const ghz: Circuit = circuit(3);
    ghz.h(0).cx(0, 1).cx(1, 2);
    const [xxx, xyy, yxy, yyx] = await Promise.all(
      ['XXX', 'XYY', 'YXY', 'YYX'].map((paulis) => mean(ghz, paulis)),
    );
    const mermin = (xxx as number) - (xyy as number) - (yxy as number) - (yyx as number);
    expect(Math.abs(mermin - 4)).toBeLessThan(4 * tolerance);
  });

  it('has two amplitudes of 1/sqrt(2) on 20 qubits', async () => {
    const n = 20;
    const ghz: Circuit = circuit(n);
    ghz.h(0);
    for (let qubit = 1; qubit < n; qubit++) ghz.cx(qubit - 1, qubit);
    using state = await ghz.state();
    const top = state.probabilities({ top: 3 });
    expect(top.slice(0, 2).map(({ state: name }) => name)).toEqual(['0'.repeat(n), '1'.repeat(n)]);
    for (const { probability } of top.slice(0, 2))
      expect(Math.abs(probability - 0.5)).toBeLessThan(tolerance);
    expect(top[2]?.probability ?? 0).toBeLessThan(1e-12);
  });
});

describe('CHSH', () => {
  /** Bell pair measured along angles in the plane of Z and X. */
  const rotated = (a: number, b: number): Circuit => circuit(2).h(0).cx(0, 1).ry(-a, 0).ry(-b, 1);
  const [a0, a1, b0, b1] = [0, Math.PI / 2, Math.PI / 4, -Math.PI / 4];

  it('reaches Tsirelson’s bound 2 sqrt(2)', async () => {
    const e = (a: number, b: number) => mean(rotated(a, b), 'ZZ');
    const s = (await e(a0, b0)) + (await e(a0, b1)) + (await e(a1, b0)) - (await e(a1, b1));
    expect(Math.abs(s - 2.8284271247)).toBeLessThan(4 * tolerance);
  });

  it('wins the game with probability cos^2(pi/8)', async () => {
    let won = 0;
    for (const [x, a] of [a0, a1].entries()) {
      for (const [y, b] of [b0, b1].entries()) {
        const [p00 = NaN, p01 = NaN, p10 = NaN, p11 = NaN] = await rotated(a, b).probabilities();
        won += (x === 1 && y === 1 ? p01 + p10 : p00 + p11) / 4;
      }
    }
    expect(Math.abs(won - 0.8535533906)).toBeLessThan(tolerance);
  });
});
