// Rows that concern qmlx alone: against the speed of memory in the same run, or against a goal in microseconds. Each
// has a name and a function of the number of threads that gives `figure`, with `unit`, and what it was made of.
import { circuit, linspace, param, pauli } from 'qmlx';
import { buildCircuit } from '../dist/bench/gate-list.js';
import * as families from '../dist/bench/families.js';
import { rows as compared } from './goals.mjs';
import { oneGatePasses, startScalePass } from './machine.mjs';
import { largestRun, memoryGrowth } from './memory.mjs';
import { interleave, summary, timeBlocks, timeOf } from './measure.mjs';

const LARGE = 26;
const REPEATS = 7;
/** Milliseconds that a row's repeats take at least. */
const LEAST = 1000;

const compiled = (list, threads) => buildCircuit(list).compile({ threads });
const passesOf = (program) => Number(/(\d+) pass/.exec(program.explain())[1]);

/** The slowest pass of one H over all target qubits, against an in-place scale before and after. */
async function oneGate(threads) {
  const yardstick = startScalePass(LARGE, threads);
  const [before] = await interleave([yardstick.scale], 5);
  // Two rounds, so that a disturbance does not stay with a qubit.
  const [first, second] = [oneGatePasses(LARGE, threads), oneGatePasses(LARGE, threads)];
  const passes = first.map(({ qubit, time }, k) => ({
    qubit,
    time: Math.min(time, second[k].time),
  }));
  const [after] = await interleave([yardstick.scale], 5);
  yardstick.close();
  const scale = Math.min(...before, ...after);
  const slowest = passes.reduce((a, b) => (b.time > a.time ? b : a));
  const ratios = passes.map(({ qubit, time }) => ({ qubit, ratio: time / scale }));
  return { figure: slowest.time / scale, unit: `× a scale pass (qubit ${slowest.qubit})`, ratios };
}

/** H on every qubit, two passes, against two in-place scale passes over as many amplitudes. */
async function layerAgainstScale(threads) {
  const yardstick = startScalePass(LARGE, threads);
  const program = compiled(families.hLayer(LARGE), threads);
  program.runSync();
  const run = () => timeOf(() => program.runSync());
  const [layer, scale, copy] = await interleave([run, yardstick.scale, yardstick.copy], REPEATS);
  program.dispose();
  yardstick.close();
  const copyGBs = (8 * 2 ** LARGE) / Math.min(...copy) / 1e6;
  const figure = Math.min(...layer) / (2 * Math.min(...scale));
  return { ...summary(layer), figure, unit: '× two scale passes', copyGBs };
}

/** How many times faster two threads are than one. */
function scaling(list) {
  return async () => {
    const programs = [1, 2].map((threads) => compiled(list, threads));
    for (const program of programs) program.runSync();
    const runs = programs.map((program) => () => timeOf(() => program.runSync()));
    const [one, two] = await interleave(runs, 9, Infinity, LEAST);
    for (const program of programs) program.dispose();
    return { ...summary(two), figure: Math.min(...one) / Math.min(...two), unit: '× one thread' };
  };
}

/** How far time per pass and amplitude at 25 to 28 qubits is from that at 24, in percent. */
function flatness(family) {
  return async (threads) => {
    const picoseconds = [];
    for (const n of [24, 25, 26, 27, 28]) {
      const program = compiled(family(n), threads);
      program.runSync();
      const [times] = await interleave([() => timeOf(() => program.runSync())], n < 27 ? 5 : 3);
      picoseconds.push((Math.min(...times) / passesOf(program) / 2 ** n) * 1e9);
      program.dispose();
    }
    const [first, ...others] = picoseconds;
    const figure = Math.max(...others.map((value) => Math.abs(100 * (value / first - 1))));
    return { figure, unit: '% from 24 qubits', picoseconds };
  };
}

/** A circuit of RY with parameters of their own, and CX, run again and again with new values. */
function smallCircuit(qubits, gates, everyThird) {
  return () => {
    const built = circuit(qubits);
    const rotations = [];
    for (let k = 0; k < gates; k++) {
      if (k % 3 === 2 && rotations.length >= everyThird) {
        built.cx(k % qubits, (k + qubits - 1) % qubits);
      } else {
        rotations.push(`t${k}`);
        built.ry(param(`t${k}`), k % qubits);
      }
    }
    const program = built.compile({ threads: 1 });
    const values = new Float64Array(rotations.length).map((_, k) => 0.1 * k);
    const run = (call) => {
      values[call % values.length] += 1e-3;
      program.runSync(values);
    };
    timeBlocks(run, 2000, 3);
    const times = timeBlocks(run, 2000, 30);
    const heap = process.memoryUsage().heapUsed;
    timeBlocks(run, 20_000, 1);
    const garbage = Math.max(0, process.memoryUsage().heapUsed - heap) / 20_000;
    program.dispose();
    return { ...summary(times), figure: Math.min(...times) * 1e3, unit: 'µs a run', garbage };
  };
}

