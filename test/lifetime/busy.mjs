// A program that always has work in flight: run as a process or as a worker thread by the tests beside it and by
// bench/shutdown.mjs, on the device named. It reports 'started' once runs are under way.

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Simulator, circuit, configure, param, pauli } from '../../dist/index.js';

const { exitAfter, device = 'cpu' } = workerData ?? JSON.parse(process.argv[2] ?? '{}');

function layers(qubits, count) {
  const built = circuit(qubits, qubits);
  for (let layer = 0; layer < count; layer++) {
    for (let q = 0; q < qubits; q++) built.ry(0.1 * (q + layer), q);
    for (let q = layer % 2; q + 1 < qubits; q += 2) built.cx(q, q + 1);
  }
  return built;
}

async function forever(work) {
  for (;;) await work();
}

configure({ device, threads: 2 });
const large = layers(22, 40).measureAll();
const state = layers(18, 4);
// On an engine of its own, since synchronous calls refuse to wait for the runs below.
const program = circuit(2).ry(param('theta'), 0).cx(0, 1).compile({ device: 'cpu', threads: 1 });
const simulator = await Simulator.create({ threads: 2 });
const ignore = () => {};

void forever(() => large.run({ shots: 100, onProgress: ignore }).catch(ignore));
void forever(() => simulator.run(large, { shots: 100 }).catch(ignore));
void forever(() => state.state().catch(ignore)); // states left to the garbage collector
void forever(async () => {
  program.expectationSync(pauli.sum({ ZZ: 1 }), [Math.random()]);
  await new Promise((resolve) => setImmediate(resolve));
});

if (isMainThread) process.stdout.write('started\n');
else parentPort.postMessage('started');
if (exitAfter !== undefined) setTimeout(() => process.exit(7), exitAfter);
