import { INT, isInteger, isTruth } from './types.js';
import { convert, toKnownInteger } from './convert.js';
import { type Entry, isValue, read } from './entries.js';
import type { Lowering } from './lowering.js';
import { toLayer, type Value } from './values.js';
import type { Classical } from '../../circuit/classical.js';

/**
 * Thrown where a statement needs to know an index that only the run knows: the statement is then written once for
 * each value that the index can have.
 */
export class NeedsIndex extends Error {
  constructor(
    readonly key: string,
    readonly value: Classical,
    readonly size: number,
  ) {
    super('an index that only the run knows');
  }
}

/** Places that an index chooses, and whether they form a register. */
export interface Selection {
  readonly places: readonly number[];
  readonly isMany: boolean;
}

/** The elements of something of a size that an index, a range or a set chooses. */
export function select(
  lowering: Lowering,
  node: number,
  given: Entry,
  size: number,
  name: string,
): Selection {
  const isPlace = !isValue(given) && (given.kind === 'variable' || given.kind === 'bits');
  const entry = isPlace ? read(lowering, node, given) : given;
  if (isValue(entry)) {
    return { places: [placeOf(lowering, node, entry, size, name)], isMany: false };
  }
  if (entry.kind === 'set') {
    const places = entry.values.map((value) => placeOf(lowering, node, value, size, name));
    return { places, isMany: true };
  }
  if (entry.kind !== 'range') return lowering.error(node, 'this is no index');
  const step = entry.step === undefined ? 1 : boundOf(lowering, node, entry.step);
  if (step === 0) return lowering.wrongValue(node, 'a range needs a step other than 0');
  const [first, last] = step > 0 ? [0, size - 1] : [size - 1, 0];
  const start = wrappedBound(lowering, node, entry.start, first, size, name);
  const end = wrappedBound(lowering, node, entry.end, last, size, name);
  const places: number[] = [];
  for (let at = start; step > 0 ? at <= end : at >= end; at += step) places.push(at);
  if (places.length === 0) return lowering.wrongValue(node, 'this range is empty');
  return { places, isMany: true };
}

function wrappedBound(
  lowering: Lowering,
  node: number,
  value: Value | undefined,
  otherwise: number,
  size: number,
  name: string,
): number {
  return value === undefined ? otherwise : placeOf(lowering, node, value, size, name);
}

/** One place; negative indices count from the end. */
function placeOf(
  lowering: Lowering,
  node: number,
  given: Value,
  size: number,
  name: string,
): number {
  const index = indexOf(lowering, node, given, size);
  if (index >= -size && index < size) return index < 0 ? index + size : index;
  const range = `its indices go from 0 to ${size - 1}`;
  return lowering.wrongValue(node, `${name} has no element ${index}: ${range}`);
}

function indexOf(lowering: Lowering, node: number, value: Value, size: number): number {
  if (value.run === undefined) return toKnownInteger(lowering, node, value, 'an index');
  if (!isInteger(value.type) && !isTruth(value.type))
    toKnownInteger(lowering, node, value, 'an index');
  const run = toLayer(convert(lowering, node, value, INT));
  const key = keyOf(lowering, run, size);
  const assumed = lowering.assumed.get(key);
  if (assumed !== undefined) return assumed;
  throw new NeedsIndex(key, run, size);
}

/** What one statement computes twice in the same way is the same. */
function keyOf({ statement, calls }: Lowering, { items }: Classical, size: number): string {
  const parts = items.map((item) => Object.values(item).join(' '));
  return [statement, calls, size, ...parts].join(';');
}

function boundOf(lowering: Lowering, node: number, value: Value): number {
  return toKnownInteger(lowering, node, value, 'a step');
}
