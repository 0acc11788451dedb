// Every present device against states that Qiskit and Cirq agree on: 300 circuits up to 14 qubits with every gate
// of the table, its qubit order, control order, open controls and angle conventions.

import { describe, expect, it } from '@jest/globals';
import { circuit, type Circuit, type GateName } from 'qmlx';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { loadVectors, manifest, type FrozenCircuit } from '../fixtures/vectors/load.js';
import { randomBound } from '../reference/errors.js';
import { settings, type Setting } from '../reference/settings.js';

const vectors = loadVectors();

function build({ qubits, gates }: FrozenCircuit): Circuit {
  const built: Circuit = circuit(qubits);
  for (const { name, angles, qubits: operands, controls = [] } of gates) {
    built.gate(name as GateName, angles, operands, {
      controls: controls.map(({ qubit }) => qubit),
      states: controls.map(({ value }) => value).join(''),
    });
  }
  return built;
}

/** Largest differences of the stored amplitudes, and of the probability of 1 on each qubit. */
async function differences(
  vector: FrozenCircuit,
  { device, precision }: Setting,
): Promise<{ amplitude: number; marginal: number }> {
  const state = await build(vector).state({ device, precision });
  const { data } = state;
  const amplitudes = vector.indices.map((index, k) =>
    Math.hypot(
      (data[2 * index] as number) - (vector.amplitudes[2 * k] as number),
      (data[2 * index + 1] as number) - (vector.amplitudes[2 * k + 1] as number),
    ),
  );
  const marginals = vector.ones.map((one, qubit) => {
    const [, found = NaN] = state.probabilities({ qubits: [qubit] });
    return Math.abs(found - one);
  });
  state.dispose();
  return { amplitude: Math.max(...amplitudes), marginal: Math.max(...marginals) };
}

describe.each(settings)('frozen vectors on $name', (setting) => {
  it.each([0, 1, 2, 3, 4, 5])('part %d', async (part) => {
    const failures: unknown[] = [];
    for (const vector of vectors.filter((_, index) => index % 6 === part)) {
      const found = await differences(vector, setting);
      const bound = randomBound(vector.gates.length, setting.precision);
      // Stored amplitudes are float32 numbers, probabilities have 12 digits.
      const stored = setting.precision === 'complex128' ? 6e-8 : 1e-6;
      if (!(found.amplitude <= stored && found.marginal <= 2 * bound + 1e-12)) {
        failures.push({ line: vector.line, qubits: vector.qubits, ...found });
      }
    }
    expect(failures).toEqual([]);
  });
});

describe('the vectors', () => {
  it('are 300 circuits that use every gate of the table', () => {
    expect(vectors).toHaveLength(300);
    expect(Math.max(...vectors.map(({ qubits }) => qubits))).toBe(14);
    expect([...manifest.gates]).toEqual(GATES.map(({ name }) => name).sort());
  });
});
