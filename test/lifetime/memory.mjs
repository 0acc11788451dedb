// Does one thing many times and reports how much memory the process gained, in MiB: the most while at it, and what
// stayed. Free parts of the JavaScript heap, which V8 keeps as it likes, do not count.
// Usage: node --expose-gc memory.mjs CASE TIMES

import { setTimeout as pause } from 'node:timers/promises';
import { circuit, param, pauli, Simulator } from '../../dist/index.js';

const [name, times] = [process.argv[2], Number(process.argv[3])];
const small = circuit(4, 4).h(0).cx(0, 1).cx(1, 2).cx(2, 3).measureAll();
const large = circuit(24);
for (let k = 0; k < 8; k++) large.hAll();
const ansatz = circuit(4).ry(param('t'), 0).cx(0, 1);
const program = ansatz.compile();
const observable = pauli.sum({ ZZII: 1 });

async function aborted(work) {
  const controller = new AbortController();
  const running = work(controller.signal);
  setTimeout(() => controller.abort(), 15 * Math.random());
  await running.then(
    (state) => state.dispose(),
    () => undefined,
  );
}

const cases = {
  runs: () => small.run({ shots: 10 }),
  circuits: () => circuit(3, 3).rx(Math.random(), 0).measureAll().run({ shots: 10 }),
  programs: () => void program.expectationSync(observable, [Math.random()]),
  compiled: () => {
    const compiled = circuit(3).rx(Math.random(), 0).compile();
    compiled.runSync();
    compiled.dispose();
  },
  simulators: async () => {
    const simulator = await Simulator.create({ threads: 2 });
    await simulator.run(small);
    await simulator.dispose();
  },
  failures: () =>
    circuit(33)
      .state({ memoryLimit: 1e9 })
      .catch(() => undefined),
  // Nobody disposes these.
  states: () => circuit(20).h(0).state(),
  aborts: () => aborted((signal) => large.state({ signal })),
};

function used() {
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return (rss - heapTotal + heapUsed) / 2 ** 20;
}

async function settle() {
  for (let k = 0; k < 5; k++) {
    globalThis.gc();
    await pause(20);
  }
}

const work = cases[name];
// The heap of young objects grows to its size first.
for (let k = 0; k < Math.min(times, 3000) / 2; k++) await work();
await settle();
const before = used();
let most = before;
for (let k = 0; k < times; k++) {
  await work();
  if (k % 64 !== 0) continue;
  most = Math.max(most, used());
  // Node finalises what the garbage collector found between two turns of the event loop.
  await pause(0);
}
await settle();
console.log(JSON.stringify({ most: most - before, stayed: used() - before }));
