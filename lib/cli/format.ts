import { writeFile } from 'node:fs/promises';
import { qasm, QuantumError } from '../index.js';
import { CommandError } from './failure.js';
import { readSource, sourceName, writeFindings } from './input.js';
import { writeLine, type Terminal } from './terminal.js';

/** Options of `qmlx fmt`. */
export interface FormatCommandOptions {
  /** Whether the file itself is written. */
  readonly write?: boolean;
  /** Whether nothing is written, and the exit code says whether the file is laid out. */
  readonly check?: boolean;
}

/** Lays out a file. */
export async function formatFile(
  file: string,
  { write, check }: FormatCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const text = await readSource(file, terminal);
  const laidOut = formatted(text, file, terminal);
  if (check) {
    if (laidOut === text) return;
    throw new CommandError('failed', `${sourceName(file)} is not laid out: run qmlx fmt --write.`);
  }
  if (!write) terminal.stdout.write(laidOut);
  else if (file === '-') throw new CommandError('usage', 'Standard input cannot be written.');
  else if (laidOut !== text) {
    await writeFile(file, laidOut);
    writeLine(terminal.stderr, `${file}: laid out`);
  }
}

function formatted(text: string, file: string, terminal: Terminal): string {
  try {
    return qasm.format(text);
  } catch (error) {
    if (!QuantumError.is(error, 'ERR_QASM_SYNTAX')) throw error;
    const diagnostics = error.diagnostics as readonly qasm.Diagnostic[];
    writeFindings(
      diagnostics.map((diagnostic) => ({ ...diagnostic, file: sourceName(file) })),
      terminal,
    );
    throw new CommandError('failed');
  }
}
