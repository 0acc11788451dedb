import { draw, type Device, type Precision, type Result } from '../index.js';
import { readCircuit, type SourceOptions } from './input.js';
import { progressLine } from './progress.js';
import { writeLine, type Terminal } from './terminal.js';

/** Options of `qmlx run`. */
export interface RunCommandOptions extends SourceOptions {
  readonly shots?: number;
  readonly seed?: number | bigint;
  readonly device?: Device;
  readonly threads?: number;
  readonly precision?: Precision;
  readonly format: Format;
  readonly param?: ReadonlyMap<string, number>;
}

/** Forms in which counts are written. */
export const FORMATS = ['table', 'json', 'csv', 'svg'] as const;
type Format = (typeof FORMATS)[number];

/** Version of the JSON output. */
export const JSON_VERSION = 1;

const WRITERS: Readonly<Record<Format, (result: Result) => string>> = {
  table: String,
  json: (result) => JSON.stringify({ qmlx: JSON_VERSION, ...result.toJSON() }, null, 2),
  csv: ({ counts }) =>
    ['outcome,count', ...[...counts].map(([key, count]) => `${key},${count}`)].join('\n'),
  svg: (result) => draw.counts(result).svg,
};

/** Runs a file and writes its counts. */
export async function runFile(
  file: string,
  { format, param, include, ...options }: RunCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const circuit = await readCircuit(file, terminal, include === undefined ? {} : { include });
  const { show, clear } = progressLine(terminal);
  const params = Object.fromEntries(param ?? []);
  const running = circuit.run({ ...options, params, onProgress: show });
  const result = await running.finally(clear);
  writeLine(terminal.stdout, WRITERS[format](result));
}
