// Short ways to read a text and look at what came out.

import type { Circuit } from '../../../lib/circuit/circuit.js';
import type { Operation } from '../../../lib/circuit/operation.js';
import { tryParse, type Diagnostic, type ParseOptions } from '../../../lib/qasm/index.js';

export const header2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
export const header3 = 'OPENQASM 3.1;\ninclude "stdgates.inc";\n';

/** One operation in few characters: `rx(0.5) 0`, `cx 0 1`, `measure 0 -> 1`, `barrier 0 1`. */
function brief(operation: Operation): string {
  if (operation.kind === 'measure') return `measure ${operation.qubit} -> ${operation.bit}`;
  if (operation.kind === 'barrier') return ['barrier', ...operation.qubits].join(' ');
  if (operation.kind !== 'gate') return operation.kind;
  const { gate, params, controls, targets } = operation;
  const angles = params.length === 0 ? '' : `(${params.join(',')})`;
  return [`${gate}${angles}`, ...controls, ...targets].join(' ');
}

/** Operations of a text that must be readable. */
export function operationsOf(text: string, options?: ParseOptions): string[] {
  return circuitOf(text, options).operations.map(brief);
}

export function circuitOf(text: string, options?: ParseOptions): Circuit {
  const result = tryParse(text, options);
  if (result.ok) return result.circuit;
  throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
}

/** The only angle of the only gate of `rx(…) q[0];`. */
export function angleOf(expression: string, header = header2): number {
  const text = `${header}qreg q[1]; rx(${expression}) q[0];`;
  const [operation] = circuitOf(text).operations;
  return operation?.kind === 'gate' ? (operation.params[0] as number) : NaN;
}

/** What is wrong with a text; warnings left out. */
export function errorsOf(text: string, options?: ParseOptions): readonly Diagnostic[] {
  const result = tryParse(text, options);
  return result.ok ? [] : result.diagnostics.filter(({ severity }) => severity === 'error');
}

/** `line:column code message` of all errors. */
export function complaints(text: string, options?: ParseOptions): string[] {
  return errorsOf(text, options).map(
    ({ line, column, code, message }) =>
      `${line}:${column} ${code.replace('ERR_QASM_', '')} ${message}`,
  );
}

/** The piece of text that the first error underlines. */
export function underlined(text: string): string {
  const [first] = errorsOf(text);
  return first === undefined ? '' : text.slice(first.offset, first.offset + first.length);
}
