// The GPU part of docs/benchmarks.md from the figures that bench/gpu.mjs wrote.
//   node bench/gpu-report.mjs bench/figures/nvidia-h200.json
import { readFileSync } from 'node:fs';
import { formatTime, table } from './measure.mjs';

/** Markdown of one file of figures. */
export function gpuReport({ machine, circuits, small, crossover, memory, largest }) {
  const { gpu, driver, versions, processor, processors } = machine;
  const micro = (milliseconds) => formatTime(milliseconds);
  return `## ${gpu}

Driver ${driver}, CUDA libraries ${versions.cuda}, MLX ${versions.mlx}, Node ${versions.node}, qmlx ${versions.qmlx}; host: ${processors} × ${processor}. Measured on ${machine.date.slice(0, 10)} with
\`node bench/gpu.mjs --json FILE\` in the bundle of [gpu-testing.md](gpu-testing.md). \`program.runSync()\` from JavaScript, in place, from |0…0⟩; "first run" has the planning in it.
"First trial" is a trial of the scheme before qmlx, kernels alone.

${table(
  [
    'circuit',
    'qubits',
    'gates',
    'passes',
    'first run',
    'shortest',
    'median',
    'first trial',
    'goal',
  ],
  circuits.map(({ name, qubits, gates, passes, first, min, median, trial, goal }) => [
    ...[name, qubits, gates, passes, micro(first), micro(min), micro(median)],
    ...[trial ? micro(trial) : '', goal ? `≤ ${micro(goal)}` : ''],
  ]),
)}

${table(
  ['small runs', 'measured', 'goal'],
  [
    ['10 qubits, 67 parameters, 33 CX: one run', micro(small.one.min), '≤ 150 µs'],
    [
      `the same, ${small.rows.toLocaleString('en')} rows by \`runMany\`, a row`,
      micro(small.batch.min / small.rows),
      '≤ 5 µs',
    ],
    ['three Pauli terms of all these rows, a row', micro(small.expectations.min / small.rows), ''],
  ],
)}

Memory on the card grows by ${memory.growth.toFixed(2)} × the state for an ansatz on ${memory.qubits} qubits (goal ≤ 1.05). A GHZ state of ${largest.qubits} qubits, 128 GiB, with 1,000 shots takes ${micro(largest.milliseconds)}; a second one
is refused: "${largest.refusal}" The next run is as good as any.

The ansatz of five layers on both devices, from which \`'auto'\` takes the GPU at 17 qubits:

${table(
  ['qubits', ...crossover.map(({ qubits }) => qubits)],
  [
    [`CPU, ${processors} threads`, ...crossover.map(({ cpu }) => micro(cpu))],
    ['GPU', ...crossover.map(({ gpu: time }) => micro(time))],
  ],
)}
`;
}

if (import.meta.filename === process.argv[1]) {
  console.log(gpuReport(JSON.parse(readFileSync(process.argv[2], 'utf8'))));
}
