// Compares qmlx with the rivals of bench/rivals on the same circuits, each in a process of its own, A-B-A-B. Rivals that
// are not installed are left out.
//   node bench/rivals/setup.mjs && node bench/rivals.mjs [--rivals qsim,qulacs] [--threads 2] [--qubits 20]
//     [--family QFT] [--repeats 5] [--json FILE] [--limit 20: only the first rival on more qubits]
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildCircuit, buildCost } from '../dist/bench/gate-list.js';
import { rows as allRows } from './goals.mjs';
import { LineProcess } from './line-process.mjs';
import { computeScaling, describeMachine, startScalePass } from './machine.mjs';
import { formatTime, interleave, summary, table, timeBlocks, timeOf } from './measure.mjs';

const { values } = parseArgs({
  options: {
    rivals: { type: 'string', default: 'qsim,lightning,qulacs,scaluq,aer' },
    threads: { type: 'string', default: '2' },
    qubits: { type: 'string' },
    family: { type: 'string' },
    repeats: { type: 'string', default: '5' },
    limit: { type: 'string', default: '30' },
    json: { type: 'string' },
  },
});
const threads = Number(values.threads);
const python = fileURLToPath(new URL('../build/venv-rivals/bin/python', import.meta.url));
const script = fileURLToPath(new URL('rivals/run.py', import.meta.url));
const installed = existsSync(python);
if (!installed) console.error('No rivals are installed (node bench/rivals/setup.mjs): qmlx alone.');

/** A rival in its process. */
async function start(name) {
  const lines = new LineProcess(python, ['-B', script, name, String(threads)]);
  const about = JSON.parse(await lines.read());
  const ask = async (request) => JSON.parse(await lines.ask(JSON.stringify(request)));
  return { name, ...about, ask, close: () => lines.close() };
}

/** qmlx with the same questions. */
function prepare({ circuit, shots }) {
  const begin = performance.now();
  const program = buildCircuit(circuit, { measured: shots !== undefined }).compile({ threads });
  const cost = circuit.cost && buildCost(circuit);
  let run = () => program.runSync();
  if (shots !== undefined) run = () => program.sampleSync([], { shots, seed: 1 });
  if (cost) run = () => program.expectationSync(cost);
  run();
  const build = performance.now() - begin;
  // Short runs are timed in blocks, as one alone is shorter than the clock is exact.
  const calls = Math.max(1, Math.min(1000, Math.round(1 / timeOf(run))));
  return { program, build, run: () => timeBlocks(run, calls, 1)[0] };
}

/** Fidelity of the rival's state with that of qmlx, on a sample of amplitudes. */
async function fidelity(rival, program, qubits) {
  const count = Math.min(2 ** qubits, 1024);
  const step = 2 ** qubits / count;
  const indices = Array.from({ length: count }, (_, k) => Math.floor(k * step));
  const { amplitudes } = await rival.ask({ amplitudes: indices });
  const mine = program.amplitudes();
  let [re, im, a, b] = [0, 0, 0, 0];
  for (const [k, [x, y]] of amplitudes.entries()) {
    const [u, v] = [mine[2 * indices[k]], mine[2 * indices[k] + 1]];
    re += u * x + v * y;
    im += u * y - v * x;
    a += u * u + v * v;
    b += x * x + y * y;
  }
  return (re * re + im * im) / (a * b);
}

/** Times of qmlx and of every rival on one row. */
async function compare(row, rivals) {
  const mine = prepare(row);
  const present = [];
  for (const rival of rivals) {
    const { build, setting } = await rival.ask({ circuit: row.circuit, shots: row.shots });
    if (row.shots === undefined && !row.circuit.cost) {
      const agreement = await fidelity(rival, mine.program, row.circuit.qubits);
      if (!(agreement >= 1 - 1e-5))
        throw new Error(`${rival.name} disagrees on ${row.name}: ${agreement}`);
    }
    present.push({ rival, build, setting });
  }
  const asked = present.map(
    ({ rival }) =>
      async () =>
        (await rival.ask({ run: 1 })).times[0],
  );
  const [own, ...others] = await interleave([mine.run, ...asked], Number(values.repeats));
  mine.program.dispose();
  return {
    name: row.name,
    goal: row.goal,
    qmlx: { build: mine.build, ...summary(own) },
    rivals: present.map(({ rival, build, setting }, k) => ({
      ...{ name: rival.name, precision: rival.precision, build, setting },
      ...summary(others[k]),
    })),
  };
}

/** Rivals that are many times slower than the best one on a large circuit would take minutes on it. */
function isWorthIt(name, { circuit }) {
  return name === values.rivals.split(',')[0] || circuit.qubits <= Number(values.limit);
}

const cell = (rival) => (rival ? `${formatTime(rival.min)} [${rival.setting}]` : '');

function report(results, names) {
  const lines = results.map(({ name, goal, qmlx, rivals }) => {
    const ratio = (best) => `${(best.min / qmlx.min).toFixed(2)} × ${best.name}`;
    return [
      ...[name, `${formatTime(qmlx.min)} (${formatTime(qmlx.median)})`],
      ...names.map((rival) => cell(rivals.find(({ name }) => name === rival))),
      ...[rivals.length > 0 ? ratio(rivals.reduce((a, b) => (b.min < a.min ? b : a))) : '', goal],
    ];
  });
  const head = ['circuit', 'qmlx min (median)', ...names];
  console.log(table([...head, 'ratio to the best', 'goal'], lines));
}

const machine = { ...describeMachine(), computeScaling: await computeScaling(), threads };
const yardstick = startScalePass(24, threads);
const [scale] = await interleave([yardstick.scale], 5);
yardstick.close();
machine.scaleGBs = (2 * 8 * 2 ** 24) / Math.min(...scale) / 1e6;
console.log(
  `${machine.processor}: two threads compute ${machine.computeScaling.toFixed(2)} × one;`,
);
console.log(`in-place scale ${machine.scaleGBs.toFixed(1)} GB/s. qulacs computes in complex128.\n`);
const rivals = installed ? await Promise.all(values.rivals.split(',').map(start)) : [];
const chosen = allRows.filter(
  ({ circuit, name }) =>
    (values.qubits === undefined || circuit.qubits === Number(values.qubits)) &&
    (values.family === undefined || name.includes(values.family)),
);
const results = [];
for (const row of chosen) {
  const wanted = rivals.filter(({ name }) => isWorthIt(name, row));
  results.push(await compare(row, wanted));
  console.error(`${row.name}: done`);
}
if (results.length > 0) {
  report(
    results,
    rivals.map(({ name }) => name),
  );
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
for (const rival of rivals) rival.close();
