// The same seed on every engine: amplitudes differ in their last bits, so a shot in a million may fall elsewhere.

import { describe, expect, it } from '@jest/globals';
import { circuit } from 'qmlx';
import { RandomStream } from '../reference/random.js';
import { randomCircuit } from '../reference/random-circuit.js';
import { settings } from '../reference/settings.js';

const circuits = 200;
const shots = 1000;

/** Shots that fell elsewhere. */
function moved(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const keys = new Set([...a.keys(), ...b.keys()]);
  let difference = 0;
  for (const key of keys) difference += Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0));
  return difference / 2;
}

describe('seeded counts', () => {
  it.each(settings)(
    'on $name are those of one thread of the CPU engine',
    async ({ device, precision, name }) => {
      let total = 0;
      for (let seed = 0; seed < circuits; seed++) {
        const random = new RandomStream(7e6 + seed);
        const qubits = 1 + (seed % 12);
        const made = randomCircuit(random, qubits, random.integer(4, 60));
        const measured = circuit(qubits, qubits).compose(made.circuit).measureAll();
        const { params } = made;
        const expected = await measured.run({ device: 'cpu', threads: 1, params, shots, seed });
        const result = await measured.run({ device, precision, params, shots, seed });
        expect(result.counts.total).toBe(shots);
        total += moved(expected.counts, result.counts);
      }
      expect(total).toBeLessThanOrEqual(name === 'cpu' ? 0 : 2);
    },
  );
});
