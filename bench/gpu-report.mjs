// A GPU's section of docs/benchmarks.md, from the figures that bench/gpu.mjs wrote.
import { formatTime, table } from './measure.mjs';

/** A line for each circuit. */
export function circuitsTable(circuits) {
  return table(
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
      ...[name, qubits, gates, passes, formatTime(first), formatTime(min), formatTime(median)],
      ...[trial ? formatTime(trial) : '', goal ? `≤ ${formatTime(goal)}` : ''],
    ]),
  );
}

/** Markdown of one file of figures. */
export function gpuReport({ machine, circuits, small, crossover, memory, largest }) {
  const { gpu, driver, versions, processor, processors } = machine;
  return `## ${gpu}

Driver ${driver}, CUDA libraries ${versions.cuda}, MLX ${versions.mlx}, Node ${versions.node}, qmlx ${versions.qmlx}; host: ${processors} × ${processor}. Measured on ${machine.date.slice(0, 10)} with
\`node bench/gpu.mjs --json FILE\` in the bundle of [gpu-testing.md](gpu-testing.md). \`program.runSync()\` from JavaScript, in place, from |0…0⟩; "first run" has the planning in it.
"First trial" is a trial of the scheme before qmlx, kernels alone.

${circuitsTable(circuits)}

${table(
  ['small runs', 'measured', 'goal'],
  [
    ['10 qubits, 67 parameters, 33 CX: one run', formatTime(small.one.min), '≤ 150 µs'],
    [
      `the same, ${small.rows.toLocaleString('en')} rows by \`runMany\`, a row`,
      formatTime(small.batch.min / small.rows),
      '≤ 5 µs',
    ],
    [
      'three Pauli terms of all these rows, a row',
      formatTime(small.expectations.min / small.rows),
      '',
    ],
  ],
)}

Memory on the card grows by ${memory.growth.toFixed(2)} × the state for an ansatz on ${memory.qubits} qubits (goal ≤ 1.05). A GHZ state of ${largest.qubits} qubits, 128 GiB, with 1,000 shots takes ${formatTime(largest.milliseconds)}; a second one
is refused: "${largest.refusal}" The next run is as good as any.

The ansatz of five layers on both devices, from which \`'auto'\` takes the GPU at 17 qubits:

${table(
  ['qubits', ...crossover.map(({ qubits }) => qubits)],
  [
    [`CPU, ${processors} threads`, ...crossover.map(({ cpu }) => formatTime(cpu))],
    ['GPU', ...crossover.map(({ gpu: time }) => formatTime(time))],
  ],
)}
`;
}
