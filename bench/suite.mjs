// The whole suite: rows of qmlx alone, and the comparison with installed rivals. Every row is kept in
// bench/results/NAME.json as soon as it is measured, so that the suite can be run in pieces; the last one writes that
// machine's section of docs/benchmarks.md.
//   npm run build && node bench/rivals/setup.mjs
//   npm run bench -- [--name NAME] [--title TITLE] [--threads N] [--repeats N] [--rivals LIST]
//     [--only TEXT: rows whose name holds it, may be repeated] [--list: only names the rows]
//     [--resume: only rows that have no figures yet] [--minutes N: begins no row after N minutes]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, rivalsInstalled, startRival } from './compare.mjs';
import { rows as compared } from './goals.mjs';
import { describeMachine, describeMoment } from './machine.mjs';
import { formatTime } from './measure.mjs';
import { ownRows } from './own-rows.mjs';
import { comparisonLine, ownLine, writeReport } from './report.mjs';

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'cpu' },
    title: { type: 'string', default: cpus()[0]?.model ?? 'CPU' },
    threads: { type: 'string', default: '2' },
    repeats: { type: 'string', default: '7' },
    rivals: { type: 'string', default: 'qsim,lightning,qulacs,scaluq' },
    only: { type: 'string', multiple: true, default: [''] },
    list: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    minutes: { type: 'string', default: 'Infinity' },
  },
});
const threads = Number(values.threads);
/** Milliseconds of a row's repeats after which three are enough. */
const BUDGET = 30_000;
/** Most qubits on which rivals other than the first take part: on more they are several times slower than it. */
const OTHERS_UP_TO = 16;

const results = fileURLToPath(new URL('results', import.meta.url));
const file = `${results}/${values.name}.json`;

const rows = [
  ...ownRows.map((row) => ({ ...row, kind: 'own' })),
  ...compared.map((row) => ({ ...row, kind: 'comparison' })),
];

function chosen(kept) {
  const texts = values.only.map((text) => text.toLowerCase());
  return rows.filter(
    ({ name }) =>
      texts.some((text) => name.toLowerCase().includes(text)) &&
      !(values.resume && kept.rows.some((row) => row.name === name)),
  );
}

/** Rivals that may win this row. */
function contestants({ circuit, everyRival = false }, rivals) {
  return rivals.filter((_, k) => k === 0 || everyRival || circuit.qubits <= OTHERS_UP_TO);
}

async function measure(row, rivals) {
  const { name, goal, kind } = row;
  if (kind === 'own') return { kind, name, goal, ...(await row.measure(threads)) };
  const options = { threads, repeats: Number(values.repeats), budget: BUDGET };
  return { kind, ...(await compare(row, contestants(row, rivals), options)) };
}

/** Figures of earlier pieces; none without --resume or --only. */
function earlier() {
  const goesOn = values.resume || values.only[0] !== '';
  if (goesOn && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  return { title: values.title, machine: describeMachine(), pieces: [], rows: [] };
}

function keep(kept, figures) {
  const order = rows.map(({ name }) => name);
  kept.rows = [...kept.rows.filter(({ name }) => name !== figures.name), figures].sort(
    (a, b) => order.indexOf(a.name) - order.indexOf(b.name),
  );
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
}

async function runPiece(kept, wanted) {
  const begin = performance.now();
  const moment = await describeMoment(threads);
  console.log(
    `two threads compute ${moment.computeScaling.toFixed(2)} × one; in-place scale ${moment.scaleGBs.toFixed(1)} GB/s; load ${moment.load.toFixed(1)}`,
  );
  if (threads > 1 && moment.computeScaling < 1.6) {
    console.log('Two threads have less than two cores: judge by --threads 1 --name cpu-1.');
  }
  const piece = kept.pieces.push(moment) - 1;
  const names = rivalsInstalled ? values.rivals.split(',') : [];
  if (!rivalsInstalled) console.log('No rivals are installed (node bench/rivals/setup.mjs).');
  const comparing = wanted.some(({ kind }) => kind === 'comparison');
  const rivals = comparing ? await Promise.all(names.map((name) => startRival(name, threads))) : [];
  let left = wanted.length;
  for (const row of wanted) {
    if (performance.now() - begin > Number(values.minutes) * 60_000) break;
    const start = performance.now();
    const figures = { ...(await measure(row, rivals)), piece };
    keep(kept, figures);
    const line = figures.kind === 'own' ? ownLine(figures) : comparisonLine(figures);
    console.log(`${line}  [${formatTime(performance.now() - start)}]`);
    left--;
  }
  for (const rival of rivals) rival.close();
  return left;
}

const kept = earlier();
const wanted = chosen(kept);
if (values.list) {
  console.log(wanted.map(({ name }) => name).join('\n'));
} else {
  const left = wanted.length === 0 ? 0 : await runPiece(kept, wanted);
  const missing = rows.length - kept.rows.length;
  if (missing === 0) await writeReport();
  console.log(
    missing > 0
      ? `${missing} rows have no figures yet; ${left} of this piece: --resume measures them.`
      : `All rows measured: bench/results/${values.name}.json, docs/benchmarks.md.`,
  );
}
