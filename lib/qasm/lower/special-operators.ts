import { Token } from '../tokens.js';
import { complexBinary } from './complex.js';
import { convert } from './convert.js';
import type { Lowering } from './lowering.js';
import { ANGLE, BOOL, DURATION, FLOAT, isInteger, isReal, type Type, widthOf } from './types.js';
import { type Complex, known, type Value } from './values.js';
import { combine, isComparison, realBinary, refuse, retyped } from './operators.js';

export function angles(lowering: Lowering, node: number, token: number, a: Value, b: Value): Value {
  const isBoth = a.type.kind === 'angle' && b.type.kind === 'angle';
  const angle = a.type.kind === 'angle' ? a.type : b.type;
  if (isReal(angle) || (isBoth && (isReal(a.type) || isReal(b.type)))) {
    // Without a width an angle is a real number of radians.
    const left = convert(lowering, node, a, FLOAT, true);
    const right = convert(lowering, node, b, FLOAT, true);
    const isAngle = token !== Token.Slash || !isBoth;
    return combine(lowering, node, token, left, right, FLOAT, isAngle ? ANGLE : FLOAT);
  }
  const isSum = token === Token.Plus || token === Token.Minus;
  const wide: Type = isBoth
    ? { kind: 'angle', width: Math.max(widthOf(a.type), widthOf(b.type)) }
    : angle;
  if (isSum) {
    const left = convert(lowering, node, a, wide);
    return combine(lowering, node, token, left, convert(lowering, node, b, wide), wide, wide);
  }
  const whole: Type = { kind: 'uint', width: widthOf(wide) };
  const asWhole = (value: Value): Value =>
    value.type.kind === 'angle'
      ? retyped(convert(lowering, node, value, wide), whole)
      : convert(lowering, node, value, whole);
  const isScaling = !isBoth && (isInteger(a.type) || isInteger(b.type));
  const isProduct = token === Token.Asterisk && isScaling;
  const isQuotient = token === Token.Slash && a.type.kind === 'angle' && (isBoth || isScaling);
  if (!isProduct && !isQuotient) return refuse(lowering, node, token, a, b);
  return combine(lowering, node, token, asWhole(a), asWhole(b), whole, isBoth ? whole : wide);
}

export function complexOf(
  lowering: Lowering,
  node: number,
  token: number,
  a: Value,
  b: Value,
): Value {
  const type: Type = { kind: 'complex' };
  const [left, right] = [convert(lowering, node, a, type), convert(lowering, node, b, type)];
  if (left.run !== undefined || right.run !== undefined) {
    return lowering.unsupported(
      node,
      'complex numbers that only the run knows cannot be computed with',
    );
  }
  const isConst = left.isConst && right.isConst;
  const result = complexBinary(token, left.known as Complex, right.known as Complex);
  if (result === undefined) return refuse(lowering, node, token, a, b);
  if (typeof result === 'boolean') return known(BOOL, result ? 1n : 0n, isConst);
  return known(type, result, isConst);
}

/** Durations add, scale and compare; of two their quotient is a real number. */
export function durationOf(
  lowering: Lowering,
  node: number,
  token: number,
  a: Value,
  b: Value,
): Value {
  const isBoth = a.type.kind === b.type.kind;
  const isFactor = ({ type }: Value): boolean => type.kind === 'float' || isInteger(type);
  const isScaled = token === Token.Asterisk && (isFactor(a) || isFactor(b));
  const isDivided = token === Token.Slash && a.type.kind === 'duration' && isFactor(b);
  const isSum = isBoth && (token === Token.Plus || token === Token.Minus);
  // Durations that only the run knows are as unknown as those in `dt`.
  const number = ({ run, known: value }: Value): number =>
    run === undefined ? Number(value) : NaN;
  const isConst = a.isConst === true && b.isConst === true;
  const isRelation = isBoth && (token === Token.Slash || isComparison(token));
  if (!isSum && !isScaled && !isDivided && !isRelation) return refuse(lowering, node, token, a, b);
  const result = realBinary(token, number(a), number(b));
  if (!isRelation) return known(DURATION, result, isConst);
  if (Number.isNaN(number(a) + number(b))) {
    return lowering.unsupported(node, 'this duration is not known');
  }
  return known(token === Token.Slash ? FLOAT : BOOL, result, isConst);
}
