// Circuits with measurements in the middle: qmlx against its own static run, and against Aer's shots where it is
// installed (node bench/rivals/setup.mjs).
//   node bench/feedback.mjs [--threads 2] [--repeats 7] [--json FILE]
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { qasm } from 'qmlx';
import * as circuits from './feedback-circuits.mjs';
import { LineProcess } from './line-process.mjs';
import { computeScaling, describeMachine } from './machine.mjs';
import { formatTime, interleave, summary, table } from './measure.mjs';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    repeats: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});
const [threads, repeats] = [Number(values.threads), Number(values.repeats)];

const rows = [
  {
    name: 'syndrome and correction, 5 qubits, 3 rounds, 10,000 shots',
    built: circuits.syndromeRounds(),
    shots: 10_000,
    goal: ({ qmlx, aer }) => [[qmlx, 5, 'ms'], ...(aer ? [[aer / qmlx, 20, '× Aer']] : [])],
  },
  {
    name: 'teleportation, 3 qubits, 10,000 shots',
    built: circuits.teleport(),
    shots: 10_000,
    goal: ({ qmlx, aer }) => [[qmlx, 2, 'ms'], ...(aer ? [[aer / qmlx, 20, '× Aer']] : [])],
  },
  {
    name: 'teleportation in the middle, 20 qubits, 100,000 shots',
    built: circuits.teleportInTheMiddle(20),
    plain: circuits.withoutTeleport(20),
    shots: 100_000,
    goal: ({ qmlx, plain }) => [[qmlx / plain, 4, '× one static run']],
  },
];

/** Aer in a process of its own, or nothing. */
async function startAer() {
  const python = fileURLToPath(new URL('../build/venv-rivals/bin/python', import.meta.url));
  if (!existsSync(python)) return undefined;
  const script = fileURLToPath(new URL('rivals/feedback_with_aer.py', import.meta.url));
  const lines = new LineProcess(python, ['-B', script, String(threads)]);
  const about = JSON.parse(await lines.read());
  const ask = async (request) => JSON.parse(await lines.ask(JSON.stringify(request)));
  return { ...about, ask, close: () => lines.close() };
}

/** Milliseconds of one run, promise and result included. */
async function timeRun(built, shots, seed) {
  const start = performance.now();
  await built.run({ shots, seed, threads, memory: false });
  return performance.now() - start;
}

/** Largest difference between two distributions of outcomes. */
function distance(counts, others, shots) {
  const keys = new Set([...counts.keys(), ...Object.keys(others)]);
  const differences = [...keys].map((key) => (counts.get(key) ?? 0) - (others[key] ?? 0));
  return Math.max(...differences.map(Math.abs)) / shots;
}

async function measure({ name, built, plain, shots, goal }, aer) {
  let seed = 0;
  const actions = { qmlx: () => timeRun(built, shots, ++seed) };
  if (plain) actions.plain = () => timeRun(plain, shots, ++seed);
  let setting;
  // Aer follows 20 qubits shot by shot for hours.
  if (aer && built.qubits <= 8) {
    const told = await aer.ask({ qasm: qasm.stringify(built), shots });
    setting = told.setting;
    const { counts } = await built.run({ shots, seed: 1 });
    const far = distance(counts, told.counts, shots);
    if (far > 6 * Math.sqrt(0.5 / shots)) throw new Error(`Aer disagrees on ${name} by ${far}.`);
    actions.aer = async () => (await aer.ask({ run: 1 })).time;
  }
  for (const action of Object.values(actions)) await action();
  const times = await interleave(Object.values(actions), repeats);
  const found = Object.fromEntries(Object.keys(actions).map((key, k) => [key, summary(times[k])]));
  const least = Object.fromEntries(Object.entries(found).map(([key, { min }]) => [key, min]));
  return { name, ...found, setting, goals: goal(least) };
}

const machine = { ...describeMachine(), computeScaling: await computeScaling(), threads };
const aer = await startAer();
console.log(`${machine.processor}, ${threads} threads, qmlx ${machine.versions.qmlx}`);
console.log(aer ? `Aer ${aer.version}, Qiskit ${aer.qiskit}\n` : 'Aer is not installed.\n');
const results = [];
for (const row of rows) results.push(await measure(row, aer));
aer?.close();
const text = ([figure, bound, unit]) =>
  `${figure.toPrecision(3)} ${unit} (${unit === '× Aer' ? '≥' : '≤'} ${bound})`;
console.log(
  table(
    ['circuit', 'qmlx min (median)', 'static run', 'Aer', 'figures (goals)'],
    results.map(({ name, qmlx, plain, aer: rival, setting, goals }) => [
      ...[name, `${formatTime(qmlx.min)} (${formatTime(qmlx.median)})`],
      plain ? `${formatTime(plain.min)} (${formatTime(plain.median)})` : '',
      rival ? `${formatTime(rival.min)} [${setting}]` : '',
      goals.map(text).join(', '),
    ]),
  ),
);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
