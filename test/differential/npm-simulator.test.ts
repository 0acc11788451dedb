// The reference and the engines against a simulator of another author: jsqubits.

import { describe, expect, it } from '@jest/globals';
import { GATES } from '../../lib/circuit/gates.gen.js';
import { stateError, withinRandomBounds } from '../reference/errors.js';
import { RandomStream } from '../reference/random.js';
import { randomCircuit } from '../reference/random-circuit.js';
import { simulateInJsqubits, jsqubitsGates } from './in-jsqubits.js';

const rows = GATES.filter(({ name }) => jsqubitsGates.has(name));

describe('jsqubits', () => {
  it('agrees on 100 random circuits', async () => {
    const failures: unknown[] = [];
    for (let seed = 0; seed < 100; seed++) {
      const random = new RandomStream(seed);
      const made = randomCircuit(random, 1 + (seed % 7), random.integer(5, 40), {
        rows,
        openControls: false,
      });
      const expected = simulateInJsqubits(made.qubits, made.calls);
      const state = await made.circuit.state({ params: made.params });
      const error = stateError(state.data, expected);
      state.dispose();
      if (!withinRandomBounds(error, made.calls.length, 'complex64'))
        failures.push({ seed, ...error });
    }
    expect(failures).toEqual([]);
  });

  it('has a good part of the gate table', () => {
    expect(rows).toHaveLength(jsqubitsGates.size);
    expect(rows.length).toBeGreaterThan(GATES.length / 2);
  });
});
