// Writes the figures of bench/results into docs/benchmarks.md: one section for each file, between comments with its name.
//   node bench/report.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { gpuReport } from './gpu-report.mjs';
import { formatTime, table } from './measure.mjs';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const page = place('../docs/benchmarks.md');

const best = (rivals) => rivals.reduce((a, b) => (b.min < a.min ? b : a), { min: Infinity });

/** One line a circuit: every simulator's shortest time, and how far qmlx is ahead of the best other one. */
function comparisonTable({ results }) {
  const names = [...new Set(results.flatMap(({ rivals }) => rivals.map(({ name }) => name)))];
  const lines = results.map(({ name, qmlx, rivals, goal }) => {
    const times = names.map((other) => rivals.find(({ name: mine }) => mine === other)?.min ?? NaN);
    const { min } = best(rivals);
    return [
      ...[name, formatTime(qmlx.min), formatTime(qmlx.median), ...times.map(formatTime)],
      ...[Number.isFinite(min) ? `${(min / qmlx.min).toFixed(2)} ×` : '', goal],
    ];
  });
  return table(['circuit', 'qmlx', 'median', ...names, 'ahead by', 'goal'], lines);
}

/** The rows that concern qmlx alone. */
function ownTable({ rows }) {
  const lines = rows.map(({ what, min, median, ratio, goal, unit }) => [
    ...[what, formatTime(min), formatTime(median)],
    ...(goal === undefined
      ? ['', '']
      : [`${ratio.toPrecision(3)} ${unit}`, `≤ ${Number(goal.toPrecision(3))}`]),
  ]);
  return table(['work', 'shortest', 'median', 'figure', 'goal'], lines);
}

/** A machine's section: GPUs have figures of their own kind. */
function section(figures) {
  return 'crossover' in figures ? gpuReport(figures) : cpuReport(figures);
}

function cpuReport({ title, comparison, own }) {
  const { machine } = comparison;
  const { versions } = machine;
  return `## ${title}

${machine.processors} × ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.engines[0].variant}; Node ${versions.node}, qmlx ${versions.qmlx}.
Measured on ${machine.date.slice(0, 10)} with \`npm run bench\`: ${machine.threads} threads, the shortest of interleaved repeats, circuits from |0…0⟩, results compared
before times count. Rivals by their own simulation call on a translated circuit, at their best setting; qulacs computes in complex128. In the same run two threads
computed ${machine.computeScaling.toFixed(2)} × as much as one, and an in-place scale of 2^24 amplitudes ran at ${machine.scaleGBs.toFixed(1)} GB/s.

${comparisonTable(comparison)}

${ownTable(own)}
`;
}

let text = readFileSync(page, 'utf8');
for (const file of readdirSync(place('results')).filter((name) => name.endsWith('.json'))) {
  const name = basename(file, '.json');
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const made = `${begin}\n\n${section(JSON.parse(readFileSync(place(`results/${file}`), 'utf8')))}\n${end}`;
  const known = text.includes(begin);
  text = known
    ? text.slice(0, text.indexOf(begin)) + made + text.slice(text.indexOf(end) + end.length)
    : text.replace(/^# Benchmarks\n/, `# Benchmarks\n\n${made}\n`);
}
writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
