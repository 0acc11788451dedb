import { REAL_FUNCTIONS, REAL_OPERATORS } from './arithmetic.js';
import type { FloatList, IntList } from './number-list.js';

/** Functions and operators; the place of one is its operand in the code. */
const FUNCTIONS = [...REAL_FUNCTIONS[2].values()].map(({ compute }) => compute);
const FUNCTION_NAMES = [...REAL_FUNCTIONS[2].keys()];
const OPERATORS = [...REAL_OPERATORS.values()];
const OPERATOR_TOKENS = [...REAL_OPERATORS.keys()];

/** Items of an expression in postfix order; each has one operand, 0 where it needs none. */
export const Item = {
  End: 0,
  /** Operand: place of the value. */
  Constant: 1,
  /** Operand: number of the gate's angle. */
  Angle: 2,
  Negate: 3,
  /** Operand: number of the function. */
  Function: 4,
  /** Operand: number of the operator. */
  Operator: 5,
} as const;

/** The operand that stands for a function of OpenQASM 2; -1 for other names. */
export function functionNumber(name: string): number {
  return FUNCTION_NAMES.indexOf(name);
}

/** The operand that stands for an operator. */
export function operatorNumber(token: number): number {
  return OPERATOR_TOKENS.indexOf(token);
}

/** Value of the expression at a place in the code, for the angles of one call of the gate it belongs to. */
export function evaluate(
  code: IntList,
  constants: FloatList,
  place: number,
  angles: readonly number[],
): number {
  const stack: number[] = [];
  let top = -1;
  for (let at = place; ; at += 2) {
    const item = code.at(at);
    if (item === Item.End) return stack[top] as number;
    const operand = code.at(at + 1);
    if (item === Item.Constant) {
      top += 1;
      stack[top] = constants.at(operand);
    } else if (item === Item.Angle) {
      top += 1;
      stack[top] = angles[operand] as number;
    } else if (item === Item.Negate) {
      stack[top] = -(stack[top] as number);
    } else if (item === Item.Function) {
      stack[top] = (FUNCTIONS[operand] as (x: number) => number)(stack[top] as number);
    } else {
      top -= 1;
      const operator = OPERATORS[operand] as (a: number, b: number) => number;
      stack[top] = operator(stack[top] as number, stack[top + 1] as number);
    }
  }
}
