import { COMPLEX, type Complex } from './complex.js';
import { gateRow } from './gate-table.js';
import type { GateName } from './gates.gen.js';
import { evaluatePostfix } from './postfix.js';

/**
 * Matrix of a gate on its targets, the first target being the most significant; controls are not part of it.
 * One angle in radians for each parameter of the gate.
 */
export function gateMatrix(name: GateName, angles: readonly number[]): Complex[][] {
  const row = gateRow(name);
  const names = new Map<string, Complex>([
    ['i', { re: 0, im: 1 }],
    ['pi', { re: Math.PI, im: 0 }],
  ]);
  row.params.forEach((param, k) => names.set(param, { re: angles[k] as number, im: 0 }));
  return row.matrix.map((line) => line.map((entry) => evaluatePostfix(entry, COMPLEX, names)));
}
