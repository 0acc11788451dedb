// Commands that look at a circuit or at the machine without running anything.

import { writeFile } from 'node:fs/promises';
import { draw, info, locateLibmlx, type CalibrationStatus } from '../index.js';
import { CommandError } from './failure.js';
import { readCircuit, readFile, sourceName, writeFindings, type SourceOptions } from './input.js';
import { JSON_VERSION } from './run.js';
import { writeLine, type Terminal } from './terminal.js';

/** Options of commands that can write JSON. */
export interface FormOptions {
  readonly json?: boolean;
}

/** Options of `qmlx draw`; at most one form. */
export interface DrawCommandOptions extends SourceOptions {
  readonly text?: boolean;
  readonly svg?: boolean;
  readonly latex?: boolean;
  /** File to write to instead of standard output. */
  readonly output?: string;
}

/** Writes a drawing of a file's circuit. */
export async function drawFile(
  file: string,
  { svg, latex, output, ...options }: DrawCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const drawing = draw(await readCircuit(file, terminal, options));
  const picture = svg ? drawing.svg : latex ? drawing.latex : drawing.text;
  if (output === undefined) writeLine(terminal.stdout, picture);
  else await writeOutput(output, picture.endsWith('\n') ? picture : `${picture}\n`);
}

async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError('usage', `Cannot write ${file}: ${(error as Error).message}`);
  }
}

/** Writes the plan of a file's circuit. */
export async function explainFile(
  file: string,
  options: SourceOptions,
  terminal: Terminal,
): Promise<void> {
  writeLine(terminal.stdout, (await readCircuit(file, terminal, options)).explain());
}

/** Says whether a file can be read; as JSON with all findings if asked to. */
export async function checkFile(
  file: string,
  { json, ...options }: FormOptions & SourceOptions,
  terminal: Terminal,
): Promise<void> {
  const { circuit, findings } = await readFile(file, terminal, options);
  const name = sourceName(file);
  if (json) {
    const ok = circuit !== undefined;
    const report = { qmlx: JSON_VERSION, file: name, ok, diagnostics: findings };
    writeLine(terminal.stdout, JSON.stringify(report, null, 2));
  } else {
    writeFindings(findings, terminal);
    if (circuit !== undefined) {
      const { qubits, bits, size } = circuit;
      writeLine(terminal.stdout, `${name}: ${qubits} qubits, ${bits} bits, ${size} operations`);
    }
  }
  if (circuit === undefined) throw new CommandError('failed');
}

/** Says what qmlx is and runs on. */
export function writeInformation({ json }: FormOptions, { stdout }: Terminal): void {
  const information = info();
  if (json) {
    writeLine(
      stdout,
      JSON.stringify({ qmlx: JSON_VERSION, ...information, libmlx: locateLibmlx() }, null, 2),
    );
    return;
  }
  const { versions, platform, device, engines, calibration } = information;
  writeLine(
    stdout,
    `qmlx ${versions.qmlx}, Node ${versions.node}, ${platform}, default device ${device}`,
  );
  for (const engine of engines) {
    const memory = `${gibibytes(engine.availableBytes)} of ${gibibytes(engine.memoryBytes)} GiB free`;
    writeLine(
      stdout,
      `${engine.device}: ${engine.name}, ${engine.variant}, ${engine.threads} threads, ${memory}`,
    );
  }
  const calibrated = calibrationLine(calibration);
  if (calibrated !== undefined) writeLine(stdout, calibrated);
}

/** Nothing is said of a calibration that nobody has asked for. */
function calibrationLine({
  state,
  gpuFromQubits,
  file,
  reason,
}: CalibrationStatus): string | undefined {
  if (state === 'none') return undefined;
  const from = `auto takes a GPU from ${gpuFromQubits} qubits`;
  return state === 'used'
    ? `calibration: ${from} (${file})`
    : `calibration ignored, ${from}: ${file}: ${reason ?? ''} Run qmlx bench --calibrate again.`;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
