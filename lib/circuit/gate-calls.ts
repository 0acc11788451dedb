import type { Expression } from './expression.js';
import { toExpression, type Angle } from './expression.js';
import type { GateCall } from './gate-row.js';
import { gateRow } from './gate-table.js';
import type { GateOperation } from './operation.js';
import { evaluatePostfix, type Algebra } from './postfix.js';

const both = (
  numbers: (a: number, b: number) => number,
  expressions: (a: Expression, b: Angle) => Expression,
): ((a: Angle, b: Angle) => Angle) => {
  return (a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? numbers(a, b)
      : expressions(toExpression(a), b);
};

/** Arithmetic on angles that stays numeric as long as it can. */
export const ANGLES: Algebra<Angle> = {
  number: (value) => value,
  add: both(
    (a, b) => a + b,
    (a, b) => a.add(b),
  ),
  sub: both(
    (a, b) => a - b,
    (a, b) => a.sub(b),
  ),
  mul: both(
    (a, b) => a * b,
    (a, b) => a.mul(b),
  ),
  div: both(
    (a, b) => a / b,
    (a, b) => a.div(b),
  ),
  neg: (a) => (typeof a === 'number' ? 0 - a : a.neg()),
  functions: {},
};

function expand(
  operation: GateOperation,
  calls: readonly GateCall[],
  exponent?: number,
): GateOperation[] {
  const names = new Map<string, Angle>([['pi', Math.PI]]);
  gateRow(operation.gate).params.forEach((name, k) => {
    names.set(name, operation.params[k] as Angle);
  });
  if (exponent !== undefined) names.set('t', exponent);
  return calls.map((call) => ({
    ...operation,
    gate: call.gate,
    params: call.angles.map((code) => evaluatePostfix(code, ANGLES, names)),
    targets: call.targets.map((target) => operation.targets[target] as number),
  }));
}

/** Gates whose product, applied first to last, undoes the operation. */
export function inverseGates(operation: GateOperation): GateOperation[] {
  return expand(operation, gateRow(operation.gate).inverse);
}

/** Gates whose product is the operation to a real power; undefined where the gate has no closed rule. */
export function powerGates(
  operation: GateOperation,
  exponent: number,
): GateOperation[] | undefined {
  const { power } = gateRow(operation.gate);
  return power.length === 0 ? undefined : expand(operation, power, exponent);
}
