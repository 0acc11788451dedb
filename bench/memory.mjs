// Measurements that need a process of their own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const prelude = `
  import { readFileSync } from 'node:fs';
  import { buildCircuit } from '../dist/bench/gate-list.js';
  import * as families from '../dist/bench/families.js';
  const status = (key) => Number(new RegExp(key + ':\\\\s+(\\\\d+)').exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;`;

/** Runs a piece of code in a process of its own, with a value as its standard input, and gives what it logs as JSON. */
function alone(code, input = null) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', prelude + code],
    { cwd: folder, encoding: 'utf8', input: JSON.stringify(input) },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Bytes by which evolving a circuit lets a process grow that has already run a small one. */
export function memoryGrowth(list) {
  return alone(
    `
    const list = JSON.parse(readFileSync(0, 'utf8'));
    await buildCircuit(families.grid(4, 2)).probabilities();
    const program = buildCircuit(list).compile();
    const idle = status('VmRSS');
    program.runSync();
    console.log(JSON.stringify(status('VmHWM') - idle));`,
    list,
  );
}

/** First run (with its memory) and later runs of the largest size. */
export function largestRun() {
  const { first, times } = alone(`
    const program = buildCircuit(families.qft(28)).compile();
    const run = () => { const start = performance.now(); program.runSync(); return performance.now() - start; };
    const first = run();
    console.log(JSON.stringify({ first, times: [run(), run()] }));`);
  const [min, median] = [Math.min(...times), Math.max(...times)];
  return { min, median, figure: first, unit: 'ms, the first run' };
}
