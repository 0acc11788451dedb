// The longest time that the event loop stands still while a 24-qubit circuit runs, is read and is freed.
// Usage: node bench/event-loop.mjs
import { Simulator, circuit, pauli } from '../dist/index.js';

const QUBITS = 24;
const built = circuit(QUBITS, QUBITS);
for (let layer = 0; layer < 8; layer++) {
  for (let q = 0; q < QUBITS; q++) built.ry(0.1 * (q + layer + 1), q);
  for (let q = layer % 2; q + 1 < QUBITS; q += 2) built.cx(q, q + 1);
}
const measured = built.clone().measureAll();
const simulator = await Simulator.create({ threads: 1 });

let longest = 0;
let last = performance.now();
const tick = () => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  timer = setImmediate(tick);
};
let timer = setImmediate(tick);

async function measure(name, work) {
  longest = 0;
  last = performance.now();
  const start = last;
  const result = await work();
  await new Promise((resolve) => setTimeout(resolve, 1));
  const took = (performance.now() - start).toFixed(0);
  console.log(`${name}: longest stop ${longest.toFixed(2)} ms in ${took} ms`);
  return result;
}

// What the machine does to a loop that waits, to compare with.
await measure('idle', () => new Promise((resolve) => setTimeout(resolve, 1000)));
await measure('run', () => simulator.run(measured));
const state = await measure('state', () => simulator.state(built));
await measure('dispose', async () => state.dispose());
await measure('probabilities', () => simulator.probabilities(built));
await measure('top 10', () => simulator.probabilities(built, { top: 10 }));
await measure('expectation', () =>
  simulator.expectation(built, pauli.sum({ ['Z'.repeat(QUBITS)]: 1 })),
);
clearImmediate(timer);
await simulator.dispose();
