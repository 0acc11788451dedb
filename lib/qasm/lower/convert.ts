import { Classical, converted } from '../../circuit/classical.js';
import { quoted } from '../printable.js';
import type { Lowering } from './lowering.js';
import {
  isInteger,
  isReal,
  isSingle,
  isSized,
  isTruth,
  rounded,
  sameType,
  type Type,
  typeText,
  widthOf,
  wrapped,
} from './types.js';
import { atRunTime, known, type Known, layerType, toLayer, type Value } from './values.js';

/** Turns of an angle with a width that make a full circle. */
function steps(type: Type): number {
  return 2 ** widthOf(type);
}

/**
 * A value in another type, as assignments convert it or, if `isCast`, as `type(value)` does (specification, "Casting
 * specifics"). Real numbers become whole ones by dropping the fraction; values that are too large wrap.
 */
export function convert(
  lowering: Lowering,
  node: number,
  value: Value,
  type: Type,
  isCast = false,
): Value {
  const from = value.type;
  if (sameType(from, type)) return value;
  if (!isAllowed(from, type, value, isCast)) refuse(lowering, node, from, type, isCast);
  if (value.run === undefined) {
    const result = convertKnown(lowering, node, value.known, from, type);
    return known(type, result, value.isConst);
  }
  return atRunTime(type, convertRun(value.run, from, type));
}

function refuse(lowering: Lowering, node: number, from: Type, to: Type, isCast: boolean): never {
  const [source, target] = [quoted(typeText(from)), quoted(typeText(to))];
  const message = isCast
    ? `${source} cannot be cast to ${target}`
    : `a value of type ${source} cannot stand where ${target} is expected`;
  const sizes =
    from.kind === 'bits' && to.kind === 'bits' ? 'take a part, such as b[0:3]' : undefined;
  lowering.error(
    node,
    message,
    sizes ?? (isCast ? undefined : `a cast may help: ${typeText(to)}(…)`),
  );
}

function isAllowed(from: Type, to: Type, value: Value, isCast: boolean): boolean {
  if (from.kind === 'void' || to.kind === 'void') return false;
  if (from.kind === 'duration' || to.kind === 'duration') {
    return from.kind === 'stretch' || to.kind === 'stretch';
  }
  if (from.kind === 'stretch' || to.kind === 'stretch') return false;
  if (to.kind === 'complex')
    return isInteger(from) || from.kind === 'float' || from.kind === 'bool';
  if (from.kind === 'complex') return false;
  if (to.kind === 'bits') return fitsBits(from, to.width, value, isCast);
  if (from.kind === 'bits') return bitsFit(from.width, to, isCast);
  if (to.kind === 'angle') return from.kind !== 'bool' || isCast;
  return true;
}

/** Whether a value may become a register: only one of the same width, or a bit by a cast. */
function fitsBits(from: Type, width: number, value: Value, isCast: boolean): boolean {
  if (from.kind === 'bits') return from.width === width;
  if (isTruth(from)) return isCast;
  if (isInteger(from) && !isSized(from)) return isCast || value.run === undefined;
  return isSized(from) && widthOf(from) === width && from.kind !== 'float';
}

/** Whether a register may become a value: of the same width, or of none. */
function bitsFit(width: number, to: Type, isCast: boolean): boolean {
  if (to.kind === 'bool') return true;
  if (to.kind === 'bit') return isCast && width === 1;
  if (isInteger(to)) return !isSized(to) || widthOf(to) === width;
  return to.kind === 'angle' && isSized(to) && widthOf(to) === width;
}

function convertKnown(lowering: Lowering, node: number, value: Known, from: Type, to: Type): Known {
  if (to.kind === 'duration' || to.kind === 'stretch') return value;
  if (to.kind === 'complex') return { re: Number(value), im: 0 };
  if (isReal(to)) return rounded(realOf(value, from), to);
  if (typeof value === 'number' && !Number.isFinite(value) && !isTruth(to)) {
    lowering.wrongValue(node, `${value} cannot become a value of type ${quoted(typeText(to))}`);
  }
  if (to.kind === 'angle') return angleBits(value as bigint | number, from, to);
  if (typeof value === 'bigint') return wrapped(value, to);
  if (isTruth(to)) return value === 0 ? 0n : 1n;
  const number = Number(value);
  if (number < -(2 ** 63) || number >= (to.kind === 'int' ? 2 ** 63 : 2 ** 64)) {
    lowering.wrongValue(node, `no whole number of 64 bits holds ${number}`);
  }
  return wrapped(BigInt(Math.trunc(number)), to);
}

