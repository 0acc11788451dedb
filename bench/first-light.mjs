// First figures of the CPU engine. Writes a table on standard output, and JSON to the file named as argument.
//   npm run build && node bench/first-light.mjs [FILE] [--quick]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { circuit, param } from 'qmlx';
import { buildCircuit } from '../dist/bench/gate-list.js';
import * as families from '../dist/bench/families.js';
import { computeScaling, describeMachine, startScalePass } from './machine.mjs';
import { formatTime, interleave, summary, table, timeBlocks, timeOf } from './measure.mjs';

const quick = process.argv.includes('--quick');
const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const large = quick ? 22 : 26;
const largest = quick ? 24 : 28;
const goalMemory = 64 * 2 ** 20;

/** H on every qubit against two in-place scale passes over as many amplitudes. */
async function layerAgainstScale(threads) {
  const yardstick = startScalePass(large, threads);
  const program = buildCircuit(families.hLayer(large)).compile({ threads });
  program.runSync();
  const [layer, scale, copy] = await interleave(
    [() => timeOf(() => program.runSync()), yardstick.scale, yardstick.copy],
    quick ? 3 : 9,
  );
  program.dispose();
  yardstick.close();
  const best = { layer: summary(layer), scale: summary(scale), copy: summary(copy) };
  const bytes = 8 * 2 ** large;
  return {
    what: `H layer, ${large} qubits, ${threads} threads`,
    ...best.layer,
    scalePass: best.scale,
    copyGBs: bytes / best.copy.min / 1e6,
    scaleGBs: (2 * bytes) / best.scale.min / 1e6,
    ratio: best.layer.min / (2 * best.scale.min),
    goal: 3,
    unit: '× two scale passes',
  };
}

/** 67 RY with parameters of their own and 33 CX on 10 qubits, run again with new values. */
function smallCircuit() {
  const built = circuit(10);
  const names = Array.from({ length: 67 }, (_, k) => `t${k}`);
  for (let k = 0; k < 100; k++) {
    if (k % 3 === 2) built.cx(k % 10, (k + 3) % 10);
    else built.ry(param(names[k - Math.floor(k / 3)]), k % 10);
  }
  const program = built.compile({ threads: 1 });
  const values = new Float64Array(names.length).map((_, k) => 0.1 * k);
  const run = (call) => {
    values[call % values.length] += 1e-3;
    program.runSync(values);
  };
  timeBlocks(run, 2000, 3);
  const times = timeBlocks(run, quick ? 500 : 2000, quick ? 5 : 30);
  program.dispose();
  return {
    what: `10 qubits, ${built.size} gates, 67 parameters, from JavaScript`,
    ...summary(times),
    ratio: Math.min(...times) * 1e3,
    goal: 20,
    unit: 'µs a run',
  };
}

/** Runs a piece of code in a process of its own and gives what it logs as JSON. */
function alone(code) {
  const prelude = `
    import { readFileSync } from 'node:fs';
    import { buildCircuit } from '../dist/bench/gate-list.js';
    import * as families from '../dist/bench/families.js';
    const status = (key) => Number(new RegExp(key + ':\\\\s+(\\\\d+)').exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', prelude + code],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Peak memory of evolving a state, from an idle process that has already run a small circuit. */
function peakMemory(qubits) {
  const state = 8 * 2 ** qubits;
  const { growth, time } = alone(`
    await buildCircuit(families.grid(4, 2)).probabilities();
    const idle = status('VmRSS');
    const program = buildCircuit(families.grid(${qubits}, ${quick ? 4 : 10})).compile();
    const start = performance.now();
    program.runSync();
    console.log(JSON.stringify({ growth: status('VmHWM') - idle, time: performance.now() - start }));`);
  return {
    what: `peak memory, random grid on ${qubits} qubits`,
    min: time,
    median: time,
    growth,
    ratio: growth / state,
    goal: 1.05 + goalMemory / state,
    unit: '× the state',
  };
}

/** First run (with its memory) and later runs of the largest size. */
function largestRun() {
  const { first, times } = alone(`
    const program = buildCircuit(families.qft(${largest})).compile();
    const run = () => { const start = performance.now(); program.runSync(); return performance.now() - start; };
    const first = run();
    console.log(JSON.stringify({ first, times: [run(), run()] }));`);
  return {
    what: `QFT, ${largest} qubits (first run ${formatTime(first)})`,
    first,
    ...summary(times),
  };
}

/** 100,000 shots from a random state, beyond what the state itself takes. */
async function sampling(qubits, goal) {
  const family = families.grid(qubits, quick ? 4 : 20);
  const evolving = buildCircuit(family).compile();
  const measuring = buildCircuit(family, { measured: true }).compile();
  const shots = 100_000;
  evolving.runSync();
  measuring.sampleSync([], { shots, seed: 1 });
  const [evolve, sample] = await interleave(
    [
      () => timeOf(() => evolving.runSync()),
      () => timeOf(() => measuring.sampleSync([], { shots, seed: 1 })),
    ],
    quick ? 3 : 7,
  );
  evolving.dispose();
  measuring.dispose();
  const { sample: part } = (await buildCircuit(family, { measured: true }).run({ shots })).timings;
  return {
    what: `100,000 shots, random grid on ${qubits} qubits, sampling part`,
    min: summary(sample).min - summary(evolve).min,
    median: summary(sample).median - summary(evolve).median,
    inEngine: part,
    ratio: part ?? summary(sample).min - summary(evolve).min,
    goal,
    unit: 'ms in the engine',
  };
}

const machine = { ...describeMachine(), computeScaling: await computeScaling() };
console.log(`${machine.processor}, ${machine.processors} processors, ${machine.memoryGiB} GiB`);
console.log(
  `qmlx ${machine.versions.qmlx}, Node ${machine.versions.node}, ${machine.engines[0].variant}`,
);
console.log(`two threads compute ${machine.computeScaling.toFixed(2)} times as much as one\n`);
const rows = [
  await layerAgainstScale(1),
  await layerAgainstScale(2),
  smallCircuit(),
  peakMemory(large),
  largestRun(),
  await sampling(20, 2),
  await sampling(quick ? 22 : 24, 10),
];
console.log(
  table(
    ['work', 'min', 'median', 'figure', 'goal'],
    rows.map(({ what, min, median, ratio, goal, unit }) => [
      ...[what, formatTime(min), formatTime(median)],
      ...(goal === undefined
        ? ['', '']
        : [`${ratio.toPrecision(3)} ${unit}`, `≤ ${Number(goal.toPrecision(3))}`]),
    ]),
  ),
);
for (const { what, copyGBs, scaleGBs } of rows.filter(({ copyGBs }) => copyGBs)) {
  console.log(
    `${what}: copy ${copyGBs.toFixed(1)} GB/s, scale in place ${scaleGBs.toFixed(1)} GB/s`,
  );
}
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
