import { Classical } from '../../circuit/classical.js';
import { Node, SAME_BRACKETS } from '../tree.js';
import { quoted } from '../printable.js';
import { convert } from './convert.js';
import {
  areTogether,
  bitsOfValue,
  bitsType,
  type Entry,
  isValue,
  readVariable,
  variableTarget,
} from './entries.js';
import { evaluateEntry, indexed } from './evaluate.js';
import { select } from './indices.js';
import { writesTo } from './look-ahead.js';
import type { Lowering } from './lowering.js';
import { binary } from './operators.js';
import type { ArrayVariable, Bits, Qubits, Scope, Variable } from './symbols.js';
import { Token } from '../tokens.js';
import { BIT, hasBits, isTruth, type Type, widthOf } from './types.js';
import { atRunTime, known, layerType, toLayer, type Value } from './values.js';

/** Bits of a variable. */
export interface BitsOfVariable {
  readonly kind: 'bitsOfVariable';
  readonly variable: Variable;
  readonly places: readonly number[];
  readonly isRegister: boolean;
}

/** What assignments and measurements write a value to. */
export type ValueTarget = Variable | Bits | BitsOfVariable;

/** What assignments write to. */
export type Target = ValueTarget | ArrayVariable;

/** A target that is no array. */
export function toValueTarget(lowering: Lowering, node: number, target: Target): ValueTarget {
  if (target.kind !== 'array') return target;
  return lowering.error(node, 'an array takes the values of an array of the same shape');
}

/** The indices of an Operand, one list for each pair of brackets. */
export function indicesOf(lowering: Lowering, node: number): Entry[][] {
  const { tree } = lowering;
  const lists: Entry[][] = [];
  for (let child = node + 1; child < tree.extent(node); child = tree.extent(child)) {
    const entry = evaluateEntry(lowering, child);
    if (tree.data(child) === SAME_BRACKETS) lists.at(-1)?.push(entry);
    else lists.push([entry]);
  }
  return lists;
}

/** The qubits of an Operand. */
export function qubitsOf(lowering: Lowering, node: number): Qubits {
  const { tree } = lowering;
  if (lowering.hardwareQubits.has(tree.data(node))) return lowering.hardware(node);
  const symbol = lowering.resolve(node, ['qubits']);
  const end = tree.extent(node);
  if (end === node + 1) return symbol;
  // Most indices are one number.
  if (end === node + 3 && tree.kind(node + 2) === Node.Integer && symbol.isRegister) {
    const qubit = symbol.qubits[tree.number(node + 2)];
    if (qubit !== undefined) return { kind: 'qubits', qubits: [qubit], isRegister: false };
  }
  let entry: Entry = symbol;
  for (const list of indicesOf(lowering, node)) entry = indexed(lowering, node, entry, list);
  return entry as Qubits;
}

/** What an Operand names, to write to. */
export function targetOf(lowering: Lowering, node: number): Target {
  const symbol = lowering.resolve(node, ['bits', 'variable', 'array']);
  const lists = indicesOf(lowering, node);
  if (symbol.kind === 'array' && symbol.isReadonly) {
    lowering.error(node, `${quoted(lowering.tree.name(node))} is readonly`);
  }
  let target: Target = symbol;
  for (const list of lists) {
    if (target.kind === 'variable' || (target.kind === 'bits' && target.type !== undefined)) {
      target = bitsOf(lowering, node, target, list);
    } else if (target.kind === 'bitsOfVariable') lowering.error(node, 'a bit has no elements');
    else target = indexed(lowering, node, target, list) as Target;
  }
  return target;
}