/** A value that is no complex number as a real one; angles in radians. */
function realOf(value: Known, from: Type): number {
  const number = Number(value);
  return from.kind === 'angle' && isSized(from) ? (number / steps(from)) * 2 * Math.PI : number;
}

function angleBits(value: bigint | number, from: Type, to: Type): bigint {
  const width = widthOf(to);
  if (from.kind === 'angle' && isSized(from)) {
    const bits = value as bigint;
    const missing = width - widthOf(from);
    // Fewer bits are cut off, which the specification allows.
    return missing >= 0 ? bits << BigInt(missing) : bits >> BigInt(-missing);
  }
  if (from.kind === 'bits') return value as bigint;
  // Whole turns are nothing, and may be too many for a product.
  const turns = (Number(value) / (2 * Math.PI)) % 1;
  return wrapped(nearestEven(turns * steps(to)), to);
}

/** The nearest whole number, the even one of two. */
function nearestEven(value: number): bigint {
  const floor = Math.floor(value);
  const fraction = value - floor;
  const isUp = fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0);
  return BigInt(isUp ? floor + 1 : floor);
}

function convertRun(run: Classical, from: Type, to: Type): Classical {
  const target = layerType(to);
  if (isSingle(to)) return toSingle(convertRun(run, from, { kind: 'float' }));
  if (isReal(to) && from.kind === 'angle' && isSized(from)) {
    return typed(run.toFloat().mul((2 * Math.PI) / steps(from)), target);
  }
  if (to.kind === 'angle' && isSized(to)) {
    if (from.kind === 'bits') return typed(run, target);
    if (from.kind === 'angle' && isSized(from)) return scaled(run, from, to);
    const turns = run.toFloat().mul(steps(to) / (2 * Math.PI));
    // Rounding: the layer floors, and drops fractions.
    const rounded = new Classical([...turns.add(0.5).items, { op: 'floor' }], { kind: 'float' });
    return converted(rounded, target);
  }
  if (from.kind === 'bits' && to.kind === 'bit') return typed(run, target);
  return converted(run, target);
}

/** A real value of the run, rounded to 32 bits. */
export function toSingle(run: Classical): Classical {
  return new Classical([...run.items, { op: 'toSingle' }], run.type);
}

/** An angle of one width as one of another. */
function scaled(run: Classical, from: Type, to: Type): Classical {
  const missing = widthOf(to) - widthOf(from);
  const wide = typed(run, layerType({ kind: 'uint', width: Math.max(widthOf(from), widthOf(to)) }));
  const moved = missing >= 0 ? wide.shiftLeft(missing) : wide.shiftRight(-missing);
  return typed(moved, layerType(to));
}

/** The same items under another type, whose range they are in. */
export function typed(run: Classical, type: Classical['type']): Classical {
  return new Classical(run.items, type);
}

/** A value as a condition of the layer. */
export function toCondition(lowering: Lowering, node: number, value: Value): Classical {
  return toLayer(convert(lowering, node, value, { kind: 'bool' }));
}

/** A real value, of an angle in radians. */
export function toReal(lowering: Lowering, node: number, value: Value): Value {
  return convert(lowering, node, value, { kind: 'float' }, value.type.kind === 'angle');
}

/** A whole number for sizes, exponents and counts that must be known now. */
export function toKnownInteger(
  lowering: Lowering,
  node: number,
  value: Value,
  what: string,
): number {
  if (!isInteger(value.type) && !isTruth(value.type) && value.type.kind !== 'bits') {
    lowering.error(
      node,
      `expected ${what}, a whole number; this is ${quoted(typeText(value.type))}`,
    );
  }
  if (value.run !== undefined) {
    lowering.unsupported(
      node,
      `expected ${what} that is known before the run`,
      'declare it with const',
    );
  }
  return Number(value.known);
}
