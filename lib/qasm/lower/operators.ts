import { angles, complexOf, durationOf } from './special-operators.js';
import type { Classical } from '../../circuit/classical.js';
import { REAL_OPERATORS } from '../arithmetic.js';
import { quoted } from '../printable.js';
import { Token } from '../tokens.js';
import { convert, toSingle, typed } from './convert.js';
import type { Lowering } from './lowering.js';
import {
  BOOL,
  DURATION,
  FLOAT,
  hasBits,
  INT,
  isInteger,
  isReal,
  isSingle,
  isSized,
  isTruth,
  rounded,
  type Type,
  typeText,
  UINT,
  widthOf,
  wrapped,
} from './types.js';
import { atRunTime, known, layerType, toLayer, type Value } from './values.js';

interface Operator {
  readonly text: string;
  /** What the classical layer has for it. */
  readonly method:
    | 'add'
    | 'sub'
    | 'mul'
    | 'div'
    | 'mod'
    | 'pow'
    | 'bitAnd'
    | 'bitOr'
    | 'bitXor'
    | 'and'
    | 'or'
    | 'eq'
    | 'ne'
    | 'lt'
    | 'le'
    | 'gt'
    | 'ge'
    | 'shiftLeft'
    | 'shiftRight';
}

/** Binary operators by their tokens. */
const OPERATORS = new Map<number, Operator>([
  [Token.Plus, { text: '+', method: 'add' }],
  [Token.Minus, { text: '-', method: 'sub' }],
  [Token.Asterisk, { text: '*', method: 'mul' }],
  [Token.Slash, { text: '/', method: 'div' }],
  [Token.Percent, { text: '%', method: 'mod' }],
  [Token.DoubleAsterisk, { text: '**', method: 'pow' }],
  [Token.ShiftLeft, { text: '<<', method: 'shiftLeft' }],
  [Token.ShiftRight, { text: '>>', method: 'shiftRight' }],
  [Token.Ampersand, { text: '&', method: 'bitAnd' }],
  [Token.Pipe, { text: '|', method: 'bitOr' }],
  [Token.Caret, { text: '^', method: 'bitXor' }],
  [Token.DoubleAmpersand, { text: '&&', method: 'and' }],
  [Token.DoublePipe, { text: '||', method: 'or' }],
  [Token.DoubleEquals, { text: '==', method: 'eq' }],
  [Token.NotEquals, { text: '!=', method: 'ne' }],
  [Token.Less, { text: '<', method: 'lt' }],
  [Token.LessEquals, { text: '<=', method: 'le' }],
  [Token.Greater, { text: '>', method: 'gt' }],
  [Token.GreaterEquals, { text: '>=', method: 'ge' }],
]);

function operatorOf(token: number): Operator {
  return OPERATORS.get(token) as Operator;
}

const ARITHMETIC = new Set<number>([
  ...[Token.Plus, Token.Minus, Token.Asterisk, Token.Slash, Token.Percent, Token.DoubleAsterisk],
]);
const BITWISE = new Set<number>([Token.Ampersand, Token.Pipe, Token.Caret]);
const LOGIC = new Set<number>([Token.DoubleAmpersand, Token.DoublePipe]);

/** The value of a binary operator, by its token. */
export function binary(
  lowering: Lowering,
  node: number,
  token: number,
  left: Value,
  right: Value,
): Value {
  const [a, b] = [asDuration(left), asDuration(right)];
  if (token === Token.ShiftLeft || token === Token.ShiftRight)
    return shift(lowering, node, token, a, b);
  if (LOGIC.has(token)) {
    const truth = convert(lowering, node, a, BOOL);
    return combine(lowering, node, token, truth, convert(lowering, node, b, BOOL), BOOL, BOOL);
  }
  if (a.type.kind === 'complex' || b.type.kind === 'complex')
    return complexOf(lowering, node, token, a, b);
  if (a.type.kind === 'duration' || b.type.kind === 'duration')
    return durationOf(lowering, node, token, a, b);
  if (ARITHMETIC.has(token)) return arithmetic(lowering, node, token, a, b);
  if (BITWISE.has(token)) return bitwise(lowering, node, token, a, b);
  return compare(lowering, node, token, a, b);
}

