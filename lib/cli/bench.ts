import { cpus, totalmem } from 'node:os';
import { benchmark, chosenRows, type Benchmark, type BenchmarkRow } from '../bench/benchmark.js';
import { calibrate, info, type Device } from '../index.js';
import { CommandError } from './failure.js';
import { barLine } from './progress.js';
import { JSON_VERSION } from './run.js';
import { writeLine, type Terminal } from './terminal.js';

/** Options of `qmlx bench`. */
export interface BenchCommandOptions {
  readonly quick?: boolean;
  readonly family?: string;
  readonly qubits?: readonly number[];
  readonly device?: Device;
  readonly threads?: number;
  readonly format: 'table' | 'json';
  /** Compare the devices for `'auto'` instead. */
  readonly calibrate?: boolean;
}

/** Forms in which figures are written. */
export const BENCH_FORMATS = ['table', 'json'] as const;

/** Measures this machine and writes the figures. */
export async function runBenchmark(
  { format, device = 'auto', calibrate: calibrates, ...choice }: BenchCommandOptions,
  terminal: Terminal,
): Promise<void> {
  if (calibrates) return calibrateDevices(terminal);
  const options = { ...choice, device };
  if (chosenRows(options).length === 0) {
    throw new CommandError('usage', 'No row of the benchmark has this family and size.');
  }
  const { show, clear } = barLine(terminal);
  const figures = await benchmark({ ...options, onRow: show }).finally(clear);
  writeLine(terminal.stdout, format === 'json' ? asJson(figures) : asTable(figures));
}

/** Finds out from which size the GPU is worth it. */
async function calibrateDevices({ stdout }: Terminal): Promise<void> {
  if (!info().engines.some(({ device }) => device === 'gpu')) {
    writeLine(stdout, "There is no GPU that 'auto' could take: nothing to calibrate.");
    return;
  }
  const { gpuFromQubits, file } = await calibrate();
  writeLine(stdout, `'auto' takes the GPU from ${gpuFromQubits} qubits; kept in ${file}`);
}

function asJson(figures: Benchmark): string {
  const { versions, platform } = info();
  const [processor] = cpus();
  const machine = {
    processor: processor?.model ?? 'unknown',
    processors: cpus().length,
    memoryBytes: totalmem(),
    platform,
  };
  return JSON.stringify({ qmlx: JSON_VERSION, versions, machine, ...figures }, null, 2);
}

const HEAD = ['circuit', 'qubits', 'gates', 'passes', 'device', 'shortest', 'median', 'first run'];

function asTable({ threads, rows }: Benchmark): string {
  const { versions, platform } = info();
  const lines = [[...HEAD, 'GB/s', 'of copy speed'], ...rows.map(cells)];
  const widths = lines[0]!.map((_, k) => Math.max(...lines.map((line) => line[k]!.length)));
  const text = lines.map((line) =>
    line
      .map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!)))
      .join('  '),
  );
  const title = `qmlx ${versions.qmlx}, Node ${versions.node}, ${platform}, ${cpus()[0]?.model ?? ''}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return [title, '', ...text].join('\n');
}

function cells({ family, qubits, gates, device, roofline, ...times }: BenchmarkRow): string[] {
  const { min, median, first } = times;
  const timed = [min, median, first].map(timeText);
  const about = [family, `${qubits}`, `${gates}`];
  if (roofline === undefined) return [...about, '', device, ...timed, '', ''];
  const { passes, bandwidth, percent, yardstick } = roofline;
  const speed = ((bandwidth * percent) / 100 / 1e9).toFixed(1);
  const share = `${percent.toFixed(0)} %${yardstick === 'copy' ? '' : ' of fastest'}`;
  return [...about, `${passes}`, device, ...timed, speed, share];
}

function timeText(milliseconds: number): string {
  const digits = (value: number): string => value.toPrecision(3);
  if (milliseconds < 1) return `${digits(milliseconds * 1e3)} µs`;
  return milliseconds < 1e3
    ? `${Number(digits(milliseconds))} ms`
    : `${digits(milliseconds / 1e3)} s`;
}
