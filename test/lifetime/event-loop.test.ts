// The event loop goes on while engines work. Figures of the longest stops are printed by bench/event-loop.mjs; the
// limits here only catch work that was done on the wrong thread.

import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { param, pauli } from 'qmlx';
import { heavyCircuit } from '../reference/heavy-circuit.js';

const OPTIONS = { threads: 1 };

let longest = 0;
let ticks = 0;
let timer: NodeJS.Timeout;

beforeEach(() => {
  longest = ticks = 0;
  let last = performance.now();
  timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    ticks += 1;
  }, 1);
});

afterEach(() => clearInterval(timer));

/** Runs something that takes many times as long as the loop may stop. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.now() - start;
}

// Circuits are built, and engines opened, before the clock runs.
const large = heavyCircuit(22, 60);
const measured = heavyCircuit(21, 120).measureAll();
const swept = heavyCircuit(16, 20).rx(param('t'), 0);
beforeAll(() => heavyCircuit(20, 1).state(OPTIONS));

it.each([
  ['run', () => measured.run(OPTIONS)],
  ['state', () => large.state(OPTIONS)],
  ['probabilities', () => large.probabilities(OPTIONS)],
  ['the likeliest states', () => large.probabilities({ top: 5, ...OPTIONS })],
  ['expectation', () => large.expectation(pauli.sum({ ['X'.repeat(22)]: 1 }), OPTIONS)],
  [
    'a sweep',
    () =>
      swept
        .sweep({ t: new Float64Array(100) })
        .expectation(pauli.sum({ ['Z'.repeat(16)]: 1 }), OPTIONS),
  ],
])('goes on during %s', async (_, work) => {
  const took = await measure(work);
  expect(ticks).toBeGreaterThan(5);
  expect(longest).toBeLessThan(Math.max(100, took / 3));
});
