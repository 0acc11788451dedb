// The numbers of the encoded program; native/core/classical.h and program_decoder.cpp read the same.

import type { ClassicalItem } from '../circuit/classical-items.js';
import type { ExpressionItem } from '../circuit/expression.js';

/** Opcodes of operations that are no gates of the table. */
export const OPCODE = {
  measure: -1,
  reset: -2,
  jump: -3,
  branch: -4,
  setBit: -5,
  setVariable: -6,
  expect: -7,
  postselect: -8,
  snapshot: -9,
  loopStart: -10,
  loopCount: -11,
  pauliRotation: -20,
} as const;

type Named = Exclude<
  ClassicalItem['op'] | ExpressionItem['op'],
  'register' | 'variable' | 'classical' | 'number'
>;

/** Codes of the items of expressions. */
export const CODE: Readonly<Record<Named, number>> = {
  constant: 1,
  parameter: 2,
  add: 3,
  sub: 4,
  mul: 5,
  div: 6,
  pow: 7,
  neg: 8,
  sin: 9,
  cos: 10,
  tan: 11,
  exp: 12,
  ln: 13,
  sqrt: 14,
  abs: 15,
  asin: 16,
  acos: 17,
  atan: 18,
  floor: 19,
  ceil: 20,
  mod: 21,
  toSingle: 22,
  integer: 32,
  bit: 33,
  bits: 34,
  intAdd: 40,
  intSub: 41,
  intMul: 42,
  intDiv: 43,
  intMod: 44,
  uintDiv: 45,
  uintMod: 46,
  intNeg: 47,
  intPow: 48,
  bitAnd: 50,
  bitOr: 51,
  bitXor: 52,
  bitNot: 53,
  shiftLeft: 54,
  shiftRight: 55,
  rotateLeft: 56,
  rotateRight: 57,
  popcount: 58,
  wrapUint: 60,
  wrapInt: 61,
  intEq: 64,
  intLt: 65,
  intLe: 66,
  uintLt: 67,
  uintLe: 68,
  floatEq: 70,
  floatLt: 71,
  floatLe: 72,
  and: 74,
  or: 75,
  not: 76,
  intToFloat: 80,
  uintToFloat: 81,
  floatToInt: 82,
};

/** Codes of variables by the type of what they hold. */
export const VARIABLE_CODE = { whole: 35, float: 36 } as const;

/** Bits of the operand of `bits` that hold the first bit; the others hold the count. */
export const FIELD_BITS = 20;
