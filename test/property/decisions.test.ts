// Branch tree, one shot at a time, exact distribution and an independent interpreter on random circuits.

import { describe, expect, it } from '@jest/globals';
import { decisionCircuit, distributionOf, randomDecisions } from '../reference/decisions.js';
import { RandomStream } from '../reference/random.js';
import { chiSquareFit } from '../statistical/chi-square.js';
import { isTypescript, settings } from '../reference/settings.js';

const seed = Number(process.env['QMLX_TEST_SEED'] ?? Date.now() % 2 ** 31);
const QUBITS = 3;
const BITS = 3;

const circuits = (count: number, salt: number) =>
  Array.from({ length: count }, (_, k) => {
    const random = new RandomStream(seed + salt + k);
    const list = randomDecisions(random, QUBITS, BITS, random.integer(3, 14));
    return { list, circuit: decisionCircuit(QUBITS, BITS, list), seed: seed + salt + k };
  });

describe.each(settings)(`random decisions from seed ${seed} on $name`, (setting) => {
  const { device, precision } = setting;
  // Launches on other devices take much longer than circuits of three qubits, TypeScript takes longer for shots, and
  // the tree is the same for both precisions.
  const share = device === 'cpu' && precision === 'complex64' && !isTypescript ? 1 : 0.1;

  it('have the exact distribution of all branches', async () => {
    for (const { list, circuit } of circuits(2000 * share, 0)) {
      const expected = distributionOf(QUBITS, BITS, list);
      const exact = circuit.measured
        ? await circuit.exactDistribution({ device, precision })
        : expected;
      for (const key of new Set([...expected.keys(), ...exact.keys()])) {
        expect(Math.abs((exact.get(key) ?? 0) - (expected.get(key) ?? 0))).toBeLessThan(
          precision === 'complex128' ? 1e-12 : 2e-6,
        );
      }
    }
  });

  it('give counts that fit it, the same for any memory and shot by shot', async () => {
    let unlikely = 0;
    for (const { circuit, seed: own } of circuits(2000 * share, 10_000)) {
      if (!circuit.measured) continue;
      const options = { device, precision, shots: 100, seed: own };
      const result = await circuit.run(options);
      const single = await circuit.run({
        ...options,
        memoryLimit: setting.amplitudeBytes * 2 ** QUBITS,
      });
      expect([...single.counts]).toEqual([...result.counts]);
      expect([...(single.memory ?? [])]).toEqual([...(result.memory ?? [])]);
      const fit = chiSquareFit(
        result.counts,
        await circuit.exactDistribution({ device, precision }),
      );
      expect(fit.impossible).toEqual([]);
      if (fit.level > 1 - 1e-6) unlikely += 1;
    }
    expect(unlikely).toBe(0);
  });

  it('end each trajectory where its bits say', async () => {
    for (const { circuit, seed: own } of circuits(100 * share, 20_000)) {
      const qubits = [...Array(QUBITS).keys()];
      const all = decisionCircuit(QUBITS, BITS, []).compose(circuit);
      for (const qubit of qubits) all.measure(qubit, qubit);
      const result = await all.run({ device, precision, shots: 5, seed: own });
      for (let shot = 0; shot < 5; shot++) {
        const state = await result.trajectory(shot);
        expect(state.probability(result.memory!.row(shot)!)).toBeCloseTo(1, setting.decimals - 1);
      }
    }
  });
});
