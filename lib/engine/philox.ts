// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011), keyed and
// counted as in native/core/philox.h, so that every engine draws the same numbers.

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const KEY_STEPS = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** The upper 32 bits of a product of two numbers of 32 bits. */
function upper(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + Math.floor((a0 * b0) / 65536);
  const other = a0 * b1 + (middle % 65536);
  return a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536);
}

/** Four numbers of 32 bits for a key of 64 bits and a counter of four times 32. */
export function philox(key: bigint, counter: readonly number[]): [number, number, number, number] {
  let [w0, w1, w2, w3] = counter as [number, number, number, number];
  let k0 = Number(key & 0xffffffffn);
  let k1 = Number(key >> 32n);
  for (let round = 0; round < ROUNDS; round++) {
    const [up0, up1] = [upper(MULTIPLIERS[0], w0), upper(MULTIPLIERS[1], w2)];
    const [low0, low1] = [Math.imul(MULTIPLIERS[0], w0), Math.imul(MULTIPLIERS[1], w2)];
    [w0, w1, w2, w3] = [(up1 ^ w1 ^ k0) >>> 0, low1 >>> 0, (up0 ^ w3 ^ k1) >>> 0, low0 >>> 0];
    k0 = (k0 + KEY_STEPS[0]) >>> 0;
    k1 = (k1 + KEY_STEPS[1]) >>> 0;
  }
  return [w0, w1, w2, w3];
}

/** The draws of all shots of a run: draw d of a shot is word d mod 4 of its block ⌊d/4⌋. */
export class Draws {
  readonly #seed: bigint;
  #last: readonly [shot: number, block: number, words: readonly number[]] = [-1, -1, []];

  constructor(seed: bigint) {
    this.#seed = seed;
  }

  /** Whether a draw decides for 1: 32 bits first, 64 more only on a tie. */
  one(shot: number, draw: number, probabilityOfZero: number): boolean {
    const scaled = probabilityOfZero * 2 ** 32;
    const whole = Math.floor(scaled);
    const word = this.#words(shot, draw >>> 2)[draw & 3] as number;
    if (word !== whole) return word > whole;
    const [first, second] = this.#block(shot, draw, 1);
    return first * 2 ** -32 + second * 2 ** -64 >= scaled - whole;
  }

  #words(shot: number, block: number): readonly number[] {
    const [lastShot, lastBlock, words] = this.#last;
    if (shot === lastShot && block === lastBlock) return words;
    const fresh = this.#block(shot, block, 0);
    this.#last = [shot, block, fresh];
    return fresh;
  }

  #block(shot: number, block: number, stream: number): [number, number, number, number] {
    return philox(this.#seed, [shot >>> 0, Math.floor(shot / 2 ** 32), block, stream]);
  }
}
