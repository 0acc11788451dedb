// What a seed promises: the same counts again, and nothing in common with its neighbours.

import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit, type Counts } from 'qmlx';
import { chiSquareCdf, chiSquareFit, isPlausible } from './chi-square.js';

const coins = (qubits: number): Circuit => {
  const made: Circuit = circuit(qubits, qubits);
  return made.hAll().measureAll();
};

async function countsOf(
  made: Circuit,
  seed: number | bigint,
  shots: number,
  threads = 2,
): Promise<Counts> {
  const { counts } = await made.run({ seed, shots, threads });
  return counts;
}

describe('a seed', () => {
  it.each([0, 1, -1, 42, Number.MAX_SAFE_INTEGER, 2n ** 63n])(
    'of %s gives the same counts again',
    async (seed) => {
      const made = coins(9);
      const first = [...(await countsOf(made, seed, 5000))];
      expect([...(await countsOf(made, seed, 5000))]).toEqual(first);
      expect([...(await countsOf(coins(9), seed, 5000))]).toEqual(first);
    },
  );

  it('gives the same counts with 1, 2 and 8 threads', async () => {
    for (const qubits of [1, 4, 11, 16, 18]) {
      const made: Circuit = circuit(qubits, qubits);
      for (let qubit = 0; qubit < qubits; qubit++) made.u(0.4 + 0.1 * qubit, 0.3, qubit, qubit);
      for (let qubit = 0; qubit + 1 < qubits; qubit++) made.cx(qubit, qubit + 1).ry(0.9, qubit);
      made.measureAll();
      const [one, two, eight] = await Promise.all(
        [1, 2, 8].map(async (threads) => [...(await countsOf(made, 7, 20_000, threads))]),
      );
      expect(two).toEqual(one);
      expect(eight).toEqual(one);
    }
  });

  it('is chosen afresh and reported where none is given', async () => {
    const made = coins(12);
    const first = await made.run({ shots: 200 });
    const second = await made.run({ shots: 200 });
    expect(first.seed).not.toBe(second.seed);
    const again = await countsOf(made, first.seed, 200);
    expect([...again]).toEqual([...first.counts]);
  });
});

describe('different seeds', () => {
  const seeds = 2000;
  const shots = 1000;

  /** Number of ones in 1,000 tosses for each of 2,000 consecutive seeds. */
  async function ones(): Promise<number[]> {
    const made = coins(1);
    const result: number[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      result.push((await countsOf(made, seed, shots)).get('1') ?? 0);
    }
    return result;
  }

  it('are independent samples: spread and correlation of consecutive seeds', async () => {
    const deviations = (await ones()).map((count) => (count - shots / 2) / Math.sqrt(shots / 4));
    const spread = deviations.reduce((sum, z) => sum + z * z, 0);
    expect(isPlausible(chiSquareCdf(spread, seeds))).toBe(true);
    for (const lag of [1, 2, 64, 256]) {
      const products = deviations.slice(lag).map((z, k) => z * (deviations[k] as number));
      const correlation = products.reduce((sum, x) => sum + x, 0) / Math.sqrt(products.length);
      expect(Math.abs(correlation)).toBeLessThan(4.9);
    }
  });

  it('share no outcomes beyond chance where outcomes are many', async () => {
    // 16 million outcomes: two samples of 20,000 share about 24.
    const made = coins(24);
    const [a, b] = await Promise.all([countsOf(made, 100, 20_000), countsOf(made, 101, 20_000)]);
    const shared = [...a.keys()].filter((key) => b.has(key)).length;
    expect(shared).toBeLessThan(60);
  });

  it('add up to the same distribution', async () => {
    const made: Circuit = circuit(4, 4);
    made.hAll().measureAll();
    const total = new Map<string, number>();
    for (let seed = 0; seed < 500; seed++) {
      for (const [key, count] of await countsOf(made, seed, 100)) {
        total.set(key, (total.get(key) ?? 0) + count);
      }
    }
    const keys = Array.from({ length: 16 }, (_, index) => index.toString(2).padStart(4, '0'));
    const fit = chiSquareFit(total, new Map(keys.map((key) => [key, 1 / 16])));
    expect(isPlausible(fit.level)).toBe(true);
  });
});
