import type { Diagnostic } from './diagnostics.js';

/**
 * A diagnostic as a terminal shows it: place and message, the source line, a line of carets under the text meant,
 * and the hint. Control characters and bidirectional controls of the source are escaped.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const result = qasm.tryParse('OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nhh q;');
 * if (!result.ok) qasm.formatDiagnostic(result.diagnostics[0]!).split('\n')[1]; // => '4 | hh q;'
 * ```
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, message, excerpt, hint } = diagnostic;
  const margin = `${line} | `;
  const blank = `${' '.repeat(margin.length - 2)}| `;
  const lines = [
    `${file}:${line}:${column}: ${severity}: ${message}`,
    `${margin}${excerpt.text}`.trimEnd(),
    `${blank}${' '.repeat(excerpt.start)}${'^'.repeat(excerpt.length)}`,
  ];
  if (hint !== undefined) lines.push(`${' '.repeat(margin.length - 2)}= hint: ${hint}`);
  return lines.join('\n');
}

/**
 * Several diagnostics, one after another with a blank line between.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const result = qasm.tryParse('OPENQASM 2.0; qreg q[1]; h q; x q;');
 * if (!result.ok) qasm.formatDiagnostics(result.diagnostics).split('\n\n').length; // => 2
 * ```
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join('\n\n');
}
