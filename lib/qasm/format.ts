import { invalidArgument } from '../circuit/arguments.js';
import { Layout } from './layout.js';
import { scan } from './pieces.js';
import { errorOf, readSyntax } from './read-syntax.js';

/**
 * Lays out an OpenQASM text: one statement a line, blocks indented by two blanks, one blank around operators. Comments
 * stay, and so does one blank line where there were any. Formatting what was formatted changes nothing.
 *
 * @param text - a program of either version; at most 16 MiB in UTF-8
 * @throws `ERR_QASM_SYNTAX` where the text cannot be read, `ERR_QASM_UNSUPPORTED` for an unknown version, `ERR_LIMIT` beyond a limit, `ERR_INVALID_ARGUMENT` for
 * anything but a text.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * qasm.format('OPENQASM 3.0;qubit  q;U(0,-pi/2 ,0)q; // turn');
 * // => 'OPENQASM 3.0;\nqubit q;\nU(0, -pi / 2, 0) q; // turn\n'
 * ```
 */
export function format(text: string): string {
  if (typeof text !== 'string') throw invalidArgument('text', 'a string', text);
  // What a file includes stays as it is.
  const { cursor, diagnostics } = readSyntax(text, '<text>', () => '');
  if (diagnostics.hasErrors) throw errorOf(diagnostics);
  return new Layout().text([...scan(text, cursor.version)]);
}