/** A stretch is a duration that nobody knows. */
function asDuration(value: Value): Value {
  return value.type.kind === 'stretch' ? known(DURATION, NaN, false) : value;
}

export function refuse(lowering: Lowering, node: number, token: number, a: Value, b: Value): never {
  const operator = quoted(operatorOf(token).text);
  const [left, right] = [quoted(typeText(a.type)), quoted(typeText(b.type))];
  return lowering.error(
    node,
    `${operator} is not defined for ${left} and ${right}`,
    'cast one of them',
  );
}

/** Two values of one type, combined. */
export function combine(
  lowering: Lowering,
  node: number,
  token: number,
  a: Value,
  b: Value,
  type: Type,
  result: Type,
): Value {
  if (a.run === undefined && b.run === undefined) {
    const isConst = a.isConst && b.isConst;
    const value = isReal(type)
      ? realBinary(token, a.known as number, b.known as number)
      : wholeBinary(lowering, node, token, a.known as bigint, b.known as bigint);
    if (isTruth(result)) return known(result, BigInt(value), isConst);
    const inRange = typeof value === 'bigint' ? wrapped(value, result) : rounded(value, result);
    return known(result, inRange, isConst);
  }
  const run = typed(toLayer(a)[operatorOf(token).method](toLayer(b)), layerType(result));
  return atRunTime(result, isSingle(result) ? toSingle(run) : run);
}

export function realBinary(token: number, a: number, b: number): number | bigint {
  return REAL_OPERATORS.get(token)?.(a, b) ?? compared(token, a, b);
}

type Comparison = (a: number | bigint, b: number | bigint) => boolean;

/** Comparisons by their tokens. */
const COMPARISONS = new Map<number, Comparison>([
  [Token.DoubleEquals, (a, b) => a === b],
  [Token.NotEquals, (a, b) => a !== b],
  [Token.Less, (a, b) => a < b],
  [Token.LessEquals, (a, b) => a <= b],
  [Token.Greater, (a, b) => a > b],
  [Token.GreaterEquals, (a, b) => a >= b],
]);

export function isComparison(token: number): boolean {
  return COMPARISONS.has(token);
}

function compared(token: number, a: number | bigint, b: number | bigint): bigint {
  return (COMPARISONS.get(token) as Comparison)(a, b) ? 1n : 0n;
}

function wholeBinary(
  lowering: Lowering,
  node: number,
  token: number,
  a: bigint,
  b: bigint,
): bigint {
  switch (token) {
    case Token.Plus:
      return a + b;
    case Token.Minus:
      return a - b;
    case Token.Asterisk:
      return a * b;
    case Token.Slash:
    case Token.Percent:
      if (b === 0n) lowering.wrongValue(node, 'this divides by 0');
      if (token === Token.Percent) return a % b;
      if (a % b !== 0n) warnDropped(lowering, node, a, b);
      return a / b;
    case Token.DoubleAsterisk:
      return power(a, b);
    case Token.Ampersand:
    case Token.DoubleAmpersand:
      return a & b;
    case Token.Pipe:
    case Token.DoublePipe:
      return a | b;
    case Token.Caret:
      return a ^ b;
    default:
      return compared(token, a, b);
  }
}

/** Hardly anyone who writes `1/2` means 0. */
function warnDropped(lowering: Lowering, node: number, a: bigint, b: bigint): void {
  const message = `whole numbers are divided without a fraction: ${a}/${b} is ${a / b}`;
  lowering.warn(node, message, `for a real quotient write ${a}.0/${b}`);
}

