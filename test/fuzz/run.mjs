// Runs a program of this folder in processes of its own against the built package:
//   node test/fuzz/run.mjs NAME [--inputs 1e5] [--seed 1] [--processes 1] [--minutes 0]
// Input k depends on seed + k alone, so that any input can be made again. The parent watches for hangs and for memory;
// it ends with status 1 at the first failure and prints what failed.
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mebi = 2 ** 20;
/** Growth of one process that counts as a leak, in bytes. */
const MOST_MEMORY = 512 * mebi;
/** Milliseconds without an answer to one input after which the process is ended. */
const SILENCE = 60_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: 'string', default: '1e5' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '0' },
  },
});
const [name] = positionals;
const [inputs, seed, processes] = [values.inputs, values.seed, values.processes].map(Number);
const until = Number(values.minutes) > 0 ? Date.now() + Number(values.minutes) * 60_000 : Infinity;

function bundle() {
  const outfile = `${root}/build/fuzz/${name}.mjs`;
  mkdirSync(`${root}/build/fuzz`, { recursive: true });
  const entryPoints = [`${root}/test/fuzz/${name}.ts`];
  // `qmlx` stays outside, so that all parts share one copy of it.
  const options = { bundle: true, platform: 'node', format: 'esm', external: ['qmlx'] };
  buildSync({ entryPoints, outfile, logLevel: 'warning', ...options });
  return outfile;
}

const children = [];

/** One process with its share of the inputs; gives how many it did. */
function share(file, first, count) {
  return new Promise((resolve, reject) => {
    const child = fork(file, [String(first), String(count), String(until)], { cwd: root });
    children.push(child);
    let at = first;
    let heard = Date.now();
    let slowest = 0;
    let grown = 0;
    const end = (text) => {
      child.kill('SIGKILL');
      reject(new Error(text));
    };
    const watch = setInterval(() => {
      if (Date.now() - heard > SILENCE)
        end(`no answer from input ${at} or one of the next hundred`);
    }, 1000);
    child.on('message', (message) => {
      heard = Date.now();
      if (message.failure !== undefined) end(message.failure);
      ({ at, slowest, grown } = message);
      if (grown > MOST_MEMORY) end(`${Math.round(grown / mebi)} MiB more memory near input ${at}`);
    });
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      if (code === 0) resolve({ done: at - first, slowest, grown });
      else reject(new Error(`ended by ${signal ?? code} near input ${at}`));
    });
  });
}

const start = performance.now();
const file = bundle();
const size = Math.ceil(inputs / processes);
const shares = Array.from({ length: processes }, (_, k) =>
  share(file, seed + k * size, Math.max(0, Math.min(size, inputs - k * size))),
);
try {
  const results = await Promise.all(shares);
  const done = results.reduce((sum, result) => sum + result.done, 0);
  const most = (key) => Math.max(...results.map((result) => result[key]));
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(
    `${name}: ${done} inputs from seed ${seed} in ${seconds} s; the slowest took ${most('slowest').toFixed(0)} ms, ` +
      `memory grew by up to ${Math.round(most('grown') / mebi)} MiB`,
  );
  console.log('1 passed, 0 failed');
} catch (error) {
  for (const child of children) child.kill('SIGKILL');
  console.log(`${name}, seed ${seed}: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
