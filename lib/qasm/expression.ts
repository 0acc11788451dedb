import type { FloatList, IntList } from './number-list.js';

/** Functions of angles by their names in the languages; all take and give real numbers. */
export const FUNCTIONS_2: ReadonlyMap<string, (x: number) => number> = new Map([
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['sqrt', Math.sqrt],
]);
export const FUNCTIONS_3: ReadonlyMap<string, (x: number) => number> = new Map([
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['exp', Math.exp],
  ['log', Math.log],
  ['sqrt', Math.sqrt],
  ['arcsin', Math.asin],
  ['arccos', Math.acos],
  ['arctan', Math.atan],
]);

/** All functions; the place of one is its operand in the code. */
const FUNCTIONS = [...new Set([...FUNCTIONS_2.values(), ...FUNCTIONS_3.values()])];

/** Items of an expression in postfix order; each has one operand, 0 where it needs none. */
export const Item = {
  End: 0,
  /** Operand: place of the value. */
  Constant: 1,
  /** Operand: number of the gate's angle. */
  Angle: 2,
  Add: 3,
  Subtract: 4,
  Multiply: 5,
  Divide: 6,
  Power: 7,
  Negate: 8,
  /** Operand: number of the function. */
  Function: 9,
} as const;

export type BinaryItem =
  | typeof Item.Add
  | typeof Item.Subtract
  | typeof Item.Multiply
  | typeof Item.Divide
  | typeof Item.Power;

/** The operand that stands for a function. */
export function functionNumber(fn: (x: number) => number): number {
  return FUNCTIONS.indexOf(fn);
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
      const left = stack[top] as number;
      stack[top] = binary(item as BinaryItem, left, stack[top + 1] as number);
    }
  }
}

function binary(item: BinaryItem, left: number, right: number): number {
  switch (item) {
    case Item.Add:
      return left + right;
    case Item.Subtract:
      return left - right;
    case Item.Multiply:
      return left * right;
    case Item.Divide:
      return left / right;
    case Item.Power:
      return left ** right;
  }
}
