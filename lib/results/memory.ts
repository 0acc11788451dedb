import { checkInteger, invalidArgument } from '../circuit/arguments.js';
import { unpackKeys } from './outcomes.js';

/** Place of the outcome of a shot that a postselection dropped. */
const DROPPED = 2 ** 32 - 1;

/** Outcomes by shot as the native side hands them over. */
export interface PackedMemory {
  /** Classical bits in a key. */
  readonly bits: number;
  /** Distinct keys, as in `PackedOutcomes`. */
  readonly keys: Uint8Array;
  /** Which key each shot has; 2^32 − 1 for a dropped shot. */
  readonly shotOutcomes: Uint32Array;
}

/**
 * What each shot measured, in the order of the shots: a matrix of bits, shot by classical bit. It takes 4 bytes a
 * shot and one row for each outcome that came. Iterating gives the rows.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 * const { memory } = await circuit(2, 2).x(1).measureAll().run({ shots: 3 });
 * memory?.row(0); // => '01'
 * memory?.get(2, 1); // => 1
 * [...(memory ?? [])]; // => ['01', '01', '01']
 * ```
 */
export class ShotMemory implements Iterable<string | undefined> {
  /** Number of shots, dropped ones included. */
  readonly shots: number;
  /** Number of classical bits. */
  readonly bits: number;
  readonly #packed: PackedMemory;
  #rows: readonly string[] | undefined;

  /** @internal Memories come from runs. */
  constructor(packed: PackedMemory) {
    this.shots = packed.shotOutcomes.length;
    this.bits = packed.bits;
    this.#packed = packed;
  }

  /**
   * One classical bit of one shot; `undefined` if a postselection dropped the shot.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT out of range.
   */
  get(shot: number, bit: number): 0 | 1 | undefined {
    const outcome = this.#outcome(shot);
    if (this.bits === 0) throw invalidArgument('bit', 'a classical bit, but there is none', bit);
    const place = checkInteger(bit, 'bit', 0, this.bits - 1);
    if (outcome === DROPPED) return undefined;
    const byte = this.#packed.keys[outcome * Math.ceil(this.bits / 8) + (place >> 3)] as number;
    return ((byte >> (7 - (place & 7))) & 1) as 0 | 1;
  }

  /**
   * All bits of one shot, bit 0 leftmost; `undefined` if a postselection dropped the shot.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT out of range.
   */
  row(shot: number): string | undefined {
    const outcome = this.#outcome(shot);
    this.#rows ??= this.bits === 0 ? [''] : unpackKeys(this.bits, this.#packed.keys);
    return outcome === DROPPED ? undefined : this.#rows[outcome];
  }

  /**
   * The matrix of bits: ⌈bits/8⌉ bytes a shot, bit 0 the highest one of the first byte; 0 for a shot that a
   * postselection dropped.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const { memory } = await circuit(2, 2).x(1).measureAll().run({ shots: 3 });
   * memory?.packed(); // => Uint8Array(3) [64, 64, 64]
   * ```
   */
  packed(): Uint8Array {
    const { keys, shotOutcomes } = this.#packed;
    const width = Math.ceil(this.bits / 8);
    const rows = new Uint8Array(width * this.shots);
    shotOutcomes.forEach((outcome, shot) => {
      if (outcome === DROPPED) return;
      rows.set(keys.subarray(outcome * width, (outcome + 1) * width), shot * width);
    });
    return rows;
  }

  *[Symbol.iterator](): Generator<string | undefined> {
    for (let shot = 0; shot < this.shots; shot++) yield this.row(shot);
  }

  toString(): string {
    return `ShotMemory: ${this.shots} shots of ${this.bits} bits`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  #outcome(shot: number): number {
    if (this.shots === 0) throw invalidArgument('shot', 'a shot, but there is none', shot);
    return this.#packed.shotOutcomes[checkInteger(shot, 'shot', 0, this.shots - 1)] as number;
  }
}
