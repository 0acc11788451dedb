import { quoted } from '../printable.js';
import { Keyword } from '../keywords.js';
import { Node } from '../tree.js';
import { convert, toKnownInteger } from './convert.js';
import {
  bitsOfValue,
  type Entry,
  isValue,
  type Place,
  type RangeEntry,
  read,
  refuseIndex,
} from './entries.js';
import { callBuiltIn, FUNCTION_NAMES } from './functions.js';
import { select, type Selection } from './indices.js';
import { Fault, type Lowering } from './lowering.js';
import { binary, unary } from './operators.js';
import { callSubroutine } from './subroutines.js';
import type { ArrayVariable } from './symbols.js';
import {
  ANGLE,
  BIT,
  BOOL,
  COMPLEX,
  DURATION,
  FLOAT,
  INT,
  hasBits,
  type NumberType,
  type Type,
  UINT,
  widthOf,
} from './types.js';
import { Token } from '../tokens.js';
import { known, type Value } from './values.js';

/** The value of the Expression at a node. */
export function evaluate(lowering: Lowering, node: number): Value {
  const { tree } = lowering;
  const only = node + 1;
  // Most expressions are one number.
  if (tree.extent(node) === node + 2) {
    const kind = tree.kind(only);
    if (kind === Node.Integer) return integerOf(lowering, only);
    if (kind === Node.Real) return known(FLOAT, tree.number(only));
  }
  return read(lowering, node, evaluateEntry(lowering, node));
}

/** What the Expression at a node stands for, which may be a register or an array. */
export function evaluateEntry(lowering: Lowering, node: number): Entry {
  const { tree } = lowering;
  const stack: Entry[] = [];
  const end = tree.extent(node);
  for (let item = node + 1; item < end; item += 1) step(lowering, item, stack);
  return stack[0] as Entry;
}

function integerOf({ tree, diagnostics }: Lowering, node: number): Value {
  const value = tree.number(node);
  if (Number.isSafeInteger(value)) return known(INT, BigInt(value));
  // The lexer has reported what is no number.
  if (Number.isNaN(value)) throw new Fault('no number');
  const text = diagnostics.sources.slice(tree.offset(node), tree.length(node)).replaceAll('_', '');
  const exact = BigInt(text.toLowerCase());
  // What no whole number of 64 bits holds can only be meant as a real one.
  if (exact >= 2n ** 64n) return known(FLOAT, value);
  return known(exact < 2n ** 63n ? INT : UINT, BigInt.asUintN(64, exact));
}

/** The negative of a literal that no `int` holds. */
function negative(lowering: Lowering, node: number, value: bigint): Value {
  if (value === 2n ** 63n) return known(INT, -value);
  const message = `no whole number of 64 bits holds -${value}`;
  return lowering.error(node, message, `for a real number write -${value}.0`);
}

/** Carries out one postfix item. */
function step(lowering: Lowering, node: number, stack: Entry[]): void {
  const { tree } = lowering;
  const value = (): Value => read(lowering, node, stack.pop() as Entry);
  switch (tree.kind(node)) {
    case Node.Binary: {
      const right = value();
      stack.push(binary(lowering, node, tree.data(node), value(), right));
      return;
    }
    case Node.Unary: {
      const operand = value();
      const isLiteral = tree.kind(node - 1) === Node.Integer && tree.data(node) === Token.Minus;
      const isLarge = isLiteral && operand.type.kind === 'uint';
      stack.push(
        isLarge
          ? negative(lowering, node, operand.known as bigint)
          : unary(lowering, node, tree.data(node), operand),
      );
      return;
    }
    case Node.Cast: {
      const operand = value();
      const width = tree.arity(node) === 2 ? value() : undefined;
      stack.push(convert(lowering, node, operand, castType(lowering, node, width), true));
      return;
    }
    case Node.Call:
      stack.push(call(lowering, node, stack.splice(stack.length - tree.arity(node))));
      return;
    case Node.Index: {
      const indices = stack.splice(stack.length - tree.arity(node) + 1);
      stack.push(indexed(lowering, node, stack.pop() as Entry, indices));
      return;
    }
    case Node.Range:
      stack.push(rangeOf(lowering, node, stack.splice(stack.length - tree.arity(node))));
      return;
    case Node.Set: {
      const entries = stack.splice(stack.length - tree.arity(node));
      stack.push({ kind: 'set', values: entries.map((entry) => read(lowering, node, entry)) });
      return;
    }
    default:
      stack.push(leaf(lowering, node));
  }
}

