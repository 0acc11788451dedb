// What the methods of `Counts` that change keys do to them.

import { checkArray, checkInteger, invalidArgument } from '../circuit/arguments.js';

/** Entries of counts. */
export type Entries = Iterable<readonly [string, number]>;

/** Classical bits of a key, each at most once; `all` says that none may be missing. */
export function checkBits(value: unknown, width: number, all: boolean): readonly number[] {
  const bits = checkArray(value, 'bits').map((bit, k) =>
    checkInteger(bit, `bits[${k}]`, 0, Math.max(width - 1, 0)),
  );
  const distinct = new Set(bits).size === bits.length;
  if (distinct && bits.length <= width && (bits.length === width || !all)) return bits;
  const expected = all ? `each of the ${width} bits once` : `some of the ${width} bits, each once`;
  throw invalidArgument('bits', `a list that names ${expected}`, value);
}

/** Keys made of some of their characters; equal ones are put together by whoever takes the entries. */
export function* picked(entries: Entries, bits: readonly number[]): Generator<[string, number]> {
  for (const [key, count] of entries) yield [bits.map((bit) => key.charAt(bit)).join(''), count];
}

/** Entries whose keys have certain values at certain bits. */
export function* matching(
  entries: Entries,
  wanted: ReadonlyMap<number, string>,
): Generator<readonly [string, number]> {
  for (const entry of entries) {
    if ([...wanted].every(([bit, value]) => entry[0].charAt(bit) === value)) yield entry;
  }
}

/** Values by bit, from an object such as `{ 0: 1 }`. */
export function checkConditions(value: unknown, width: number): ReadonlyMap<number, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidArgument('bits', 'an object of values by bit, such as { 0: 1 }', value);
  }
  return new Map(
    Object.entries(value).map(([key, wanted]) => {
      const bit = checkInteger(Number(key), 'bits', 0, Math.max(width - 1, 0));
      return [bit, String(checkInteger(wanted, `bits[${bit}]`, 0, 1))];
    }),
  );
}
