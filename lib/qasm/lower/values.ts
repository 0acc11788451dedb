import { Classical, type ClassicalItem, type ClassicalType } from '../../circuit/classical.js';
import { type Angle, Expression, type ExpressionItem } from '../../circuit/expression.js';
import { type Type, widthOf } from './types.js';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A value that is known now: whole for bit patterns, real for `float` and `angle` without a width. */
export type Known = bigint | number | Complex;

/** A classical value: known now, or an expression for the time of the run. */
export type Value =
  | {
      readonly type: Type;
      readonly known: Known;
      readonly isConst: boolean;
      readonly run?: undefined;
    }
  | {
      readonly type: Type;
      readonly run: Classical;
      readonly known?: undefined;
      readonly isConst?: undefined;
    };

/** A value that is known, though it may be that of a variable. */
export function known(type: Type, value: Known, isConst = true): Value {
  return { type, known: value, isConst };
}

/** A value of the run. */
export function atRunTime(type: Type, run: Classical): Value {
  return { type, run };
}

/** The type that the classical layer has for a type. An angle with a width is the whole number of its bits. */
export function layerType(type: Type): ClassicalType {
  switch (type.kind) {
    case 'bit':
    case 'bool':
    case 'float':
      return { kind: type.kind };
    case 'int':
      return { kind: 'int', width: widthOf(type) };
    case 'angle':
      return type.width === undefined ? { kind: 'angle' } : { kind: 'uint', width: type.width };
    case 'bits':
    case 'uint':
      return { kind: 'uint', width: widthOf(type) };
    default:
      return { kind: 'float' };
  }
}

/** A value as the classical layer takes it. */
export function toLayer(value: Value): Classical {
  if (value.run !== undefined) return value.run;
  const type = layerType(value.type);
  if (typeof value.known === 'bigint') {
    return new Classical([{ op: 'integer', value: BigInt.asIntN(64, value.known) }], type);
  }
  return new Classical([{ op: 'number', value: value.known as number }], type);
}

/** Whether all that a value depends on are parameters and numbers. */
function isOverParameters(items: readonly ClassicalItem[]): boolean {
  return items.every(({ op }) => PLAIN.has(op));
}

const PLAIN: ReadonlySet<string> = new Set([
  ...['number', 'parameter', 'add', 'sub', 'mul', 'div', 'pow', 'neg'],
  ...['sin', 'cos', 'tan', 'exp', 'ln', 'sqrt', 'abs'],
]);

/** A real value of the layer as the angle of a gate: over parameters alone where it is that. */
export function toAngle(value: Classical): Angle {
  if (!isOverParameters(value.items)) return value.angle();
  const items = value.items.map((item): ExpressionItem =>
    item.op === 'number' ? { op: 'constant', value: item.value } : (item as ExpressionItem),
  );
  return new Expression(items);
}

/** Whether two known values are the same. */
export function sameKnown(a: Known | undefined, b: Known | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.re === b.re && a.im === b.im;
  return Object.is(a, b);
}
