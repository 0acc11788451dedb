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

/** How far qmlx is ahead of the best rival, or its own time: what goals are about. */
function reached({ qmlx, rivals, goal }) {
  const { min, name } = best(rivals);
  const ahead = Number.isFinite(min) ? `${Number((min / qmlx.min).toPrecision(3))} × ${name}` : '';
  return { ahead, met: meets(goal, goal.endsWith('×') ? min / qmlx.min : qmlx.min * 1e3) };
}

/** Whether a figure meets a goal such as '≥ 3 ×' or '≤ 2 µs'; `undefined` where there is none. */
function meets(goal, figure) {
  const [, sign, number] = /^([≤≥]) ([\d.]+)(?: ×| µs)?$/.exec(goal) ?? [];
  if (sign === undefined || !Number.isFinite(figure)) return undefined;
  return sign === '≤' ? figure <= Number(number) : figure >= Number(number);
}

const verdict = (met) => (met === undefined ? '' : met ? 'met' : 'missed');
const withUnit = ({ figure, unit }) => `${Number(figure.toPrecision(3))} ${unit}`;

/** A row of the comparison in a line. */
export function comparisonLine(row) {
  const { ahead, met } = reached(row);
  return `${row.name}: ${formatTime(row.qmlx.min)} (${formatTime(row.qmlx.median)}), ${ahead}; ${row.goal} ${verdict(met)}`;
}

/** A row of qmlx alone in a line. */
export function ownLine(row) {
  return `${row.name}: ${withUnit(row)}; ${row.goal} ${verdict(meets(row.goal, row.figure))}`;
}

/** One line a circuit: every simulator's shortest time, and how far qmlx is ahead of the best other one. */
function comparisonTable(rows) {
  const names = [...new Set(rows.flatMap(({ rivals }) => rivals.map(({ name }) => name)))];
  const lines = rows.map((row) => {
    const { name, qmlx, rivals, goal } = row;
    const times = names.map((other) => rivals.find(({ name: mine }) => mine === other)?.min ?? NaN);
    const { ahead, met } = reached(row);
    return [
      ...[name, formatTime(qmlx.min), formatTime(qmlx.median), ...times.map(formatTime)],
      ...[ahead, goal, verdict(met)],
    ];
  });
  return table(['circuit', 'qmlx', 'median', ...names, 'ahead by', 'goal', ''], lines);
}

/** The rows that concern qmlx alone. */
function ownTable(rows) {
  const lines = rows.map((row) => [
    ...[row.name, withUnit(row), row.goal, verdict(meets(row.goal, row.figure))],
  ]);
  return table(['work', 'figure', 'goal', ''], lines);
}

/** A machine's section: GPUs have figures of their own kind. */
function section(figures) {
  return 'crossover' in figures ? gpuReport(figures) : cpuReport(figures);
}

/** Smallest and largest of a figure of the pieces. */
function range(pieces, key, digits) {
  const figures = pieces.map((piece) => piece[key].toFixed(digits));
  const sorted = [...new Set(figures)].sort((a, b) => a - b);
  return sorted.length > 1 ? `${sorted[0]} to ${sorted.at(-1)}` : sorted[0];
}

function cpuReport({ title, machine, pieces, rows }) {
  const { versions } = machine;
  const used = pieces.filter((_, piece) => rows.some((row) => row.piece === piece));
  const compared = rows.filter(({ kind }) => kind === 'comparison');
  const versionsOf = new Map(
    compared.flatMap(({ rivals }) => rivals.map(({ name, version }) => [name, version])),
  );
  return `## ${title}

${machine.processors} × ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.engines.find(({ device }) => device === 'cpu').variant}; Node ${versions.node}, qmlx ${versions.qmlx}; ${Array.from(versionsOf, (pair) => pair.join(' ')).join(', ')}.
Measured on ${used[0].date.slice(0, 10)} with \`npm run bench\` in ${used.length} ${used.length === 1 ? 'piece' : 'pieces'}: ${used[0].threads} threads, the shortest of interleaved repeats, circuits from |0…0⟩, results compared
before times count. Rivals by their own simulation call on a translated circuit, at their best setting; qulacs computes in complex128. Beside them two threads
computed ${range(used, 'computeScaling', 2)} × as much as one, an in-place scale of 2^24 amplitudes ran at ${range(used, 'scaleGBs', 1)} GB/s, and the load before was ${range(used, 'load', 1)}.

${comparisonTable(compared)}

${ownTable(rows.filter(({ kind }) => kind === 'own'))}
`;
}

/** Writes every section. */
export async function writeReport() {
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
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeReport();
