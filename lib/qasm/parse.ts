import type { Circuit } from '../circuit/circuit.js';
import type { Operation } from '../circuit/operation.js';
import { checkOptions, invalidArgument } from '../circuit/arguments.js';
import { Analysis } from './analysis.js';
import { analyzeProgram } from './analyze.js';
import { buildCircuit } from './build-circuit.js';
import { lowerProgram } from './lower/lower-program.js';
import type { ExternFunction } from './lower/lowering.js';
import { type Lowered, placesOf, type SourcePlace } from './operation-places.js';
import type { Cursor } from './cursor.js';
import { type IncludeResolver } from './cursor.js';
import type { Diagnostics } from './diagnostics.js';
import { type Diagnostic } from './diagnostics.js';
import { errorOf, readSyntax } from './read-syntax.js';

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
  /**
   * Functions for the `extern` declarations of OpenQASM 3, by name. They are called while the text is read, with
   * values that are known then: numbers, whole ones as `bigint`, and booleans.
   */
  readonly extern?: Readonly<Record<string, ExternFunction>>;
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
  | {
      readonly ok: true;
      readonly circuit: Circuit;
      readonly warnings: readonly Diagnostic[];
      /** The statement that an operation of the circuit comes from; also of operations inside of others. */
      readonly placeOf: (operation: Operation) => SourcePlace | undefined;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface Reading {
  readonly lowered: Lowered | undefined;
  readonly diagnostics: Diagnostics;
}

/**
 * Reads an OpenQASM 2 or 3 text into a circuit. What is known before the run is carried out; measurements, resets,
 * decisions and arithmetic on their outcomes become operations. What time and calibration say is accepted and means
 * nothing (docs/openqasm.md).
 *
 * Gates of `qelib1.inc` become gates of the table; definitions are expanded. Registers keep their names, and the
 * first declared qubit is qubit 0. An angle is in radians.
 *
 * @param text - the program; at most 16 MiB in UTF-8
 * @returns a circuit that can grow further
 * @throws `ERR_QASM_SYNTAX` where the text cannot be read, `ERR_QASM_SEMANTIC` where it means nothing,
 * `ERR_QASM_UNSUPPORTED` for what qmlx does not simulate, `ERR_LIMIT` beyond a limit of `LIMITS`. Each carries `diagnostics`: all problems found, up to 100,
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
  const { lowered, diagnostics } = read(text, options);
  if (lowered !== undefined) return lowered.circuit;
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
  const { lowered, diagnostics } = read(text, options);
  const found = diagnostics.resolve();
  if (lowered === undefined) return { ok: false, diagnostics: found };
  const { circuit } = lowered;
  return { ok: true, circuit, warnings: found, placeOf: placesOf(lowered, diagnostics.sources) };
}

function read(text: string, options: ParseOptions): Reading {
  checkArguments(text, options);
  const { cursor, diagnostics } = readSyntax(text, options.file ?? '<text>', options.include);
  const isReadable = cursor.isComplete && !diagnostics.isHalted;
  const lowered = isReadable
    ? diagnostics.untilHalt(() => lower(cursor, diagnostics, options))
    : undefined;
  return { lowered, diagnostics };
}

function lower(
  { tree, version }: Cursor,
  diagnostics: Diagnostics,
  options: ParseOptions,
): Lowered | undefined {
  if (version === 3) return lowerProgram(tree, diagnostics, options);
  const analysis = new Analysis(tree, diagnostics);
  analyzeProgram(analysis);
  return diagnostics.hasErrors ? undefined : buildCircuit(analysis);
}

function checkArguments(text: unknown, options: unknown): void {
  if (typeof text !== 'string') throw invalidArgument('text', 'a string', text);
  const { file, include, extern } = checkOptions(options, 'options', ['file', 'include', 'extern']);
  if (file !== undefined && typeof file !== 'string') {
    throw invalidArgument('options.file', 'a string', file);
  }
  if (include !== undefined && typeof include !== 'function') {
    throw invalidArgument('options.include', 'a function', include);
  }
  if (extern === undefined) return;
  const isObject = typeof extern === 'object' && extern !== null;
  if (!isObject || Object.values(extern).some((entry) => typeof entry !== 'function')) {
    throw invalidArgument('options.extern', 'an object of functions', extern);
  }
}
