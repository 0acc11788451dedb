// How fast OpenQASM 2 and 3 are read: `node bench/qasm-parse.mjs`. Goals: 40,000 statements in 643 KB in ≤ 0.5 s, the first
// time in a process; time in proportion to size up to 16 MiB; every hostile text of the tests answered in ≤ 100 ms
// with ≤ 64 MiB of growth. Each figure is from a process of its own. On a busy machine the processor time (of all
// threads, so also of compiling and collecting garbage) says more than the time that passed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { qasm } from 'qmlx';
import ts from 'typescript';
import { formatTime, table } from './measure.mjs';

const self = fileURLToPath(import.meta.url);
const mebi = 2 ** 20;

/** A program of so many statements, 16 bytes each on average. */
function program(statements, version) {
  const lines =
    version === 2
      ? ['OPENQASM 2.0;', 'include "qelib1.inc";', 'qreg q[20];']
      : ['OPENQASM 3.0;', 'include "stdgates.inc";', 'qubit[20] q;'];
  for (let k = 0; k < statements; k++) {
    const [a, b] = [k % 20, (k * 7 + 3) % 20];
    const call = [
      `h q[${a}];`,
      `cx q[${a}], q[${a === b ? (a + 1) % 20 : b}];`,
      `rz(${(0.37 * k).toFixed(3)}) q[${a}];`,
      `rx(pi/${(k % 63) + 2}) q[${a}];`,
    ];
    lines.push(call[k % 4]);
  }
  return `${lines.join('\n')}\n`;
}

/** The texts that the tests hold to be hostile. */
async function hostileTexts() {
  const source = fileURLToPath(new URL('../test/fixtures/qasm/hostile.ts', import.meta.url));
  const folder = fileURLToPath(new URL('../build/bench', import.meta.url));
  const target = `${folder}/hostile.mjs`;
  mkdirSync(folder, { recursive: true });
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
    compilerOptions: options,
  });
  writeFileSync(target, outputText);
  return (await import(pathToFileURL(target).href)).hostileTexts;
}

const texts = {
  'statements of 2': (count) => program(Number(count), 2),
  'statements of 3': (count) => program(Number(count), 3),
  hostile: async (name) => (await hostileTexts()).find((text) => text.name === name).text(),
};

/** In the child: reads one text and prints time and growth. */
async function measure(kind, argument) {
  const text = await texts[kind](argument);
  // Joins the pieces the text was made of, which a file would not have.
  const bytes = Buffer.byteLength(text);
  const before = process.resourceUsage().maxRSS;
  const processorBefore = process.cpuUsage();
  const start = performance.now();
  const result = qasm.tryParse(text);
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(processorBefore);
  const grown = (process.resourceUsage().maxRSS - before) * 1024;
  const code = result.ok ? 'read' : result.diagnostics.find((d) => d.severity === 'error').code;
  console.log(
    JSON.stringify({ bytes, milliseconds, processor: (user + system) / 1000, grown, code }),
  );
}

function inChild(kind, argument) {
  const { stdout, status } = spawnSync(process.execPath, [self, kind, String(argument)]);
  if (status !== 0) throw new Error(`reading ${kind} ${argument} ended with status ${status}`);
  return JSON.parse(String(stdout));
}

/** The best of some runs: other work on the machine only ever adds. */
function best(kind, argument, runs) {
  const results = Array.from({ length: runs }, () => inChild(kind, argument));
  return results.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

async function report() {
  const counts = [10_000, 40_000, 160_000, 640_000, 1_000_000];
  const cells = [2, 3].flatMap((version) => counts.map((count) => [version, count]));
  const sizes = cells.map(([version, count]) => {
    const { bytes, milliseconds, processor, grown } = best(`statements of ${version}`, count, 3);
    const rate = `${(bytes / mebi / (milliseconds / 1000)).toFixed(1)} MiB/s`;
    return [
      version,
      count,
      `${Math.round(bytes / 1024)} KiB`,
      formatTime(milliseconds),
      formatTime(processor),
      rate,
      mebibytes(grown),
    ];
  });
  console.log(
    table(['version', 'statements', 'size', 'time', 'processor time', 'rate', 'growth'], sizes),
  );
  const rows = (await hostileTexts()).map(({ name }) => {
    const { milliseconds, processor, grown, code } = best('hostile', name, 2);
    const isGood = Math.min(milliseconds, processor) <= 100 && grown <= 64 * mebi;
    return [
      name,
      code,
      formatTime(milliseconds),
      formatTime(processor),
      mebibytes(grown),
      isGood ? '' : 'over',
    ];
  });
  console.log(
    `\n${table(['hostile text', 'answer', 'time', 'processor time', 'growth', ''], rows)}`,
  );
  if (rows.some((row) => row.at(-1) !== '')) process.exitCode = 1;
}

const mebibytes = (bytes) => `${(bytes / mebi).toFixed(0)} MiB`;

const [kind, argument] = process.argv.slice(2);
if (kind === undefined) await report();
else await measure(kind, argument);
