// QASMBench against Qiskit Aer:  node bench/qasm/qasmbench.mjs QASMBENCH [PYTHON]
// QASMBENCH is a checkout of that collection, PYTHON an interpreter with qiskit-aer (build/venv-rivals has one:
// node bench/rivals/setup.mjs). Every program is read; those of at most 20 qubits are run on both sides, and the
// counts must be two samples of one distribution (chi-square, refused below p = 1e-6).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIMITS, qasm } from 'qmlx';

const [
  folder,
  python = fileURLToPath(new URL('../../build/venv-rivals/bin/python', import.meta.url)),
] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.log('Skipped: name a checkout of QASMBench.');
  process.exit(0);
}
const shots = 4000;
const largest = 20;

const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.qasm'))
  .map((name) => join(folder, name))
  .filter((file) => statSync(file).size <= LIMITS.sourceBytes)
  .sort();

/** The upper tail of the chi-square distribution by the cube root of Wilson and Hilferty, good enough far out. */
function tail(statistic, degrees) {
  const z =
    (Math.cbrt(statistic / degrees) - (1 - 2 / (9 * degrees))) / Math.sqrt(2 / (9 * degrees));
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const upper =
    density *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? upper : 1 - upper;
}

/** Whether two lists of counts may come from one distribution; rare outcomes are put together. */
function likelihood(a, b) {
  let statistic = 0;
  let cells = 0;
  let [restA, restB] = [0, 0];
  const add = (x, y) => {
    statistic += (x - y) ** 2 / (x + y);
    cells += 1;
  };
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key) ?? 0, b.get(key) ?? 0];
    if (x + y >= 10) add(x, y);
    else [restA, restB] = [restA + x, restB + y];
  }
  if (restA + restB > 0) add(restA, restB);
  return cells < 2 ? (statistic > 0 && a.size !== b.size ? 0 : 1) : tail(statistic, cells - 1);
}

const summary = {
  read: 0,
  tooLarge: [],
  refused: [],
  agree: 0,
  decided: 0,
  differ: [],
  notCompared: [],
};
for (const file of files) {
  const name = relative(folder, file);
  const read = qasm.tryParse(readFileSync(file, 'utf8'), { file: name });
  if (!read.ok) {
    const first = read.diagnostics.find(({ severity }) => severity === 'error');
    const text = `${first.file}:${first.line}: ${first.message}`;
    (first.code === 'ERR_LIMIT' ? summary.tooLarge : summary.refused).push(text);
    continue;
  }
  summary.read += 1;
  const { circuit } = read;
  if (circuit.qubits > largest || !circuit.measured) continue;
  const { stdout, status } = spawnSync(
    python,
    [fileURLToPath(new URL('counts_with_aer.py', import.meta.url)), file, String(shots)],
    { encoding: 'utf8', timeout: 120_000, maxBuffer: 2 ** 28 },
  );
  if (status !== 0) {
    summary.notCompared.push(name);
    continue;
  }
  const theirs = new Map(Object.entries(JSON.parse(stdout)));
  const { counts } = await circuit.run({ shots, seed: 1 });
  const kinds = Object.keys(circuit.countOps());
  if (kinds.includes('if') || kinds.includes('reset')) summary.decided += 1;
  if (likelihood(counts, theirs) < 1e-6) summary.differ.push(name);
  else summary.agree += 1;
}
console.log(
  `${files.length} programs: ${summary.read} read, ${summary.tooLarge.length} beyond a limit, ${summary.refused.length} refused`,
);
for (const text of summary.refused) console.log(`  refused: ${text}`);
console.log(
  `at most ${largest} qubits: ${summary.agree} agree (${summary.decided} with if or reset), ${summary.differ.length} differ, ${summary.notCompared.length} not compared`,
);
for (const name of summary.differ) console.log(`  differs: ${name}`);
for (const name of summary.notCompared) console.log(`  not compared: ${name}`);
if (summary.differ.length > 0) process.exitCode = 1;
