import { QuantumError } from '../errors.js';
import { Cursor, type IncludeResolver } from './cursor.js';
import { type Diagnostic, Diagnostics } from './diagnostics.js';
import { formatDiagnostic } from './format-diagnostic.js';
import { parseProgram } from './parse-program.js';
import { SourceMap } from './source.js';

/** A text whose tree is read, as far as that goes, and what was found in it. */
export interface SyntaxReading {
  readonly cursor: Cursor;
  readonly diagnostics: Diagnostics;
}

/** Reads the tree of a text. */
export function readSyntax(
  text: string,
  file: string,
  include: IncludeResolver | undefined,
): SyntaxReading {
  const sources = new SourceMap();
  const diagnostics = new Diagnostics(sources);
  const cursor = new Cursor(sources, diagnostics, include);
  diagnostics.untilHalt(() => {
    cursor.enter(file, text);
    parseProgram(cursor);
  });
  return { cursor, diagnostics };
}

/** The error for what was found, with the code of the first error; its message shows that one in full. */
export function errorOf(diagnostics: Diagnostics): QuantumError {
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