/** A power of whole numbers, in 64 bits. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asIntN(128, result * square);
    square = BigInt.asIntN(128, square * square);
  }
  return BigInt.asIntN(64, result);
}

/** The type in which whole numbers are combined; narrow ones do not become wider, literals fit any. */
export function commonWhole(a: Type, b: Type): Type {
  const [left, right] = [a, b].map((type) => (isTruth(type) ? UINT : type)) as [Type, Type];
  if (isTruth(a) && !isTruth(b)) return b;
  if (isTruth(b) && !isTruth(a)) return a;
  const width = Math.max(widthOf(left), widthOf(right));
  const isUnsigned = (type: Type): boolean => type.kind === 'uint';
  const wider = widthOf(left) > widthOf(right) ? left : right;
  const sameWidth = widthOf(left) === widthOf(right);
  const unsigned = sameWidth ? isUnsigned(left) || isUnsigned(right) : isUnsigned(wider);
  const sized = isSized(left) && isSized(right);
  if (!sized && width === 64) return unsigned ? UINT : INT;
  return { kind: unsigned ? 'uint' : 'int', width };
}

function arithmetic(lowering: Lowering, node: number, token: number, a: Value, b: Value): Value {
  if (a.type.kind === 'bits' || b.type.kind === 'bits') return refuse(lowering, node, token, a, b);
  if (a.type.kind === 'angle' || b.type.kind === 'angle')
    return angles(lowering, node, token, a, b);
  const isFloat = a.type.kind === 'float' || b.type.kind === 'float';
  const type = isFloat ? commonFloat(a.type, b.type) : promoted(a, b);
  const left = convert(lowering, node, a, type);
  const right = convert(lowering, node, b, type);
  const isFraction =
    token === Token.DoubleAsterisk && typeof right.known === 'bigint' && right.known < 0n;
  if (isFraction && left.run === undefined) {
    // A whole number to a negative power is real.
    return known(FLOAT, Number(left.known) ** Number(right.known), left.isConst && right.isConst);
  }
  return combine(lowering, node, token, left, right, type, type);
}

