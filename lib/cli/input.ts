// Reads the OpenQASM text that a command is about.

import { readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { LIMITS, qasm, type Circuit } from '../index.js';
import { CommandError } from './failure.js';
import { writeLine, type Terminal } from './terminal.js';

/** Stands for standard input. */
const STANDARD_INPUT = '-';

/** What the file is called in messages. */
export function sourceName(file: string): string {
  return file === STANDARD_INPUT ? '<stdin>' : file;
}

/** The text of a file, or of standard input for `-`. Of a source beyond the limit only so much that parsing refuses it. */
export async function readSource(file: string, { stdin }: Terminal): Promise<string> {
  if (file === STANDARD_INPUT) return readAll(stdin);
  try {
    const handle = await open(file);
    try {
      return await readAll(handle.createReadStream({ autoClose: false }));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CommandError('usage', `Cannot read ${file}: ${reasonOf(error)}`);
  }
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    size += bytes.length;
    if (size > LIMITS.sourceBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'it is a folder.',
  EACCES: 'access is denied.',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

/** A file's circuit, or `undefined` if it cannot be read, and what was found in it. */
export interface SourceReading {
  readonly circuit: Circuit | undefined;
  readonly findings: readonly qasm.Diagnostic[];
}

/** Options of commands that read a circuit. */
export interface SourceOptions {
  /** Folder from which files may be included; only those that the languages bring along if absent. */
  readonly include?: string;
}

/** Serves included files from one folder and none from outside of it. */
function includeFrom(folder: string): qasm.IncludeResolver {
  return (name) => {
    const path = resolve(folder, name);
    const inside = relative(folder, path);
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined;
    try {
      // A file beyond the limit is refused whatever it holds.
      if (!statSync(path).isFile() || statSync(path).size > LIMITS.sourceBytes) return undefined;
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  };
}

/** Reads a file. */
export async function readFile(
  file: string,
  terminal: Terminal,
  { include }: SourceOptions = {},
): Promise<SourceReading> {
  const text = await readSource(file, terminal);
  const parsed = qasm.tryParse(text, {
    file: sourceName(file),
    ...(include === undefined ? {} : { include: includeFrom(include) }),
  });
  return parsed.ok
    ? { circuit: parsed.circuit, findings: parsed.warnings }
    : { circuit: undefined, findings: parsed.diagnostics };
}

/** Writes findings to standard error, each with its line and carets under the place. */
export function writeFindings(findings: readonly qasm.Diagnostic[], terminal: Terminal): void {
  if (findings.length > 0) writeLine(terminal.stderr, qasm.formatDiagnostics(findings));
}

/** The circuit in a file; what was found in it goes to standard error. */
export async function readCircuit(
  file: string,
  terminal: Terminal,
  options: SourceOptions = {},
): Promise<Circuit> {
  const { circuit, findings } = await readFile(file, terminal, options);
  writeFindings(findings, terminal);
  if (circuit !== undefined) return circuit;
  throw new CommandError('failed');
}
