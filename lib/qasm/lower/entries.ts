import { Classical, type ClassicalItem } from '../../circuit/classical.js';
import { quoted } from '../printable.js';
import type { Lowering } from './lowering.js';
import {
  type ArrayVariable,
  type Bits,
  DESCRIPTIONS,
  type GateQubit,
  type Qubits,
  type Variable,
} from './symbols.js';
import { BIT, type Type, typeText } from './types.js';
import { atRunTime, known, layerType, type Value } from './values.js';

/** Places on the stack of an evaluation that are not values yet. */
export type Place = Variable | Bits | Qubits | ArrayVariable | GateQubit;

export interface RangeEntry {
  readonly kind: 'range';
  readonly start: Value | undefined;
  readonly step: Value | undefined;
  readonly end: Value | undefined;
}

export interface SetEntry {
  readonly kind: 'set';
  readonly values: readonly Value[];
}

export interface MissingEntry {
  readonly kind: 'missing';
}

/** What stands on the stack of an evaluation. */
export type Entry = Value | Place | RangeEntry | SetEntry | MissingEntry;

export function isValue(entry: Entry): entry is Value {
  return !('kind' in entry);
}

const WORDS = { ...DESCRIPTIONS, range: 'a range', set: 'a set', missing: 'nothing' };

/** The value of an entry. */
export function read(lowering: Lowering, node: number, entry: Entry): Value {
  if (isValue(entry)) return entry;
  if (entry.kind === 'variable') return readVariable(entry);
  if (entry.kind === 'bits') return readBits(lowering, node, entry);
  return lowering.error(node, `expected a value, but this is ${WORDS[entry.kind]}`);
}

export function readVariable(variable: Variable): Value {
  if (variable.known !== undefined) return known(variable.type, variable.known, false);
  return atRunTime(variable.type, variableTarget(variable));
}

/** A variable as the layer names it. */
export function variableTarget({ name, type }: Variable): Classical {
  const layer = layerType(type);
  return new Classical([{ op: 'variable', name, type: layer }], layer);
}

/** The type of some bits as a value. */
export function bitsType({ bits, isRegister, type }: Bits): Type {
  if (type !== undefined) return type;
  return isRegister ? { kind: 'bits', width: bits.length } : BIT;
}

/** Whether bits stand side by side and in order. */
export function areTogether(bits: readonly number[]): boolean {
  return bits.every((bit, k) => bit === (bits[0] as number) + k);
}

function readBits(lowering: Lowering, node: number, symbol: Bits): Value {
  const { bits } = symbol;
  const type = bitsType(symbol);
  lowering.checkLength(node, bits.length, 'take a part of it, such as c[0:63]');
  return atRunTime(type, bitsClassical(bits, type));
}

/** Bits of the circuit as a value, the first one least significant. */
function bitsClassical(bits: readonly number[], type: Type): Classical {
  const layer = layerType(type);
  const first = bits[0] as number;
  if (bits.length === 1) return new Classical([{ op: 'bit', bit: first }], layer);
  if (areTogether(bits)) return new Classical([{ op: 'bits', first, count: bits.length }], layer);
  const items = bits.flatMap((bit, k): readonly ClassicalItem[] => {
    const one: ClassicalItem = { op: 'bit', bit };
    if (k === 0) return [one];
    return [one, { op: 'integer', value: BigInt(k) }, { op: 'shiftLeft' }, { op: 'bitOr' }];
  });
  return new Classical(items, layer);
}

/** Some bits of a whole number: one as a bit, several as a register. */
export function bitsOfValue(value: Value, places: readonly number[], isRegister: boolean): Value {
  const type: Type = isRegister ? { kind: 'bits', width: places.length } : BIT;
  if (value.run === undefined) {
    const bits = value.known as bigint;
    const picked = places.reduce(
      (sum, place, k) => sum | (((bits >> BigInt(place)) & 1n) << BigInt(k)),
      0n,
    );
    return known(type, picked, value.isConst);
  }
  const { items } = value.run;
  const picked = places.flatMap((place, k): readonly ClassicalItem[] => {
    const one: ClassicalItem[] = [
      ...items,
      { op: 'integer', value: BigInt(place) },
      { op: 'shiftRight' },
      { op: 'integer', value: 1n },
      { op: 'bitAnd' },
    ];
    if (k === 0) return one;
    return [...one, { op: 'integer', value: BigInt(k) }, { op: 'shiftLeft' }, { op: 'bitOr' }];
  });
  return atRunTime(type, new Classical(picked, layerType(type)));
}

/** Refuses what has no bits. */
export function refuseIndex(lowering: Lowering, node: number, type: Type): never {
  return lowering.error(node, `a value of type ${quoted(typeText(type))} has no elements`);
}
