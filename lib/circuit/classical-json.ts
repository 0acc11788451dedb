import { LIMITS } from '../limits.js';
import {
  checkArray,
  checkChoice,
  checkInteger,
  checkName,
  checkNumber,
  checkOptions,
  invalidArgument,
} from './arguments.js';
import { Classical, type ClassicalItem, type ClassicalType } from './classical.js';
import {
  isWhole,
  operandsOf,
  type ClassicalOperator,
  type WidthOperator,
} from './classical-items.js';

/** Type of a classical value as JSON. */
export interface ClassicalTypeJSON {
  readonly kind: string;
  readonly width?: number;
}

/** One item of a classical expression: a leaf, an operator, or an operator with its width. */
export type ClassicalItemJSON =
  | string
  | { readonly number: number }
  | { readonly integer: string }
  | { readonly parameter: string }
  | { readonly bit: number }
  | { readonly bits: readonly [first: number, count: number] }
  | { readonly variable: string; readonly type: ClassicalTypeJSON }
  | { readonly op: string; readonly width: number };

/** A classical expression in postfix order. */
export interface ClassicalJSON {
  readonly classical: readonly ClassicalItemJSON[];
  readonly type: ClassicalTypeJSON;
}

function itemToJSON(item: ClassicalItem): ClassicalItemJSON {
  switch (item.op) {
    case 'number':
      return { number: item.value };
    case 'integer':
      return { integer: String(item.value) };
    case 'parameter':
      return { parameter: item.name };
    case 'bit':
      return { bit: item.bit };
    case 'bits':
      return { bits: [item.first, item.count] };
    case 'variable':
      return { variable: item.name, type: item.type };
    case 'register':
      throw new TypeError(`The register ${item.name} was not resolved.`);
    default:
      return 'width' in item ? { op: item.op, width: item.width } : item.op;
  }
}

/** A classical expression as plain data. */
export function classicalToJSON({ items, type }: Classical): ClassicalJSON {
  return { classical: items.map(itemToJSON), type };
}

/** What operators take and give: w whole, f float. */
const SIGNATURES: ReadonlyMap<string, string> = new Map(
  [
    ['ff>f', 'add sub mul div pow mod'],
    ['f>f', 'neg sin cos tan exp ln sqrt abs asin acos atan floor ceil toSingle'],
    [
      'ww>w',
      'intAdd intSub intMul intDiv intMod uintDiv uintMod intPow bitAnd bitOr bitXor shiftLeft shiftRight',
    ],
    ['ww>w', 'rotateLeft rotateRight intEq intLt intLe uintLt uintLe and or'],
    ['w>w', 'intNeg bitNot popcount wrapUint wrapInt not'],
    ['ff>w', 'floatEq floatLt floatLe'],
    ['w>f', 'intToFloat uintToFloat'],
    ['f>w', 'floatToInt'],
  ].flatMap(([signature, names]) =>
    (names as string).split(' ').map((name): [string, string] => [name, signature as string]),
  ),
);
const WITH_WIDTH = ['rotateLeft', 'rotateRight', 'wrapUint', 'wrapInt'] as const;
const KINDS = ['bit', 'bool', 'integer', 'float', 'angle', 'int', 'uint'] as const;

function readType(value: unknown, argument: string): ClassicalType {
  const given = checkOptions(value, argument, ['kind', 'width']);
  const kind = checkChoice(given.kind, `${argument}.kind`, KINDS);
  if (kind !== 'int' && kind !== 'uint') return { kind };
  return { kind, width: checkInteger(given.width, `${argument}.width`, 1, 64) };
}

function readOperator(value: unknown, argument: string): ClassicalItem {
  const isKnown = typeof value === 'string' && SIGNATURES.has(value);
  if (!isKnown || (WITH_WIDTH as readonly string[]).includes(value)) {
    throw invalidArgument(argument, 'an operator of classical expressions', value);
  }
  return { op: value as ClassicalOperator };
}

function readInteger(value: unknown, argument: string): ClassicalItem {
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) {
    const integer = BigInt(value);
    if (integer === BigInt.asIntN(64, integer)) return { op: 'integer', value: integer };
  }
  throw invalidArgument(argument, 'a text of a signed 64-bit integer', value);
}

function readItem(value: unknown, argument: string): ClassicalItem {
  if (typeof value !== 'object' || value === null) return readOperator(value, argument);
  const given = checkOptions(value, argument, [
    'number',
    'integer',
    'parameter',
    'bit',
    'bits',
    'variable',
    'type',
    'op',
    'width',
  ]);
  if ('number' in given) return { op: 'number', value: checkNumber(given.number, argument) };
  if ('integer' in given) return readInteger(given.integer, argument);
  if ('parameter' in given)
    return { op: 'parameter', name: checkName(given.parameter, argument, LIMITS.nameLength) };
  if ('bit' in given) return { op: 'bit', bit: checkInteger(given.bit, argument, 0) };
  if ('bits' in given) {
    const [first, count] = checkArray(given.bits, argument);
    return {
      op: 'bits',
      first: checkInteger(first, argument, 0),
      count: checkInteger(count, argument, 1, 64),
    };
  }
  if ('variable' in given) {
    const name = checkName(given.variable, argument, LIMITS.nameLength);
    return { op: 'variable', name, type: readType(given.type, `${argument}.type`) };
  }
  const op: WidthOperator = checkChoice(given.op, `${argument}.op`, WITH_WIDTH);
  return { op, width: checkInteger(given.width, `${argument}.width`, 1, 64) };
}

const resultOf = (item: ClassicalItem): 'w' | 'f' => {
  const signature = SIGNATURES.get(item.op);
  if (signature !== undefined) return signature.endsWith('f') ? 'f' : 'w';
  if (item.op === 'variable') return isWhole(item.type) ? 'w' : 'f';
  return item.op === 'number' || item.op === 'parameter' ? 'f' : 'w';
};

/** Reads what {@link classicalToJSON} gave; the data need not be trusted. */
export function readClassical(value: object, argument: string): Classical {
  const { classical, type } = checkOptions(value, argument, ['classical', 'type']);
  const list = checkArray(classical, `${argument}.classical`);
  if (list.length > LIMITS.expressionItems) {
    throw invalidArgument(`${argument}.classical`, `at most ${LIMITS.expressionItems} items`, list);
  }
  const items = list.map((item, k) => readItem(item, `${argument}.classical[${k}]`));
  const result = readType(type, `${argument}.type`);
  let stack = '';
  for (const item of items) {
    const count = operandsOf(item.op);
    const needed = count === 0 ? '' : (SIGNATURES.get(item.op) as string).slice(0, count);
    if (!stack.endsWith(needed))
      throw invalidArgument(`${argument}.classical`, 'one expression in postfix order', list);
    stack = stack.slice(0, stack.length - count) + resultOf(item);
  }
  if (stack === (isWhole(result) ? 'w' : 'f')) return new Classical(items, result);
  throw invalidArgument(
    `${argument}.classical`,
    'one expression of its type in postfix order',
    list,
  );
}