/** Bits of a whole number, to write to. */
function bitsOf(
  lowering: Lowering,
  node: number,
  target: Variable | Bits,
  indices: readonly Entry[],
): Target {
  if (target.kind === 'bits') {
    const plain: Bits = { kind: 'bits', bits: target.bits, isRegister: true };
    return indexed(lowering, node, plain, indices) as Bits;
  }
  const { type } = target;
  if (!hasBits(type)) {
    lowering.error(node, `${quoted(lowering.tree.name(node))} has no elements`);
  }
  if (indices.length > 1) lowering.error(node, 'this has one dimension and takes one index');
  const name = quoted(lowering.tree.name(node));
  const { places, isMany } = select(lowering, node, indices[0] as Entry, widthOf(type), name);
  return { kind: 'bitsOfVariable', variable: target, places, isRegister: isMany };
}

/** The type of the values that a target takes. */
export function targetType(target: ValueTarget): Type {
  switch (target.kind) {
    case 'variable':
      return target.type;
    case 'bits':
      return bitsType(target);
    case 'bitsOfVariable':
      return target.isRegister ? { kind: 'bits', width: target.places.length } : BIT;
  }
}

/** The value that a target has. */
export function targetValue(lowering: Lowering, node: number, target: ValueTarget): Value {
  if (target.kind === 'variable') return readVariable(target);
  if (target.kind === 'bitsOfVariable') {
    return bitsOfValue(readVariable(target.variable), target.places, target.isRegister);
  }
  const type = targetType(target);
  const { bits } = target;
  const first = bits[0] as number;
  if (bits.length === 1)
    return atRunTime(type, new Classical([{ op: 'bit', bit: first }], layerType(type)));
  const whole = { kind: 'bits' as const, bits, isRegister: true };
  return { ...indexedValue(lowering, node, whole), type };
}

function indexedValue(lowering: Lowering, node: number, bits: Bits): Value {
  if (bits.bits.length > 64)
    lowering.unsupported(node, 'only registers of up to 64 bits can be computed with');
  const type = bitsType(bits);
  const layer = layerType(type);
  const [first] = bits.bits as [number];
  if (!areTogether(bits.bits)) {
    lowering.unsupported(node, 'an operation on scattered bits cannot be assigned to them');
  }
  return atRunTime(type, new Classical([{ op: 'bits', first, count: bits.bits.length }], layer));
}

/** Writes a value that is of the type of a target. */
export function write(lowering: Lowering, node: number, target: ValueTarget, value: Value): void {
  switch (target.kind) {
    case 'variable':
      writeVariable(lowering, target, value);
      return;
    case 'bits':
      writeBits(lowering, target, value);
      return;
    case 'bitsOfVariable':
      writeBitsOfVariable(lowering, node, target, value);
  }
}

/** Declares a variable of a block with its first value. */
export function declareWith(
  lowering: Lowering,
  block: number,
  scope: Scope,
  name: number,
  variable: Variable,
  value: Value,
): void {
  scope.declare(name, variable);
  // What nothing writes to is known wherever it is used.
  if (value.run === undefined && !writesTo(lowering, block, name)) variable.known = value.known;
  else writeVariable(lowering, variable, value);
}

function writeVariable(lowering: Lowering, target: Variable, value: Value): void {
  lowering.setKnown(target, value.known);
  const { kind } = target.type;
  if (kind === 'complex' || kind === 'duration' || kind === 'stretch') return;
  if (typeof value.known === 'number' && !Number.isFinite(value.known)) {
    // The run fails if it comes to need it.
    const sign = Math.sign(value.known) || 0;
    const numbers = [sign, 0].map((number) => ({ op: 'number', value: number }) as const);
    const quotient = new Classical([...numbers, { op: 'div' }], { kind: 'float' });
    lowering.add({ kind: 'assign', target: variableTarget(target), value: quotient });
    return;
  }
  lowering.add({ kind: 'assign', target: variableTarget(target), value: toLayer(value) });
}

