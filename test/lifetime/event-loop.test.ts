// The event loop goes on while engines work. Figures of the longest stops are printed by bench/event-loop.mjs; the
// limits here only catch work that was done on the wrong thread.

import { afterEach, beforeEach, expect, it } from '@jest/globals';
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

it.each([
  ['run', () => heavyCircuit(21, 30).measureAll().run(OPTIONS)],
  ['state', () => heavyCircuit(22, 10).state(OPTIONS)],
  ['probabilities', () => heavyCircuit(22, 10).probabilities(OPTIONS)],
  ['the likeliest states', () => heavyCircuit(22, 6).probabilities({ top: 5, ...OPTIONS })],
  [
    'expectation',
    () => heavyCircuit(22, 10).expectation(pauli.sum({ ['X'.repeat(22)]: 1 }), OPTIONS),
  ],
  [
    'a sweep',
    () =>
      heavyCircuit(16, 4)
        .rx(param('t'), 0)
        .sweep({ t: new Float64Array(100) })
        .expectation(pauli.sum({ ['Z'.repeat(16)]: 1 }), OPTIONS),
  ],
])('goes on during %s', async (_, work) => {
  const took = await measure(work);
  expect(ticks).toBeGreaterThan(5);
  expect(longest).toBeLessThan(Math.max(100, took / 3));
});
