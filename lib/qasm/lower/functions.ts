import { Classical } from '../../circuit/classical.js';
import { REAL_FUNCTIONS, type RealFunction } from '../arithmetic.js';
import { Token } from '../tokens.js';
import { complexExp, complexSqrt } from './complex.js';
import { convert, toReal } from './convert.js';
import type { Lowering } from './lowering.js';
import { binary } from './operators.js';
import { FLOAT, hasBits, INT, isTruth, type Type, UINT, widthOf } from './types.js';
import { atRunTime, type Complex, known, toLayer, type Value } from './values.js';

type Builder = (lowering: Lowering, node: number, values: readonly Value[]) => Value;

interface BuiltIn {
  readonly arity: number;
  readonly build: Builder;
}

const BUILT_INS = new Map<string, BuiltIn>([
  ...[...REAL_FUNCTIONS[3]].map(
    ([name, fn]) => [name, { arity: 1, build: real(name, fn) }] as const,
  ),
  [
    'mod',
    {
      arity: 2,
      build: (lowering, node, [a, b]) =>
        binary(lowering, node, Token.Percent, a as Value, b as Value),
    },
  ],
  [
    'pow',
    {
      arity: 2,
      build: (lowering, node, [a, b]) =>
        binary(lowering, node, Token.DoubleAsterisk, a as Value, b as Value),
    },
  ],
  ['popcount', { arity: 1, build: popcount }],
  ['rotl', { arity: 2, build: (lowering, node, values) => rotate(lowering, node, values, 1n) }],
  ['rotr', { arity: 2, build: (lowering, node, values) => rotate(lowering, node, values, -1n) }],
  ['real', { arity: 1, build: (lowering, node, [a]) => part(lowering, node, a as Value, 're') }],
  ['imag', { arity: 1, build: (lowering, node, [a]) => part(lowering, node, a as Value, 'im') }],
]);

/** Names of the functions of the language. */
export const FUNCTION_NAMES: readonly string[] = [...BUILT_INS.keys(), 'sizeof'];

/** The value of a function of the language. */
export function callBuiltIn(
  lowering: Lowering,
  node: number,
  name: string,
  values: readonly Value[],
): Value {
  const fn = BUILT_INS.get(name) as BuiltIn;
  if (values.length !== fn.arity) {
    const wanted = fn.arity === 1 ? '1 argument' : `${fn.arity} arguments`;
    lowering.error(node, `${name} takes ${wanted}, received ${values.length}`);
  }
  return fn.build(lowering, node, values);
}

function real(name: string, { compute, op }: RealFunction): Builder {
  return (lowering, node, [argument]) => {
    const value = argument as Value;
    if (value.type.kind === 'complex' && value.run === undefined) {
      const fn = name === 'exp' ? complexExp : name === 'sqrt' ? complexSqrt : undefined;
      if (fn !== undefined) return known(value.type, fn(value.known as Complex), value.isConst);
    }
    const x = toReal(lowering, node, value);
    if (x.run === undefined) return known(FLOAT, compute(x.known as number), x.isConst);
    return atRunTime(FLOAT, new Classical([...x.run.items, { op }], { kind: 'float' }));
  };
}

/** Whether a value has bits to count and turn. */
function checkBits(lowering: Lowering, node: number, { type }: Value): void {
  if (hasBits(type) || isTruth(type)) return;
  lowering.error(node, 'expected a register of bits or a whole number');
}

function popcount(lowering: Lowering, node: number, [argument]: readonly Value[]): Value {
  const value = argument as Value;
  checkBits(lowering, node, value);
  if (value.run !== undefined) {
    return atRunTime(UINT, toLayer(convertBits(value)).popcount().toUint());
  }
  const bits = BigInt.asUintN(widthOf(value.type), value.known as bigint);
  const ones = bits.toString(2).split('1').length - 1;
  return known(UINT, BigInt(ones), value.isConst);
}

/** A signed value as its bits, without the sign that goes on above its width. */
function convertBits(value: Value): Value {
  if (value.type.kind !== 'int' || value.run === undefined) return value;
  const width = widthOf(value.type);
  return atRunTime({ kind: 'uint', width }, value.run.toUint(width));
}

function rotate(
  lowering: Lowering,
  node: number,
  [argument, places]: readonly Value[],
  direction: bigint,
): Value {
  const value = argument as Value;
  checkBits(lowering, node, value);
  const by = convert(lowering, node, places as Value, INT);
  const { type } = value;
  const width = widthOf(type);
  if (value.run === undefined && by.run === undefined) {
    const size = BigInt(width);
    const left = (((direction * (by.known as bigint)) % size) + size) % size;
    const bits = BigInt.asUintN(width, value.known as bigint);
    const turned = BigInt.asUintN(width, (bits << left) | (bits >> (size - left)));
    const result = type.kind === 'int' ? BigInt.asIntN(width, turned) : turned;
    return known(type, result, value.isConst && by.isConst);
  }
  const layer = toLayer(value);
  const steps = toLayer(by);
  return atRunTime(type, direction > 0n ? layer.rotateLeft(steps) : layer.rotateRight(steps));
}

/** The real or the imaginary part. */
function part(lowering: Lowering, node: number, value: Value, name: 're' | 'im'): Value {
  const type: Type = { kind: 'complex' };
  const complex = convert(lowering, node, value, type);
  if (complex.run !== undefined) {
    return lowering.unsupported(
      node,
      'complex numbers that only the run knows cannot be computed with',
    );
  }
  return known(FLOAT, (complex.known as Complex)[name], complex.isConst);
}