function writeBits(lowering: Lowering, { bits }: Bits, value: Value): void {
  if (bits.length === 1) {
    const type = { kind: 'bit' } as const;
    const [bit] = bits as [number];
    const one = bitsOfValue(value, [0], false);
    const source = isTruth(value.type) ? value : one;
    lowering.add({
      kind: 'assign',
      target: new Classical([{ op: 'bit', bit }], type),
      value: toLayer(source),
    });
    return;
  }
  if (areTogether(bits) && bits.length <= 64) {
    const first = bits[0] as number;
    const target = new Classical([{ op: 'bits', first, count: bits.length }], { kind: 'integer' });
    lowering.add({ kind: 'assign', target, value: toLayer(value) });
    return;
  }
  // Scattered bits take one value after the other, which must not change on the way.
  const kept = value.run === undefined ? value : keep(lowering, value);
  bits.forEach((bit, place) => {
    writeBits(
      lowering,
      { kind: 'bits', bits: [bit], isRegister: false },
      bitsOfValue(kept, [place], false),
    );
  });
}

/** A value in a variable of its own. */
function keep(lowering: Lowering, value: Value): Value {
  const variable = lowering.variable(-1 - widthOf(value.type), '_kept', value.type);
  writeVariable(lowering, variable, value);
  return readVariable(variable);
}

function writeBitsOfVariable(
  lowering: Lowering,
  node: number,
  { variable, places }: BitsOfVariable,
  value: Value,
): void {
  const { type } = variable;
  const whole: Type = { kind: 'uint', width: widthOf(type) };
  const mask = places.reduce((sum, place) => sum | (1n << BigInt(place)), 0n);
  const all = (1n << BigInt(widthOf(type))) - 1n;
  const number = (bits: bigint): Value => known(whole, bits);
  const old: Value = { ...readVariable(variable), type: whole };
  let result = binary(lowering, node, Token.Ampersand, unsigned(old, whole), number(all & ~mask));
  places.forEach((place, k) => {
    const bit = isTruth(value.type) ? value : bitsOfValue(value, [k], false);
    const moved = binary(
      lowering,
      node,
      Token.ShiftLeft,
      convert(lowering, node, bit, whole),
      number(BigInt(place)),
    );
    result = binary(lowering, node, Token.Pipe, result, moved);
  });
  const back =
    result.run === undefined
      ? known(
          type,
          type.kind === 'int' ? BigInt.asIntN(widthOf(type), result.known as bigint) : result.known,
          false,
        )
      : atRunTime(type, new Classical(result.run.toInt(64).items, layerType(type)));
  const wrappedBack =
    back.run !== undefined && type.kind === 'int'
      ? atRunTime(type, back.run.toInt(64).toInt(widthOf(type)))
      : back;
  writeVariable(lowering, variable, wrappedBack);
}

/** A value as its bits, without a sign. */
function unsigned(value: Value, type: Type): Value {
  if (value.run === undefined) {
    return known(type, BigInt.asUintN(widthOf(type), value.known as bigint), false);
  }
  const width = widthOf(type);
  return atRunTime(type, value.run.toInt(64).toUint(width));
}

/** Copies an array, or a part of one, into another of the same shape. */
export function copyArray(
  lowering: Lowering,
  node: number,
  target: ArrayVariable,
  source: Entry,
): void {
  if (isValue(source) || source.kind !== 'array') {
    lowering.error(node, 'an array takes the values of an array of the same shape');
  }
  if (source.shape.join() !== target.shape.join()) {
    lowering.wrongValue(
      node,
      `the shapes differ: ${target.shape.join('×')} and ${source.shape.join('×')}`,
    );
  }
  // Read before anything is written: the two may overlap.
  const values = source.elements.map(readVariable);
  const isSame = source.elements.some((element) => target.elements.includes(element));
  const kept = isSame && values.some(({ run }) => run !== undefined);
  if (kept)
    lowering.unsupported(node, 'parts of one array that overlap cannot be copied in the run');
  target.elements.forEach((element, k) => {
    writeVariable(lowering, element, convert(lowering, node, values[k] as Value, target.type));
  });
}
