// What a measurement has to name: processor, versions, how two threads scale, and memory speed in the same run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { info } from 'qmlx';
import { LineProcess } from './line-process.mjs';

const source = fileURLToPath(new URL('scale-pass.cpp', import.meta.url));
const folder = fileURLToPath(new URL('../build/bench', import.meta.url));

/** Processor, memory, versions. */
export function describeMachine() {
  const processors = cpus();
  const { versions, engines } = info();
  return {
    processor: processors[0]?.model ?? 'unknown',
    processors: processors.length,
    memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
    platform: `${process.platform}-${process.arch}`,
    versions,
    engines: engines.map(({ device, variant, threads }) => ({ device, variant, threads })),
    date: new Date().toISOString(),
  };
}

const loop = `
  const { parentPort } = require('node:worker_threads');
  let x = 1;
  const start = performance.now();
  while (performance.now() - start < 20) x = Math.imul(x, 1664525) + 1013904223;
  parentPort.on('message', () => {
    const start = performance.now();
    for (let k = 0; k < 3e8; k++) x = Math.imul(x, 1664525) + 1013904223;
    parentPort.postMessage(performance.now() - start + (x === 0 ? 1 : 0));
  });`;

/** How much more two threads compute than one, at most 2. Shared machines sometimes give 1. */
export async function computeScaling() {
  const workers = [0, 1].map(() => new Worker(loop, { eval: true }));
  const run = async (used) => {
    const start = performance.now();
    await Promise.all(
      used.map(
        (worker) =>
          new Promise((resolve) => {
            worker.once('message', resolve);
            worker.postMessage(0);
          }),
      ),
    );
    return performance.now() - start;
  };
  await run(workers);
  const ratios = [];
  for (let k = 0; k < 3; k++)
    ratios.push((2 * (await run(workers.slice(0, 1)))) / (await run(workers)));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return Math.max(...ratios);
}

/** Builds the native yardstick if needed and starts it for 2^qubits amplitudes. */
export function startScalePass(qubits, threads) {
  const program = `${folder}/scale-pass`;
  if (!existsSync(program) || statSync(program).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(folder, { recursive: true });
    const compiler = process.env.CXX ?? 'c++';
    const options = ['-std=c++20', '-O3', '-march=native', '-pthread', '-o', program, source];
    const { status } = spawnSync(compiler, options, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`${compiler} could not build bench/scale-pass.cpp.`);
  }
  const yardstick = new LineProcess(program, [String(qubits), String(threads)]);
  return {
    scale: async () => Number(await yardstick.ask('scale')),
    copy: async () => Number(await yardstick.ask('copy')),
    close: () => yardstick.close(),
  };
}
