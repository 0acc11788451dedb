// What the synchronous calls of a program leave on the JavaScript heap and outside of it, per call:
//   node --expose-gc bench/allocation.mjs [CALLS]
import { param, circuit, pauli } from '../dist/index.js';
import { table } from './measure.mjs';

const calls = Number(process.argv[2] ?? 1_000_000);
const gates = circuit(4, 4);
for (let k = 0; k < 20; k++) {
  if (k % 3 === 2) gates.cx(k % 4, (k + 1) % 4);
  else gates.ry(param(`t${k}`), k % 4);
}
const program = gates.compile();
const values = new Float64Array(program.parameters.length).fill(0.3);
const energy = pauli.sum({ ZIII: 1, IZII: 0.5, XXII: 0.25 });
const sampled = gates.clone().measureAll().compile();

/** Bytes a call, measured between two full collections (kept) and without any (made, by young collections). */
function bytesACall(action, count) {
  for (let k = 0; k < 2000; k++) action();
  globalThis.gc();
  const before = process.memoryUsage();
  const start = performance.now();
  for (let k = 0; k < count; k++) action();
  const time = performance.now() - start;
  globalThis.gc();
  const after = process.memoryUsage();
  return {
    heap: (after.heapUsed - before.heapUsed) / count,
    outside: (after.external - before.external) / count,
    made: madeACall(action),
    microseconds: (time * 1e3) / count,
  };
}

/** Garbage made by a few calls, too few for a collection to run between. */
function madeACall(action) {
  const few = 1000;
  let least = Infinity;
  for (let repeat = 0; repeat < 5; repeat++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let k = 0; k < few; k++) action();
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  return Math.max(0, least) / few;
}

const rows = [
  ['runSync', () => program.runSync(values), calls],
  ['expectationSync', () => program.expectationSync(energy, values), calls],
  ['sampleSync, 1 shot', () => sampled.sampleSync(values, { shots: 1, seed: 1 }), calls / 10],
].map(([name, action, count]) => {
  const { heap, outside, made, microseconds } = bytesACall(action, count);
  return [name, String(count), ...[heap, outside, made, microseconds].map((x) => x.toFixed(3))];
});
console.log(
  table(
    [
      'call',
      'calls',
      'heap kept, bytes a call',
      'outside kept, bytes a call',
      'garbage, bytes a call',
      'µs a call',
    ],
    rows,
  ),
);
