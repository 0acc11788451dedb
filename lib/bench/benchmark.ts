// Measures the suite on this machine, row by row.

import { setImmediate } from 'node:timers/promises';
import { info } from '../index.js';
import { MemoryCopy } from './copy.js';
import { repeatedly, timeOf, type Times } from './timing.js';
import { WORKS, type Place, type Work } from './work.js';

/** What to measure. */
export interface BenchmarkOptions extends Place {
  /** Sizes; those that suit the memory if absent. */
  readonly qubits?: readonly number[] | undefined;
  /** Part of the names of families, in any case. */
  readonly family?: string | undefined;
  /** Fewer sizes and repeats. */
  readonly quick?: boolean | undefined;
  /** Called before each row. */
  readonly onRow?: ((done: number, total: number, name: string) => void) | undefined;
}

/** What a roofline stands on: a copy by the processor, or the fastest row of the size where memory is a GPU's. */
export type Yardstick = 'copy' | 'fastest row';

/** How a time compares with moving the state through memory. */
export interface Roofline {
  readonly passes: number;
  /** Bytes that so many passes read and write: 2 × the state's for each. */
  readonly bytes: number;
  /** Bytes a second of the yardstick, at the same size, in the same run. */
  readonly bandwidth: number;
  /** Milliseconds that the yardstick takes for so many bytes. */
  readonly time: number;
  /** `time` in percent of the shortest measured one. */
  readonly percent: number;
  readonly yardstick: Yardstick;
}

/** One line of the benchmark. Times in milliseconds. */
export interface BenchmarkRow extends Times {
  readonly family: string;
  readonly qubits: number;
  readonly gates: number;
  /** Where it ran. */
  readonly device: string;
  /** The first run, with planning and first touch of memory. */
  readonly first: number;
  readonly roofline: Roofline | undefined;
}

/** All figures. */
export interface Benchmark {
  /** The device asked for. */
  readonly device: string;
  /** Threads of the CPU engine. */
  readonly threads: number;
  readonly rows: readonly BenchmarkRow[];
}

const SIZES = [4, 10, 16, 20, 24, 26];
const QUICK_SIZES = [10, 16, 20];
const AMPLITUDE_BYTES = 8;
const PATIENCE = { repeats: 5, budget: 400 };
const QUICK_PATIENCE = { repeats: 3, budget: 50 };

/** The rows that options choose. */
export function chosenRows({ qubits, family = '', quick = false }: BenchmarkOptions): Row[] {
  const named = WORKS.filter((work) => work.family.toLowerCase().includes(family.toLowerCase()));
  const available = Math.max(...info().engines.map(({ availableBytes }) => availableBytes));
  const sizes =
    qubits ?? (quick ? QUICK_SIZES : SIZES).filter((n) => stateBytes(n) <= available / 2);
  return named.flatMap((work) =>
    sizes
      .filter((n) => n >= work.least && work.suits(n) && (qubits !== undefined || n <= work.most))
      .map((n) => ({ work, qubits: n })),
  );
}

interface Row {
  readonly work: Work;
  readonly qubits: number;
}

/** Measures the rows one after another; other work of the process goes on between them. */
export async function benchmark(options: BenchmarkOptions): Promise<Benchmark> {
  const rows = chosenRows(options);
  const threads = options.threads ?? threadsOf(options.device);
  const measured: Measured[] = [];
  for (const [index, { work, qubits }] of rows.entries()) {
    options.onRow?.(index, rows.length, `${work.family}, ${qubits} qubits`);
    await setImmediate();
    measured.push(await measure(work, qubits, options));
  }
  const copies = await copyBandwidths(measured, threads);
  const { device } = options;
  return { device, threads, rows: measured.map((row) => finished(row, copies, measured)) };
}

interface Measured extends Omit<BenchmarkRow, 'roofline'> {
  readonly passes: number | undefined;
}

async function measure(
  { family, prepare }: Work,
  qubits: number,
  { device, threads, quick = false }: BenchmarkOptions,
): Promise<Measured> {
  const { run, dispose, ...about } = prepare(qubits, { device, threads });
  try {
    const first = await timeOf(run);
    const times = await repeatedly(run, quick ? QUICK_PATIENCE : PATIENCE);
    return { family, qubits, ...about, first, ...times };
  } finally {
    dispose();
  }
}

/** Copies as many bytes as each size's state has, after the rows: their memory is free again. */
async function copyBandwidths(
  rows: readonly Measured[],
  threads: number,
): Promise<ReadonlyMap<number, number>> {
  const sizes = new Set(rows.map(({ qubits }) => qubits));
  const copy = new MemoryCopy(stateBytes(Math.max(0, ...sizes)), threads);
  try {
    return new Map(Array.from(sizes, (qubits) => [qubits, copy.bandwidth(stateBytes(qubits))]));
  } finally {
    await copy.close();
  }
}

function finished(
  { passes, ...row }: Measured,
  copies: ReadonlyMap<number, number>,
  rows: readonly Measured[],
): BenchmarkRow {
  const { qubits, device, min } = row;
  if (passes === undefined) return { ...row, roofline: undefined };
  const yardstick = device === 'gpu' ? 'fastest row' : 'copy';
  const alike = rows.filter((other) => other.qubits === qubits && other.device === device);
  const bandwidth =
    yardstick === 'copy' ? copies.get(qubits)! : Math.max(...alike.map(bytesPerSecond));
  const bytes = movedBytes(qubits, passes);
  const time = (bytes / bandwidth) * 1e3;
  const percent = (100 * time) / min;
  return { ...row, roofline: { passes, bytes, bandwidth, time, percent, yardstick } };
}

const bytesPerSecond = ({ qubits, passes = 0, min }: Measured): number =>
  movedBytes(qubits, passes) / (min / 1e3);

const stateBytes = (qubits: number): number => AMPLITUDE_BYTES * 2 ** qubits;
const movedBytes = (qubits: number, passes: number): number => 2 * passes * stateBytes(qubits);

function threadsOf(device: string): number {
  const { engines } = info();
  const named = device === 'auto' ? 'cpu' : device;
  return engines.find((present) => present.device === named)?.threads ?? 1;
}
