// What a measurement has to name: processor, versions, how two threads scale, and memory speed in the same run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { info } from 'qmlx';
import { LineProcess } from './line-process.mjs';
import { interleave } from './measure.mjs';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = place('../build/bench');

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

/** What belongs to a series of measurements: how two threads scale now, the speed of memory, the load before. */
export async function describeMoment(threads) {
  const load = loadavg()[0];
  const scaling = await computeScaling();
  const yardstick = startScalePass(24, threads);
  const [scale] = await interleave([yardstick.scale], 5);
  yardstick.close();
  const scaleGBs = (2 * 8 * 2 ** 24) / Math.min(...scale) / 1e6;
  return { date: new Date().toISOString(), threads, load, computeScaling: scaling, scaleGBs };
}

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
  const [one, two] = await interleave([() => run(workers.slice(0, 1)), () => run(workers)], 4);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return (2 * Math.min(...one)) / Math.min(...two);
}

/** Builds a C++ program of this folder if it is older than what it is made of; gives its path. */
function buildNative(name, inputs, options) {
  const program = join(folder, name);
  const sources = [name + '.cpp', ...inputs].map(place);
  const newest = Math.max(...sources.map((source) => statSync(source).mtimeMs));
  if (!existsSync(program) || statSync(program).mtimeMs < newest) {
    mkdirSync(folder, { recursive: true });
    const compiler = process.env.CXX ?? 'c++';
    const all = ['-std=c++20', ...options, '-pthread', '-o', program, ...sources];
    const { status } = spawnSync(compiler, all, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`${compiler} could not build bench/${name}.cpp.`);
  }
  return program;
}

/** Starts the native yardstick for 2^qubits amplitudes. */
export function startScalePass(qubits, threads) {
  const program = buildNative('scale-pass', [], ['-O3', '-march=native']);
  const yardstick = new LineProcess(program, [String(qubits), String(threads)]);
  return {
    scale: async () => Number(await yardstick.ask('scale')),
    copy: async () => Number(await yardstick.ask('copy')),
    close: () => yardstick.close(),
  };
}

/** Milliseconds of a pass of the engine with one gate, for the bit of each qubit, from a state full of numbers. */
export function oneGatePasses(qubits, threads) {
  const libraries = ['../build/libqmlx_cpu.a', '../build/libqmlx_core.a'];
  const headers = ['-O2', `-I${place('../native')}`, `-I${place('../test/native')}`];
  const program = buildNative('native-cpu', libraries, headers);
  const { status, stdout } = spawnSync(program, [threads, '-', qubits, 'gates'].map(String), {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('bench/native-cpu.cpp failed.');
  return Array.from(stdout.matchAll(/bit +(\d+): ([\d.]+) ms/g), ([, bit, time]) => ({
    qubit: qubits - 1 - Number(bit),
    time: Number(time),
  }));
}
