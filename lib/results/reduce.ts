import type { Amplitudes, AmplitudeSource } from './amplitudes.js';

/** Bits of a basis index that lie in one block of amplitudes: 16,384 of them, so that 64 blocks stay in cache. */
const BLOCK_BITS = 14;

/**
 * The density matrix of some qubits with the others traced out, row-major, interleaved re, im, summed in
 * float64. `bits` are the bits of the basis index to keep, the most significant of the row index first.
 */
export function reduceState(source: AmplitudeSource, bits: readonly number[]): Float64Array {
  const low = Math.min(source.qubits, BLOCK_BITS);
  const traced = Array.from({ length: source.qubits }, (_, bit) => bit).filter(
    (bit) => !bits.includes(bit),
  );
  const rowOffsets = offsets([...bits].reverse());
  const rowBlocks = rowOffsets.map((offset) => Math.floor(offset / 2 ** low));
  const rowPlaces = rowOffsets.map((offset) => offset % 2 ** low);
  const tracedPlaces = offsets(traced.filter((bit) => bit < low));
  const matrix = new Matrix(rowOffsets.length);
  for (const base of offsets(traced.filter((bit) => bit >= low))) {
    const blocks = new Map<number, Amplitudes>();
    for (const block of rowBlocks) {
      if (!blocks.has(block)) {
        blocks.set(block, source.read(base + block * 2 ** low, 2 ** low));
      }
    }
    const rows = rowBlocks.map((block) => blocks.get(block) as Amplitudes);
    for (const place of tracedPlaces) matrix.accumulate(rows, rowPlaces, place);
  }
  return matrix.complete();
}

/** Every sum of the powers of two named by `bits`; the first bit varies fastest. */
function offsets(bits: readonly number[]): number[] {
  let sums = [0];
  for (const bit of bits) sums = sums.concat(sums.map((sum) => sum + 2 ** bit));
  return sums;
}

class Matrix {
  readonly #size: number;
  readonly #data: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#data = new Float64Array(2 * size * size);
    this.#re = new Float64Array(size);
    this.#im = new Float64Array(size);
  }

  /** Adds the outer product of one column of amplitudes with itself: the upper triangle only. */
  accumulate(rows: readonly Amplitudes[], places: readonly number[], shift: number): void {
    const size = this.#size;
    const re = this.#re;
    const im = this.#im;
    for (let row = 0; row < size; row++) {
      const at = 2 * ((places[row] as number) + shift);
      const block = rows[row] as Amplitudes;
      re[row] = block[at] as number;
      im[row] = block[at + 1] as number;
    }
    const data = this.#data;
    for (let row = 0; row < size; row++) {
      const a = re[row] as number;
      const b = im[row] as number;
      for (let column = row; column < size; column++) {
        const at = 2 * (row * size + column);
        const c = re[column] as number;
        const d = im[column] as number;
        data[at] = (data[at] as number) + a * c + b * d;
        data[at + 1] = (data[at + 1] as number) + b * c - a * d;
      }
    }
  }

  /** The whole matrix: the lower triangle is the conjugate of the upper one. */
  complete(): Float64Array {
    const size = this.#size;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < row; column++) {
        this.#data[2 * (row * size + column)] = this.#data[2 * (column * size + row)] as number;
        this.#data[2 * (row * size + column) + 1] = -(this.#data[
          2 * (column * size + row) + 1
        ] as number);
      }
    }
    return this.#data;
  }
}
