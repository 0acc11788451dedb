// Counts against exact probabilities of the float64 reference. Seeds are fixed, so a result never changes by chance.

import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit } from 'qmlx';
import { gateCalls } from '../reference/operations.js';
import { RandomStream } from '../reference/random.js';
import { probabilities } from '../reference/readers.js';
import { simulate } from '../reference/simulator.js';
import { chiSquareFit, isPlausible } from './chi-square.js';

/** Probability of every counts key of a circuit that measures. */
function keyProbabilities(made: Circuit): Map<string, number> {
  const measured = made.operations.flatMap((operation) =>
    operation.kind === 'measure' ? [operation] : [],
  );
  const result = new Map<string, number>();
  const all = probabilities(simulate(made.qubits, gateCalls(made)));
  for (const [index, probability] of all.entries()) {
    const symbols = new Array<string>(made.bits).fill('0');
    for (const { qubit, bit } of measured) {
      symbols[bit] = String(Math.floor(index / 2 ** (made.qubits - 1 - qubit)) % 2);
    }
    const key = symbols.join('');
    result.set(key, (result.get(key) ?? 0) + probability);
  }
  return result;
}

const fresh = (qubits: number, bits = qubits): Circuit => circuit(qubits, bits);
const range = (n: number) => Array.from({ length: n }, (_, k) => k);

/** Probabilities that differ from qubit to qubit and from state to state. */
function scrambled(qubits: number, depth: number, bits = qubits): Circuit {
  const random = new RandomStream(qubits);
  const made = fresh(qubits, bits);
  for (let layer = 0; layer < depth; layer++) {
    for (const qubit of range(qubits)) {
      made.u(random.uniform() * 3, random.uniform() * 6, random.uniform() * 6, qubit);
    }
    for (let qubit = layer % 2; qubit + 1 < qubits; qubit += 2) made.cx(qubit, qubit + 1);
  }
  return made;
}

const distributions: Readonly<Record<string, { shots: number; made: () => Circuit }>> = {
  'a fair coin': { shots: 1e6, made: () => fresh(1).h(0).measureAll() },
  'a coin of 1 in 10,000': { shots: 1e6, made: () => fresh(1).ry(0.02, 0).measureAll() },
  'a coin that nearly always shows 1': { shots: 1e6, made: () => fresh(1).ry(3.1, 0).measureAll() },
  'a Bell pair': { shots: 1e6, made: () => fresh(2).h(0).cx(0, 1).measureAll() },
  'a GHZ state of 12 qubits': {
    shots: 1e5,
    made: () => {
      const made = fresh(12).h(0);
      for (const qubit of range(11)) made.cx(qubit, qubit + 1);
      return made.measureAll();
    },
  },
  'a W state of 5 qubits': {
    shots: 2e5,
    made: () => {
      const made = fresh(5).x(0);
      for (const k of range(4)) {
        made.cry(2 * Math.acos(Math.sqrt(1 / (5 - k))), k, k + 1).cx(k + 1, k);
      }
      return made.measureAll();
    },
  },
  'uniform over 10 qubits': { shots: 1e6, made: () => fresh(10).hAll().measureAll() },
  'uniform over 16 qubits': { shots: 1e6, made: () => fresh(16).hAll().measureAll() },
  'a product of unequal coins': {
    shots: 3e5,
    made: () => {
      const made = fresh(8);
      for (const qubit of range(8)) made.ry(0.3 + 0.31 * qubit, qubit);
      return made.measureAll();
    },
  },
  'a random state of 6 qubits': { shots: 1e6, made: () => scrambled(6, 8).measureAll() },
  'a random state of 11 qubits': { shots: 1e6, made: () => scrambled(11, 12).measureAll() },
  'a random state of 14 qubits': { shots: 5e5, made: () => scrambled(14, 8).measureAll() },
  'some qubits of a random state, in another order': {
    shots: 5e5,
    made: () => scrambled(9, 9, 4).measure(7, 0).measure(0, 3).measure(4, 1).measure(2, 2),
  },
  'bits that are never written': {
    shots: 1e5,
    made: () => scrambled(3, 4, 6).measure(0, 4).measure(2, 1),
  },
  'a state with few possible outcomes among 2^13': {
    shots: 2e5,
    made: () => fresh(13).h(3).ry(0.7, 9).cx(3, 12).ccx(3, 9, 0).measureAll(),
  },
  'phase estimation of 1/3': {
    shots: 3e5,
    made: () => {
      const t = 6;
      const made = fresh(t);
      for (const k of range(t)) made.h(k).p((2 * Math.PI * 2 ** (t - 1 - k)) / 3, k);
      for (const target of range(t)) {
        for (const k of range(target)) made.cp(-Math.PI / 2 ** (target - k), k, target);
        made.h(target);
      }
      return made.measureAll();
    },
  },
};

describe('counts', () => {
  it.each(Object.keys(distributions))('of %s fit their probabilities', async (name) => {
    const { shots, made } = distributions[name] as { shots: number; made: () => Circuit };
    const measured = made();
    const { counts } = await measured.run({ shots, seed: 20_240_611 });
    const fit = chiSquareFit(counts, keyProbabilities(measured));
    expect(fit.impossible).toEqual([]);
    expect(counts.total).toBe(shots);
    expect({ ...fit, plausible: isPlausible(fit.level) }).toEqual({ ...fit, plausible: true });
  });
});
