import type { Circuit } from '../circuit/circuit.js';
import { checkOptions, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import { Analysis } from './analysis.js';
import { analyzeProgram } from './analyze.js';
import { buildCircuit } from './build-circuit.js';
import { Cursor, type IncludeResolver } from './cursor.js';
import { Diagnostics, Halt, type Diagnostic } from './diagnostics.js';
import { formatDiagnostic } from './format-diagnostic.js';
import { parseProgram } from './parse-program.js';
import { SourceMap } from './source.js';

/**
 * Options of {@link parse} and {@link tryParse}.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const options: qasm.ParseOptions = { file: 'empty.qasm', include: () => '' };
 * qasm.parse('OPENQASM 2.0; include "nothing.inc";', options).qubits; // => 0
 * ```
 */
export interface ParseOptions {
  /** Name of the text in diagnostics, usually its file. */
  readonly file?: string;
  /**
   * Returns the text of an included file, or undefined where there is none. Without it only `qelib1.inc` and
   * `stdgates.inc` can be included; these two never reach it. Nothing is ever read from disk.
   */
  readonly include?: IncludeResolver;
}

/**
 * What {@link tryParse} returns: a circuit, with warnings about what other readers may refuse, or all problems found.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const result: qasm.ParseResult = qasm.tryParse('OPENQASM 2.0; qreg q[2];');
 * result.ok && result.circuit.qubits; // => 2
 * ```
 */
export type ParseResult =
  | { readonly ok: true; readonly circuit: Circuit; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface Reading {
  readonly circuit: Circuit | undefined;
  readonly diagnostics: Diagnostics;
}

/**
 * Reads an OpenQASM text into a circuit: OpenQASM 2.0 as a whole, and of OpenQASM 3 registers, gates, gate
 * definitions, barriers and measurements (docs/openqasm.md).
 *
 * Gates of `qelib1.inc` become gates of the table; definitions are expanded. Registers keep their names, and the
 * first declared qubit is qubit 0. An angle is in radians.
 *
 * @param text - the program; at most 16 MiB in UTF-8
 * @returns a circuit that can grow further
 * @throws `ERR_QASM_SYNTAX` where the text cannot be read, `ERR_QASM_SEMANTIC` where it means nothing,
 * `ERR_QASM_UNSUPPORTED` for what qmlx does not simulate (`reset`, `if`, a gate after a measurement, most of
 * OpenQASM 3), `ERR_LIMIT` beyond a limit of `LIMITS`. Each carries `diagnostics`: all problems found, up to 100,
 * in order of position; the code is that of the first error. `ERR_INVALID_ARGUMENT` for arguments of wrong types.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const bell = qasm.parse('OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; h q[0]; cx q[0], q[1];');
 * bell.size; // => 2
 * ```
 */
export function parse(text: string, options: ParseOptions = {}): Circuit {
  const { circuit, diagnostics } = read(text, options);
  if (circuit !== undefined) return circuit;
  throw errorOf(diagnostics);
}

/**
 * Reads an OpenQASM text like {@link parse}, but returns the problems instead of throwing them.
 *
 * @throws `ERR_INVALID_ARGUMENT` for arguments of wrong types; nothing else.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const result = qasm.tryParse('qreg q[1]; U(0, 0, pi) q;');
 * if (result.ok) result.warnings[0]?.message; // => 'no version is declared; reading this as OpenQASM 2'
 * ```
 */
export function tryParse(text: string, options: ParseOptions = {}): ParseResult {
  const { circuit, diagnostics } = read(text, options);
  const found = diagnostics.resolve();
  if (circuit === undefined) return { ok: false, diagnostics: found };
  return { ok: true, circuit, warnings: found };
}

function read(text: string, options: ParseOptions): Reading {
  checkArguments(text, options);
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources);
  try {
    const cursor = new Cursor(sources, diagnostics, options.include);
    cursor.enter(options.file ?? '<text>', text);
    parseProgram(cursor);
    if (!cursor.isComplete) return { circuit: undefined, diagnostics };
    const analysis = new Analysis(cursor.tree, diagnostics, cursor.version);
    analyzeProgram(analysis);
    const circuit = diagnostics.hasErrors ? undefined : buildCircuit(analysis);
    return { circuit, diagnostics };
  } catch (halt) {
    if (!(halt instanceof Halt)) throw halt;
    return { circuit: undefined, diagnostics };
  }
}

function checkArguments(text: unknown, options: unknown): void {
  if (typeof text !== 'string') throw invalidArgument('text', 'a string', text);
  const { file, include } = checkOptions(options, 'options', ['file', 'include']);
  if (file !== undefined && typeof file !== 'string') {
    throw invalidArgument('options.file', 'a string', file);
  }
  if (include !== undefined && typeof include !== 'function') {
    throw invalidArgument('options.include', 'a function', include);
  }
}

/** The error for what was found, with the code of the first error; its message shows that one in full. */
function errorOf(diagnostics: Diagnostics): QuantumError {
  const found = diagnostics.resolve();
  const errors = found.filter(({ severity }) => severity === 'error');
  const first = errors[0] as Diagnostic;
  const others = errors.length - 1;
  const more = others === 0 ? '' : `\nand ${others} more (see diagnostics)`;
  const message = `${formatDiagnostic(first)}${more}`;
  if (first.code !== 'ERR_LIMIT')
    return new QuantumError(first.code, message, { diagnostics: found });
  return new QuantumError('ERR_LIMIT', message, { diagnostics: found, ...diagnostics.limit });
}
