/**
 * Measured outcomes as the native side hands them over. A key is ⌈bits/8⌉ bytes; classical bit c is bit
 * 7 − c mod 8 of byte ⌊c/8⌋, so keys sort as their strings do.
 */
export interface PackedOutcomes {
  /** Classical bits in a key. */
  readonly bits: number;
  /** The keys, one after the other, distinct and ascending. */
  readonly keys: Uint8Array;
  /** How often each key came. */
  readonly counts: BigUint64Array | Float64Array;
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(2).padStart(8, '0'));

/** The keys of packed outcomes as strings, classical bit 0 leftmost. */
export function* unpackKeys(bits: number, keys: Uint8Array): Generator<string> {
  const bytes = Math.ceil(bits / 8);
  for (let at = 0; at < keys.length; at += bytes) {
    let text = '';
    for (let k = at; k < at + bytes; k++) text += BYTES[keys[k] as number] as string;
    yield text.slice(0, bits);
  }
}
