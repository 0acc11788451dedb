// Aborts at random moments of a 24-qubit run: how soon the promise is rejected, how soon the engine is free again,
// and what memory is left behind. Usage: node bench/abort.mjs [aborts]
import { Simulator, circuit } from '../dist/index.js';

const aborts = Number(process.argv[2] ?? 1000);
const QUBITS = 24;

function layers(qubits, count) {
  const built = circuit(qubits, qubits);
  for (let layer = 0; layer < count; layer++) {
    for (let q = 0; q < qubits; q++) built.ry(0.1 * (q + layer + 1), q);
    for (let q = layer % 2; q + 1 < qubits; q += 2) built.cx(q, q + 1);
  }
  return built.measureAll();
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2);
}

function line(name, values) {
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => quantile(values, share));
  console.log(`${name}: p50 ${p50} ms, p99 ${p99} ms, most ${most} ms`);
}

const simulator = await Simulator.create({ device: 'cpu' });
const large = layers(QUBITS, 20);
const tiny = circuit(1, 1).measureAll();
const resident = () => process.memoryUsage.rss() / 2 ** 20;
await simulator.run(tiny);
const before = resident();
const { total } = (await simulator.run(large)).timings;
const rejected = [];
const free = [];
let finished = 0;
for (let k = 0; k < aborts; k++) {
  const controller = new AbortController();
  const running = simulator.run(large, { signal: controller.signal });
  let aborted = Infinity;
  const timer = setTimeout(
    () => {
      aborted = performance.now();
      controller.abort();
    },
    Math.random() * Math.min(total, 200),
  );
  try {
    await running;
    clearTimeout(timer);
    finished += 1;
  } catch {
    rejected.push(performance.now() - aborted);
    await simulator.run(tiny);
    free.push(performance.now() - aborted);
  }
}
const after = resident();
await simulator.dispose();
console.log(
  `${aborts} runs of ${QUBITS} qubits (${total.toFixed(0)} ms each), ${finished} ended before their abort`,
);
line('promise rejected', rejected);
line('engine free again', free);
console.log(
  `memory: ${before.toFixed(1)} MiB before, ${after.toFixed(1)} MiB after, ${resident().toFixed(1)} MiB after dispose`,
);