/** The value of a literal or a name. */
function leaf(lowering: Lowering, node: number): Entry {
  const { tree } = lowering;
  switch (tree.kind(node)) {
    case Node.Name:
      return nameOf(lowering, node);
    case Node.Integer:
      return integerOf(lowering, node);
    case Node.Real:
      return known(FLOAT, tree.number(node));
    case Node.Boolean:
      return known(BOOL, BigInt(tree.data(node)));
    case Node.BitString: {
      const digits = tree.name(node).replace(/["_]/g, '');
      return known({ kind: 'bits', width: digits.length }, BigInt(`0b${digits}`));
    }
    case Node.Imaginary:
      return known(COMPLEX, { re: 0, im: tree.number(node) });
    case Node.Timing: {
      const text = lowering.diagnostics.sources.slice(tree.offset(node), tree.length(node));
      // Nobody knows how long a `dt` is.
      return known(DURATION, text.endsWith('dt') ? NaN : tree.number(node));
    }
    case Node.HardwareQubit:
      return lowering.hardware(node);
    case Node.Missing:
      return { kind: 'missing' };
    default:
      return known(DURATION, NaN);
  }
}

const VALUES = ['variable', 'bits', 'qubits', 'array', 'constant', 'argument'] as const;

function nameOf(lowering: Lowering, node: number): Entry {
  const symbol = lowering.resolve(node, VALUES);
  return symbol.kind === 'constant' ? symbol.value : symbol;
}

/** The type of a cast, whose width is a value on the stack. */
function castType(lowering: Lowering, node: number, width: Value | undefined): Type {
  return makeType(lowering, node, lowering.tree.data(node), width);
}

/** A classical type from its keyword and its width. */
export function makeType(
  lowering: Lowering,
  node: number,
  keyword: number,
  given: Value | undefined,
): Type {
  const width = given === undefined ? undefined : sizeOf(lowering, node, given);
  switch (keyword) {
    case Keyword.bool:
      return BOOL;
    case Keyword.duration:
      return DURATION;
    case Keyword.stretch:
      return { kind: 'stretch' };
    case Keyword.complex:
      return COMPLEX;
    case Keyword.bit:
      return width === undefined ? BIT : { kind: 'bits', width };
    default: {
      const type = NUMBERS.get(keyword) as NumberType;
      if (width === undefined) return type;
      if (type.kind === 'float' && width !== 32 && width !== 64) {
        const message = `a float has 32 or 64 bits; this one would have ${width}`;
        return lowering.unsupported(node, message);
      }
      if (width <= 64) return { kind: type.kind, width };
      return lowering.unsupported(node, `numbers may have up to 64 bits; these have ${width}`);
    }
  }
}

const NUMBERS = new Map<number, NumberType>([
  [Keyword.int, INT],
  [Keyword.uint, UINT],
  [Keyword.float, FLOAT],
  [Keyword.angle, ANGLE],
]);

/** A size, which must be constant and at least 1. */
export function sizeOf(lowering: Lowering, node: number, value: Value): number {
  if (value.run !== undefined || !value.isConst) {
    lowering.error(node, 'a size must be a constant', 'declare what it needs with const');
  }
  const size = toKnownInteger(lowering, node, value, 'a size');
  if (size >= 1) return size;
  return lowering.wrongValue(node, `a size must be at least 1; this one is ${size}`);
}

function rangeOf(lowering: Lowering, node: number, parts: readonly Entry[]): RangeEntry {
  const values = parts.map((part) => {
    if (!isValue(part) && part.kind === 'missing') return undefined;
    return read(lowering, node, part);
  });
  const [start, second, third] = values;
  return values.length === 2
    ? { kind: 'range', start, step: undefined, end: second }
    : { kind: 'range', start, step: second, end: third };
}

/** A part of a register, an array or a whole number. */
export function indexed(
  lowering: Lowering,
  node: number,
  entry: Entry,
  indices: readonly Entry[],
): Entry {
  if (!isValue(entry)) {
    if (entry.kind === 'array') return elementsOf(lowering, node, entry, indices);
    if (entry.kind === 'argument') {
      return lowering.error(node, 'a qubit of a gate has no index');
    }
    if (entry.kind === 'bits' || entry.kind === 'qubits')
      return partOf(lowering, node, entry, indices);
  }
  const value = read(lowering, node, entry);
  const { type } = value;
  if (!hasBits(type)) return refuseIndex(lowering, node, type);
  const { places, isMany } = only(lowering, node, indices, widthOf(type));
  return bitsOfValue(value, places, isMany);
}

/** The selection of the only index of something with one dimension. */
function only(
  lowering: Lowering,
  node: number,
  indices: readonly Entry[],
  size: number,
): Selection {
  if (indices.length > 1) lowering.error(node, 'this has one dimension and takes one index');
  return select(lowering, node, indices[0] as Entry, size, textAt(lowering, node));
}

function textAt({ tree }: Lowering, node: number): string {
  return tree.kind(node) === Node.Operand ? quoted(tree.name(node)) : 'this register';
}

function partOf(
  lowering: Lowering,
  node: number,
  place: Extract<Place, { kind: 'bits' | 'qubits' }>,
  indices: readonly Entry[],
): Place {
  if (!place.isRegister) {
    const name = textAt(lowering, node);
    lowering.error(node, `${name} is not a register and has no index`);
  }
  const elements = place.kind === 'bits' ? place.bits : place.qubits;
  const { places, isMany } = only(lowering, node, indices, elements.length);
  const picked = places.map((at) => elements[at] as number);
  return place.kind === 'bits'
    ? { kind: 'bits', bits: picked, isRegister: isMany }
    : { kind: 'qubits', qubits: picked, isRegister: isMany };
}

/** One element of an array, or an array of those that are chosen. */
function elementsOf(
  lowering: Lowering,
  node: number,
  array: ArrayVariable,
  indices: readonly Entry[],
): Entry {
  const { shape } = array;
  if (indices.length > shape.length) {
    lowering.error(
      node,
      `this array has ${shape.length} dimensions, but ${indices.length} indices are given`,
    );
  }
  let places = [0];
  const kept: number[] = [];
  for (const [k, size] of shape.entries()) {
    const index = indices[k];
    const chosen: Selection =
      index === undefined
        ? { places: Array.from({ length: size }, (_, place) => place), isMany: true }
        : select(lowering, node, index, size, textAt(lowering, node));
    if (chosen.isMany) kept.push(chosen.places.length);
    places = places.flatMap((place) => chosen.places.map((at) => place * size + at));
  }
  const elements = places.map((place) => array.elements[place] as (typeof array.elements)[number]);
  if (kept.length === 0) return elements[0] as Entry;
  return { ...array, shape: kept, elements };
}

function call(lowering: Lowering, node: number, entries: readonly Entry[]): Entry {
  const { tree, scope } = lowering;
  const name = tree.name(node);
  const symbol = scope.find(tree.data(node));
  if (symbol === undefined && name === 'sizeof') return sizeOfArray(lowering, node, entries);
  if (symbol === undefined && FUNCTION_NAMES.includes(name)) {
    const values = entries.map((entry) => read(lowering, node, entry));
    return callBuiltIn(lowering, node, name, values);
  }
  if (symbol === undefined) {
    return lowering.unknownName(node, ['def'], `functions: ${FUNCTION_NAMES.join(' ')}`);
  }
  return callSubroutine(lowering, node, entries);
}

/** The length of a dimension of an array. */
function sizeOfArray(lowering: Lowering, node: number, entries: readonly Entry[]): Value {
  const [array, dimension] = entries;
  if (array === undefined || entries.length > 2) {
    return lowering.error(node, `sizeof takes 1 or 2 arguments, received ${entries.length}`);
  }
  const at =
    dimension === undefined
      ? 0
      : toKnownInteger(lowering, node, read(lowering, node, dimension), 'a dimension');
  const shape = shapeOf(array);
  if (shape === undefined) return lowering.error(node, 'sizeof takes an array or a register');
  const size = shape[at];
  if (size === undefined) {
    return lowering.wrongValue(node, `this has ${shape.length} dimensions, numbered from 0`);
  }
  return known(UINT, BigInt(size));
}

function shapeOf(entry: Entry): readonly number[] | undefined {
  if (isValue(entry)) return undefined;
  if (entry.kind === 'array') return entry.shape;
  if (entry.kind === 'bits' && entry.isRegister) return [entry.bits.length];
  return entry.kind === 'qubits' && entry.isRegister ? [entry.qubits.length] : undefined;
}

/** The type of a Type node that is no array. */
export function scalarTypeOf(lowering: Lowering, node: number): Type {
  const { tree } = lowering;
  const child = node + 1;
  const hasWidth = tree.extent(node) > child && tree.kind(child) === Node.Expression;
  return makeType(
    lowering,
    node,
    tree.data(node),
    hasWidth ? evaluate(lowering, child) : undefined,
  );
}
