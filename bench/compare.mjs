// One row of the comparison: qmlx and the rivals of bench/rivals on the same circuit, each in a process of its own,
// A-B-A-B, results compared before times count.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { linspace, param } from 'qmlx';
import { buildCircuit, buildCost } from '../dist/bench/gate-list.js';
import { LineProcess } from './line-process.mjs';
import { interleave, summary, timeBlocks, timeOf } from './measure.mjs';

const python = fileURLToPath(new URL('../build/venv-rivals/bin/python', import.meta.url));
const script = fileURLToPath(new URL('rivals/run.py', import.meta.url));

/** Milliseconds that a row's repeats take at least. */
const LEAST = 2000;

/** Whether bench/rivals/setup.mjs has been run. */
export const rivalsInstalled = existsSync(python);

/** A rival in its process. */
export async function startRival(name, threads) {
  const lines = new LineProcess(python, ['-B', script, name, String(threads)]);
  const about = JSON.parse(await lines.read());
  const ask = async (request) => JSON.parse(await lines.ask(JSON.stringify(request)));
  return { name, ...about, ask, close: () => lines.close() };
}

/** qmlx with the same questions. */
function prepare({ circuit, shots, points }, threads) {
  if (points !== undefined) return prepareSweep(circuit, points, threads);
  if (shots !== undefined) return prepareShots(circuit, shots, threads);
  const begin = performance.now();
  const program = buildCircuit(circuit).compile({ threads });
  const cost = circuit.cost && buildCost(circuit);
  let run = () => program.runSync();
  if (cost) run = () => program.expectationSync(cost);
  run();
  const build = performance.now() - begin;
  // Short runs are timed in blocks, as one alone is shorter than the clock is exact.
  const calls = Math.max(1, Math.min(1000, Math.round(1 / timeOf(run))));
  const value = cost && program.expectationSync(cost);
  return { program, build, value, run: () => timeBlocks(run, calls, 1)[0] };
}

/** Shots up to where rivals are done as well: every outcome is known, none has become a string. */
function prepareShots(circuit, shots, threads) {
  const begin = performance.now();
  const built = buildCircuit(circuit, { measured: true });
  const program = built.compile({ threads });
  const build = performance.now() - begin;
  const run = async () => {
    const start = performance.now();
    await built.run({ shots, seed: 1, device: 'cpu', threads });
    return performance.now() - start;
  };
  return { program, build, run };
}

/** The same circuit at many points: its angles times a parameter, which is 1 for the rivals. */
function prepareSweep(circuit, points, threads) {
  const scale = param('scale');
  const scaled = circuit.gates.map(([name, angles, qubits]) => [
    ...[name, angles.map((angle) => scale.mul(angle)), qubits],
  ]);
  const cost = buildCost(circuit);
  const begin = performance.now();
  const built = buildCircuit({ ...circuit, gates: scaled });
  const program = built.compile({ threads });
  const sweep = built.sweep({ scale: linspace(0, 1, points) });
  const value = program.expectationSync(cost, [1]);
  const build = performance.now() - begin;
  const run = async () => {
    const start = performance.now();
    await sweep.expectation(cost, { threads });
    return performance.now() - start;
  };
  return { program, build, value, run };
}

/** Fidelity of the rival's state with that of qmlx, on a sample of amplitudes. */
async function fidelity(rival, program, qubits) {
  const count = Math.min(2 ** qubits, 1024);
  const step = 2 ** qubits / count;
  const indices = Array.from({ length: count }, (_, k) => Math.floor(k * step));
  const { amplitudes } = await rival.ask({ amplitudes: indices });
  const mine = program.amplitudes();
  let [re, im, a, b] = [0, 0, 0, 0];
  for (const [k, [x, y]] of amplitudes.entries()) {
    const [u, v] = [mine[2 * indices[k]], mine[2 * indices[k] + 1]];
    re += u * x + v * y;
    im += u * y - v * x;
    a += u * u + v * v;
    b += x * x + y * y;
  }
  return (re * re + im * im) / (a * b);
}

/** Refuses a rival that computes something else: its amplitudes, or the mean of the cost. */
async function checkAgreement(rival, { circuit, name, shots }, { program, value }) {
  if (shots !== undefined) return;
  if (circuit.cost) {
    const { value: other } = await rival.ask({ value: true });
    const size = circuit.cost.reduce((sum, [coefficient]) => sum + Math.abs(coefficient), 0);
    if (Math.abs(other - value) <= 1e-4 * size) return;
    throw new Error(`${rival.name} disagrees on ${name}: ${other} instead of ${value}`);
  }
  const agreement = await fidelity(rival, program, circuit.qubits);
  if (!(agreement >= 1 - 1e-5))
    throw new Error(`${rival.name} disagrees on ${name}: fidelity ${agreement}`);
}

/** Times of qmlx and of every rival on one row, `repeats` each unless they take longer than `budget` milliseconds. */
export async function compare(row, rivals, { threads, repeats, budget }) {
  const mine = prepare(row, threads);
  const present = [];
  for (const rival of rivals) {
    const { build, setting } = await rival.ask({ circuit: row.circuit, shots: row.shots });
    await checkAgreement(rival, row, mine);
    present.push({ rival, build, setting });
  }
  // A rival evaluates its points one after another: at best as often as it runs one of them.
  const times = row.points ?? 1;
  const asked = present.map(
    ({ rival }) =>
      async () =>
        times * (await rival.ask({ run: 1 })).times[0],
  );
  const [own, ...others] = await interleave([mine.run, ...asked], repeats, budget, LEAST);
  mine.program.dispose();
  return {
    name: row.name,
    goal: row.goal,
    repeats: own.length,
    qmlx: { build: mine.build, ...summary(own) },
    rivals: present.map(({ rival, build, setting }, k) => ({
      ...{ name: rival.name, version: rival.version, precision: rival.precision, build, setting },
      ...summary(others[k]),
    })),
  };
}