/** The common type; a literal that is not negative counts as unsigned where the other value is. */
function promoted(a: Value, b: Value): Type {
  const common = commonWhole(a.type, b.type);
  for (const [value, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const isLiteral = value.run === undefined && value.type.kind === 'int' && !isSized(value.type);
    if (!isLiteral || !value.isConst || other.type.kind !== 'uint') continue;
    if ((value.known as bigint) >= 0n && !isSized(other.type)) return UINT;
  }
  return common;
}

/** The type in which real numbers are combined: the wider one. Whole numbers take that of the other value. */
function commonFloat(a: Type, b: Type): Type {
  const [first, second] = [a, b].filter(({ kind }) => kind === 'float') as [Type, Type?];
  return isSingle(first) ? (second ?? first) : first;
}

/** The same bits under another type. */
export function retyped(value: Value, type: Type): Value {
  if (value.run === undefined) return { ...value, type };
  return atRunTime(type, typed(value.run, layerType(type)));
}

function bitwise(lowering: Lowering, node: number, token: number, a: Value, b: Value): Value {
  if (isTruth(a.type) && isTruth(b.type)) {
    const type = a.type.kind === 'bool' ? b.type : a.type;
    return combine(lowering, node, token, retyped(a, type), retyped(b, type), type, type);
  }
  if (isReal(a.type) || isReal(b.type)) return refuse(lowering, node, token, a, b);
  const special = [a.type, b.type].find(({ kind }) => kind === 'bits' || kind === 'angle');
  const type = special ?? promoted(a, b);
  const left = convert(lowering, node, a, type);
  return combine(lowering, node, token, left, convert(lowering, node, b, type), type, type);
}

function shift(lowering: Lowering, node: number, token: number, a: Value, b: Value): Value {
  if (!hasBits(a.type) || !(isInteger(b.type) || isTruth(b.type)))
    return refuse(lowering, node, token, a, b);
  const places = convert(lowering, node, b, INT);
  if (a.run === undefined && places.run === undefined) {
    const by = places.known as bigint;
    if (by < 0n) lowering.wrongValue(node, 'bits are shifted by 0 or more places');
    const width = widthOf(a.type);
    const bits = BigInt.asUintN(width, a.known as bigint);
    const moved = by >= BigInt(width) ? 0n : token === Token.ShiftLeft ? bits << by : bits >> by;
    return known(a.type, wrapped(moved, a.type), a.isConst && places.isConst);
  }
  const moved: Classical = toLayer(a)[operatorOf(token).method](toLayer(places));
  return atRunTime(a.type, typed(moved, layerType(a.type)));
}

function compare(lowering: Lowering, node: number, token: number, a: Value, b: Value): Value {
  const type = compareType(a, b);
  if (type === undefined) return refuse(lowering, node, token, a, b);
  const left = compared1(lowering, node, a, type);
  return combine(lowering, node, token, left, compared1(lowering, node, b, type), type, BOOL);
}

/** A value in the type of a comparison. */
function compared1(lowering: Lowering, node: number, value: Value, type: Type): Value {
  if (value.type.kind === 'bits' && isInteger(type)) {
    return convert(lowering, node, retyped(value, { kind: 'uint', width: value.type.width }), type);
  }
  return convert(lowering, node, value, type, value.type.kind === 'angle');
}

function compareType(a: Value, b: Value): Type | undefined {
  const [left, right] = [a.type, b.type];
  if (left.kind === 'bits' && right.kind === 'bits') {
    return left.width === right.width ? { kind: 'uint', width: left.width } : undefined;
  }
  if (left.kind === 'angle' && right.kind === 'angle' && isSized(left) && isSized(right)) {
    return { kind: 'angle', width: Math.max(widthOf(left), widthOf(right)) };
  }
  if (left.kind === 'angle' || right.kind === 'angle') {
    const angle = left.kind === 'angle' ? left : right;
    const other = left.kind === 'angle' ? right : left;
    return isSized(angle) && other.kind === 'float' ? angle : FLOAT;
  }
  if (left.kind === 'float' || right.kind === 'float')
    return left.kind === 'bits' || right.kind === 'bits' ? undefined : FLOAT;
  if (isTruth(left) && isTruth(right)) return BOOL;
  if (left.kind === 'bits' || right.kind === 'bits') return INT;
  return promoted(a, b);
}

/** The value of a unary operator, by its token. */
export function unary(lowering: Lowering, node: number, token: number, given: Value): Value {
  const a = asDuration(given);
  const { type } = a;
  if (token === Token.Exclamation) {
    const truth = convert(lowering, node, a, BOOL);
    if (truth.run !== undefined) return atRunTime(BOOL, truth.run.not());
    return known(BOOL, truth.known === 0n ? 1n : 0n, truth.isConst);
  }
  if (token === Token.Tilde) return complement(lowering, node, a);
  if (type.kind === 'bits')
    return lowering.error(node, `\`-\` is not defined for ${quoted(typeText(type))}`);
  if (isTruth(type)) return unary(lowering, node, token, convert(lowering, node, a, INT));
  if (a.run !== undefined) return atRunTime(type, typed(a.run.neg(), layerType(type)));
  const { known: value } = a;
  if (typeof value === 'object') return known(type, { re: -value.re, im: -value.im }, a.isConst);
  if (typeof value === 'bigint') return known(type, wrapped(-value, type), a.isConst);
  return known(type, -value, a.isConst);
}

/** All bits turned over. */
function complement(lowering: Lowering, node: number, a: Value): Value {
  const { type } = a;
  if (isReal(type) || type.kind === 'complex' || type.kind === 'duration') {
    return lowering.error(node, `\`~\` is not defined for ${quoted(typeText(type))}`);
  }
  if (a.run === undefined) {
    const value = a.known as bigint;
    return known(type, isTruth(type) ? 1n - value : wrapped(~value, type), a.isConst);
  }
  return atRunTime(type, typed(a.run.bitNot(), layerType(type)));
}