/** The mean of a sum of ZZ at 1,000 points of a 10-qubit ansatz. */
async function sweep(threads) {
  const theta = param('theta');
  const { qubits, gates } = families.ansatz(10);
  const scaled = gates.map(([name, angles, on]) => [name, angles.map((a) => theta.mul(a)), on]);
  const points = buildCircuit({ qubits, gates: scaled }).sweep({ theta: linspace(0, 1, 1000) });
  const bonds = Array.from({ length: qubits - 1 }, (_, q) => [1, `Z${q} Z${q + 1}`]);
  const energy = pauli.sum(bonds, { qubits });
  const run = async () => {
    const start = performance.now();
    await points.expectation(energy, { threads });
    return performance.now() - start;
  };
  await run();
  const [times] = await interleave([run], 15, Infinity, LEAST);
  return { ...summary(times), figure: Math.min(...times), unit: 'ms' };
}

/** What shots add to evolving a random state, as the engine says. */
function sampling(list, shots) {
  return async (threads) => {
    const measured = buildCircuit(list, { measured: true });
    const parts = [];
    const run = async () => {
      const { timings } = await measured.run({ shots, seed: 1, device: 'cpu', threads });
      parts.push(timings.sample);
      return timings.total;
    };
    await run();
    const [total] = await interleave([run], 5, 10_000, LEAST);
    return { ...summary(total), figure: Math.min(...parts.slice(1)), unit: 'ms for the shots' };
  };
}

/** Peak memory of evolving every large circuit of the comparison: the one furthest from its bound. */
function growthOfAll() {
  const lists = compared.filter(({ shots, circuit: list }) => !shots && list.qubits >= 20);
  const growths = lists.map(({ name, circuit: list }) => {
    const state = 8 * 2 ** list.qubits;
    const growth = memoryGrowth(list);
    return { name, growth, share: growth / (1.05 * state + 64 * 2 ** 20), ratio: growth / state };
  });
  const worst = growths.reduce((a, b) => (b.share > a.share ? b : a));
  return { figure: worst.share, unit: `of the bound (${worst.name})`, growths };
}

const row = (name, goal, measure) => ({ name, goal, measure });

/** Every row; goals are numbers in the figure's unit with how it has to compare. */
export const ownRows = [
  row(`one H, ${LARGE} qubits, slowest target`, '≤ 1.15', oneGate),
  row(`H layer against scale passes, ${LARGE} qubits`, '≤ 1.5', layerAgainstScale),
  row('scaling, grid, 20 qubits', '≥ 1.7', scaling(families.grid(20, 20))),
  row('scaling, ansatz, 20 qubits', '≥ 1.7', scaling(families.ansatz(20, 5))),
  row('scaling, quantum volume, 18 qubits', '≥ 1.7', scaling(families.quantumVolume(18))),
  row('flat from 24 to 28 qubits, H layer', '≤ 25', flatness(families.hLayer)),
  row('flat from 24 to 28 qubits, QFT', '≤ 25', flatness(families.qft)),
  row('flat from 24 to 28 qubits, ansatz', '≤ 25', flatness(families.ansatz)),
  row('4 qubits, 20 gates, new parameters', '≤ 1.5', smallCircuit(4, 20, 2)),
  row('10 qubits, 100 gates, new parameters', '≤ 10', smallCircuit(10, 100, 2)),
  row('sweep of 1,000 points, 10 qubits', '≤ 6', sweep),
  row('100,000 shots, grid, 20 qubits', '≤ 2', sampling(families.grid(20, 20), 100_000)),
  row('100,000 shots, grid, 24 qubits', '≤ 10', sampling(families.grid(24, 20), 100_000)),
  row('1,000,000 shots, ansatz, 24 qubits', '', sampling(families.ansatz(24, 1), 1_000_000)),
  row('peak memory, all circuits of 20 qubits and more', '≤ 1', growthOfAll),
  row('QFT, 28 qubits, first run', '', largestRun),
];
