// The GPU through the whole stack from JavaScript: circuits at 26 and 30 qubits, cost of a small run, batches, memory,
// the largest state, and the size from which the GPU beats the processor. Prints Markdown; `--json FILE` writes the figures.
//   node bench/gpu.mjs [--device gpu] [--sizes 26,30] [--largest 34] [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { circuit, param, pauli, QuantumError, Simulator } from 'qmlx';
import { buildCircuit } from '../dist/bench/gate-list.js';
import { ansatz, ghz, grid, hLayer, qft } from '../dist/bench/families.js';
import { circuitsTable } from './gpu-report.mjs';
import { describeMachine } from './machine.mjs';
import { summary, timeBlocks, timeOf } from './measure.mjs';

const { values } = parseArgs({
  options: {
    device: { type: 'string', default: 'gpu' },
    sizes: { type: 'string', default: '26,30' },
    largest: { type: 'string', default: '34' },
    json: { type: 'string' },
  },
});
const { device } = values;
const repeats = 7;

/** Milliseconds at 26 and 30 qubits that the first trial of the scheme took, and what is aimed at. */
const anchors = {
  'H on all': { 26: [2.1, 1.2] },
  QFT: { 26: [7.2, 2], 30: [140, 30] },
  GHZ: { 26: [2, 1.2], 30: [35, 18] },
  'random grid, depth 20': { 26: [27] },
  'random grid, depth 30': { 26: [41, 15], 30: [738, 250] },
  'ansatz x5': { 26: [12.5, 5], 30: [214, 80] },
};

const families = [hLayer, qft, ghz, (n) => grid(n, 20), (n) => grid(n, 30), (n) => ansatz(n, 5)];

/** Memory in use on the card, in bytes; undefined where there is no nvidia-smi. */
function cardMemory() {
  const query = ['--query-gpu=memory.used', '--format=csv,noheader,nounits'];
  const { stdout, status } = spawnSync('nvidia-smi', query, { encoding: 'utf8' });
  return status === 0 ? Number(stdout.split('\n')[0]) * 2 ** 20 : undefined;
}

function measureCircuits(n) {
  return families.map((family) => {
    const made = family(n);
    const built = buildCircuit(made);
    const program = built.compile({ device });
    const first = timeOf(() => program.runSync());
    const times = Array.from({ length: repeats }, () => timeOf(() => program.runSync()));
    const { min, median } = summary(times);
    const passes = Number(/(\d+) pass/.exec(program.explain())?.[1]);
    program.dispose();
    const [trial, goal] = anchors[made.name]?.[n] ?? [];
    return {
      name: made.name,
      qubits: n,
      gates: made.gates.length,
      passes,
      first,
      min,
      median,
      trial,
      goal,
    };
  });
}

/** 10 qubits, 67 RY with parameters of their own and 33 CX. */
function smallAnsatz(qubits) {
  const built = circuit(qubits);
  for (let k = 0; k < 67; k++) {
    built.ry(param(`t${k}`), k % qubits);
    if (k % 2 === 1) built.cx(k % qubits, (k + 1) % qubits);
  }
  return built;
}

async function measureSmall() {
  const program = smallAnsatz(10).compile({ device });
  const row = new Float64Array(program.parameters.length);
  const run = (k) => {
    row.fill(0.1 + k * 1e-3);
    program.runSync(row);
  };
  for (let k = 0; k < 50; k++) run(k);
  const one = summary(timeBlocks(run, 50, 10));
  const matrix = Float64Array.from({ length: 1000 * row.length }, (_, k) => Math.sin(k));
  const sum = pauli.sum({ ZZIIIIIIII: 1, XXIIIIIIII: 0.5, IIZZIIIIII: 1 });
  const batches = [];
  const means = [];
  for (let k = 0; k < 12; k++) {
    const start = performance.now();
    const batch = await program.runMany(matrix);
    batches.push(performance.now() - start);
    means.push(timeOf(() => batch.expectations(sum)));
    batch.dispose();
  }
  program.dispose();
  return { one, batch: summary(batches), expectations: summary(means), rows: 1000 };
}

/** How much memory on the card a run takes, as a multiple of its state. */
async function measureMemory(n) {
  const simulator = await Simulator.create({ device });
  // What MLX keeps besides states is there after a first run.
  (await simulator.state(circuit(4).h(0))).dispose();
  const before = cardMemory();
  const state = await simulator.state(buildCircuit(ansatz(n, 5)));
  const after = cardMemory();
  state.dispose();
  await simulator.dispose();
  return { qubits: n, growth: (after - before) / (8 * 2 ** n) };
}

async function measureLargest(n) {
  const simulator = await Simulator.create({ device });
  const counted = circuit(n, n)
    .compose(buildCircuit(ghz(n)))
    .measureAll();
  const times = [];
  let counts;
  for (let k = 0; k < 2; k++) {
    const start = performance.now();
    ({ counts } = await simulator.run(counted, { shots: 1000, seed: 1 }));
    times.push(performance.now() - start);
  }
  const outcomes = [...counts.keys()].map((key) => `${key[0]}…${key.at(-1)}`);
  const held = await simulator.state(circuit(n));
  const refusal = await simulator.state(circuit(n).h(0)).catch((error) => error);
  held.dispose();
  const after = await simulator.run(circuit(2, 2).x(0).measureAll(), { shots: 1 });
  await simulator.dispose();
  return {
    qubits: n,
    milliseconds: summary(times).min,
    outcomes,
    refusal: QuantumError.is(refusal) ? `${refusal.code}: ${refusal.message}` : String(refusal),
    nextRun: [...after.counts.keys()],
  };
}

/** The same circuit on both devices: from which size is the GPU faster? */
function measureCrossover() {
  return [8, 10, 12, 14, 16, 18, 20, 22].map((n) => {
    const [cpu, gpu] = ['cpu', device].map((where) => {
      const program = buildCircuit(ansatz(n, 5)).compile({ device: where });
      program.runSync();
      const time = summary(Array.from({ length: 15 }, () => timeOf(() => program.runSync()))).min;
      program.dispose();
      return time;
    });
    return { qubits: n, cpu, gpu };
  });
}

const machine = describeMachine();
const circuits = values.sizes.split(',').flatMap((n) => measureCircuits(Number(n)));
const small = await measureSmall();
const crossover = measureCrossover();
const memory =
  device === 'gpu' ? await measureMemory(Number(values.sizes.split(',').at(-1))) : undefined;
const largest = values.largest === '' ? undefined : await measureLargest(Number(values.largest));
const figures = { machine, device, circuits, small, crossover, memory, largest };

console.log(circuitsTable(circuits));
console.log(JSON.stringify({ small, crossover, memory, largest }, null, 1));
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 1)}\n`);
