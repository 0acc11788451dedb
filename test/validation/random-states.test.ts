// Statistics of random circuits: Porter-Thomas (Boixo et al., Nature Physics 14, 595) and heavy outputs of quantum
// volume circuits (Cross et al., arXiv:1811.12926).

import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit } from 'qmlx';
import { RandomStream } from '../reference/random.js';

/** Random one-qubit gates and CZ on a line, deep enough to look like a random state. */
function scrambled(n: number, depth: number, seed: number): Circuit {
  const random = new RandomStream(seed);
  const angle = () => random.uniform() * 2 * Math.PI;
  const made: Circuit = circuit(n);
  for (let layer = 0; layer < depth; layer++) {
    for (let qubit = 0; qubit < n; qubit++) {
      made.u(Math.acos(1 - 2 * random.uniform()), angle(), angle(), qubit);
    }
    for (let qubit = layer % 2; qubit + 1 < n; qubit += 2) made.cz(qubit, qubit + 1);
  }
  return made;
}

describe('random circuits', () => {
  it.each([10, 12, 14])('on %d qubits have Porter-Thomas probabilities', async (n) => {
    const size = 2 ** n;
    const seeds = [1, 2, 3, 4];
    let secondMoment = 0;
    let above = 0;
    for (const seed of seeds) {
      const probabilities = await scrambled(n, 4 * n, seed).probabilities();
      for (const p of probabilities) {
        secondMoment += (size * p * p) / seeds.length;
        if (size * p > 1) above += 1 / (size * seeds.length);
      }
    }
    // The mean has a spread of sqrt(20/N) for one state: moments of the exponential distribution.
    const spread = Math.sqrt(20 / (size * seeds.length));
    expect(Math.abs(secondMoment - (2 * size) / (size + 1))).toBeLessThan(6 * spread);
    // P(N p > 1) = 1/e.
    expect(Math.abs(above - Math.exp(-1))).toBeLessThan(
      6 * Math.sqrt(0.24 / (size * seeds.length)),
    );
  });

  it('give samples whose linear cross entropy is that of the circuit itself', async () => {
    const n = 12;
    const size = 2 ** n;
    const made: Circuit = circuit(n, n);
    made.compose(scrambled(n, 48, 9)).measureAll();
    const probabilities = await made.withoutMeasurements().probabilities();
    const shots = 200_000;
    const { counts } = await made.run({ shots, seed: 11 });
    let mean = 0;
    for (const [key, count] of counts)
      mean += (probabilities[parseInt(key, 2)] as number) * (count / shots);
    const ideal = probabilities.reduce((sum, p) => sum + p * p, 0);
    // N p of a sample has a variance of 2 in such a distribution.
    expect(Math.abs(size * (mean - ideal))).toBeLessThan(6 * Math.sqrt(2 / shots));
    expect(Math.abs(size * ideal - 2)).toBeLessThan(0.5);
  });
});

/** n layers of random two-qubit unitaries (Haar on each qubit around a random interaction) on random pairs. */
function volume(n: number, random: RandomStream): Circuit {
  const angle = () => random.uniform() * 2 * Math.PI;
  const made: Circuit = circuit(n);
  for (let layer = 0; layer < n; layer++) {
    const order = random.sample(
      Array.from({ length: n }, (_, qubit) => qubit),
      n,
    );
    for (let k = 0; k + 1 < n; k += 2) {
      const [a, b] = [order[k] as number, order[k + 1] as number];
      for (const qubit of [a, b])
        made.u(Math.acos(1 - 2 * random.uniform()), angle(), angle(), qubit);
      made.rxx(angle(), a, b).ryy(angle(), a, b).rzz(angle(), a, b);
      for (const qubit of [a, b])
        made.u(Math.acos(1 - 2 * random.uniform()), angle(), angle(), qubit);
    }
  }
  return made;
}

describe('quantum volume', () => {
  it.each([8, 10])('on %d qubits has heavy outputs close to (1 + ln 2)/2', async (n) => {
    const circuits = 40;
    const random = new RandomStream(n);
    let heavy = 0;
    for (let k = 0; k < circuits; k++) {
      const probabilities = [...(await volume(n, random).probabilities())].sort((a, b) => a - b);
      const half = probabilities.slice(probabilities.length / 2);
      heavy += half.reduce((sum, p) => sum + p, 0) / circuits;
    }
    expect(Math.abs(heavy - 0.8465735903)).toBeLessThan(0.01);
  });
});
