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

const CHARACTERS_AT_ONCE = 2 ** 20;

/**
 * Calls `take` for the keys of packed outcomes as strings, classical bit 0 leftmost. Many keys are written as one
 * text and cut apart, which takes a third of the time that text by text takes.
 */
export function eachKey(
  bits: number,
  keys: Uint8Array,
  take: (key: string, row: number) => void,
): void {
  if (bits === 0) return;
  const bytes = Math.ceil(bits / 8);
  const rows = keys.length / bytes;
  const together = Math.max(1, Math.min(rows, Math.floor(CHARACTERS_AT_ONCE / bits)));
  const characters = Buffer.allocUnsafe(together * bits);
  for (let first = 0; first < rows; first += together) {
    const last = Math.min(rows, first + together);
    let at = 0;
    for (let row = first; row < last; row++) {
      for (let bit = 0; bit < bits; bit++) {
        const byte = keys[row * bytes + (bit >> 3)] as number;
        characters[at++] = 48 + ((byte >> (7 - (bit & 7))) & 1);
      }
    }
    const text = characters.toString('latin1', 0, at);
    for (let row = first; row < last; row++) {
      take(text.substring((row - first) * bits, (row - first + 1) * bits), row);
    }
  }
}

/** The keys of packed outcomes as strings. */
export function unpackKeys(bits: number, keys: Uint8Array): string[] {
  const unpacked: string[] = [];
  eachKey(bits, keys, (key) => unpacked.push(key));
  return unpacked;
}
