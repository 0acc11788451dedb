import type { NativeObservable } from '../native.js';

/** A one-qubit matrix, row by row: re, im of each entry. */
export type Matrix = readonly [number, number, number, number, number, number, number, number];

/** The parts of a Pauli string P|k⟩ = i^(number of Y) · (−1)^|k & z| · |k ^ x⟩. */
export interface PauliMasks {
  readonly x: number;
  readonly z: number;
}

/** 1 − |⟨a|b⟩|² of unit vectors that are equal up to rounding. */
const SAME = 1e-12;

function bitsSet(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** ⟨a|b⟩ and both squared norms of vectors that a walk over pairs of indices names. */
class Overlap {
  re = 0;
  im = 0;
  first = 0;
  second = 0;

  add(a: Float64Array, i: number, b: Float64Array, j: number): void {
    const [ar, ai] = [a[2 * i] as number, a[2 * i + 1] as number];
    const [br, bi] = [b[2 * j] as number, b[2 * j + 1] as number];
    this.re += ar * br + ai * bi;
    this.im += ar * bi - ai * br;
    this.first += ar * ar + ai * ai;
    this.second += br * br + bi * bi;
  }

  /** first · second · (1 − |⟨a|b⟩|²) of the normalised vectors. */
  get deviation(): number {
    return this.first * this.second - this.re ** 2 - this.im ** 2;
  }
}

/**
 * Amplitudes of n qubits as float64, interleaved re, im. Plain swaps only rename bits: `order` tells where each bit of
 * the basis index lies, as in the other engines, so that a seed gives the same counts.
 */
export class State {
  readonly qubits: number;
  readonly size: number;
  readonly amplitudes: Float64Array;
  readonly order: number[];

  constructor(qubits: number) {
    this.qubits = qubits;
    this.size = 2 ** qubits;
    this.amplitudes = new Float64Array(2 * this.size);
    this.order = [];
    this.prepare();
  }

  /** Sets the amplitudes, |0…0⟩ where there are none. */
  prepare(initial?: Float32Array | Float64Array): void {
    for (let bit = 0; bit < this.qubits; bit++) this.order[bit] = bit;
    if (initial !== undefined) this.amplitudes.set(initial);
    else this.amplitudes.fill(0)[0] = 1;
  }

  copy(): State {
    const other = new State(this.qubits);
    other.amplitudes.set(this.amplitudes);
    this.order.forEach((place, bit) => (other.order[bit] = place));
    return other;
  }

  /** Where the bit of a qubit lies. */
  place(qubit: number): number {
    return this.order[this.qubits - 1 - qubit] as number;
  }

  /** Bits of the basis index as bits of places. */
  placed(mask: number): number {
    return this.order.reduce((sum, place, bit) => sum | (((mask >> bit) & 1) << place), 0);
  }

  /** Multiplies by a 2×2 matrix where the control bits have their values. Masks are of places. */
  apply(
    [ar, ai, br, bi, cr, ci, dr, di]: Matrix,
    target: number,
    mask: number,
    value: number,
  ): void {
    const { amplitudes, size } = this;
    const partner = 1 << target;
    for (let first = 0; first < size; first += 2 * partner) {
      for (let k = first; k < first + partner; k++) {
        if ((k & mask) !== value) continue;
        const i = 2 * k;
        const j = i + 2 * partner;
        const xr = amplitudes[i] as number;
        const xi = amplitudes[i + 1] as number;
        const yr = amplitudes[j] as number;
        const yi = amplitudes[j + 1] as number;
        amplitudes[i] = ar * xr - ai * xi + br * yr - bi * yi;
        amplitudes[i + 1] = ar * xi + ai * xr + br * yi + bi * yr;
        amplitudes[j] = cr * xr - ci * xi + dr * yr - di * yi;
        amplitudes[j + 1] = cr * xi + ci * xr + dr * yi + di * yr;
      }
    }
  }

  /** Multiplies by e^(i·angle) where the bits of a mask have their values. */
  phase(angle: number, mask: number, value: number): void {
    const { amplitudes, size } = this;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    for (let k = 0; k < size; k++) {
      if ((k & mask) !== value) continue;
      const re = amplitudes[2 * k] as number;
      const im = amplitudes[2 * k + 1] as number;
      amplitudes[2 * k] = c * re - s * im;
      amplitudes[2 * k + 1] = c * im + s * re;
    }
  }

  /** Exchanges two bits where the control bits have their values. */
  exchange(first: number, second: number, mask: number, value: number): void {
    const { amplitudes, size } = this;
    for (let k = 0; k < size; k++) {
      if (((k >> first) & 1) !== 1 || ((k >> second) & 1) !== 0 || (k & mask) !== value) continue;
      const other = k ^ (1 << first) ^ (1 << second);
      for (const part of [0, 1]) {
        const kept = amplitudes[2 * k + part] as number;
        amplitudes[2 * k + part] = amplitudes[2 * other + part] as number;
        amplitudes[2 * other + part] = kept;
      }
    }
  }

  /** Applies e^(−i·angle/2·P) where the control bits have their values. */
  rotate({ x, z }: PauliMasks, angle: number, mask: number, value: number): void {
    const { amplitudes, size } = this;
    const [c, s] = [Math.cos(angle / 2), Math.sin(angle / 2)];
    // −i·i^Y for each place where P has an entry, before its sign.
    const turn = (bitsSet(x & z) + 3) % 4;
    const [tr, ti] = (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const
    )[turn] as readonly [number, number];
    for (let k = 0; k < size; k++) {
      const j = k ^ x;
      if (j < k || (k & mask) !== value) continue;
      const xr = amplitudes[2 * k] as number;
      const xi = amplitudes[2 * k + 1] as number;
      const yr = amplitudes[2 * j] as number;
      const yi = amplitudes[2 * j + 1] as number;
      const fromJ = bitsSet(j & z) % 2 === 0 ? s : -s;
      amplitudes[2 * k] = c * xr + fromJ * (tr * yr - ti * yi);
      amplitudes[2 * k + 1] = c * xi + fromJ * (tr * yi + ti * yr);
      if (j === k) continue;
      const fromK = bitsSet(k & z) % 2 === 0 ? s : -s;
      amplitudes[2 * j] = c * yr + fromK * (tr * xr - ti * xi);
      amplitudes[2 * j + 1] = c * yi + fromK * (tr * xi + ti * xr);
    }
  }

  /** |amplitude|² of each place. */
  weight(k: number): number {
    return (this.amplitudes[2 * k] as number) ** 2 + (this.amplitudes[2 * k + 1] as number) ** 2;
  }

  squaredNorm(): number {
    let sum = 0;
    for (let k = 0; k < this.size; k++) sum += this.weight(k);
    return sum;
  }

  /** Probability that a qubit is 0. */
  probabilityOfZero(qubit: number): number {
    const both = [0, 0] as [number, number];
    const place = this.place(qubit);
    for (let k = 0; k < this.size; k++) both[((k >> place) & 1) as 0 | 1] += this.weight(k);
    return both[0] / (both[0] + both[1]);
  }

  /** Projects a qubit onto an outcome and normalises. */
  collapse(qubit: number, outcome: boolean): void {
    const [place, kept] = [this.place(qubit), outcome ? 1 : 0];
    let sum = 0;
    for (let k = 0; k < this.size; k++) {
      if (((k >> place) & 1) === kept) sum += this.weight(k);
      else this.amplitudes[2 * k] = this.amplitudes[2 * k + 1] = 0;
    }
    const scale = 1 / Math.sqrt(sum);
    for (let k = 0; k < this.amplitudes.length; k++)
      this.amplitudes[k] = (this.amplitudes[k] as number) * scale;
  }

  /** Amplitudes from an index on, in the order of basis indices, divided by the norm. */
  read(first: number, out: Float32Array | Float64Array): void {
    const scale = 1 / Math.sqrt(this.squaredNorm());
    for (let k = 0; 2 * k < out.length; k++) {
      const place = this.placed(first + k);
      out[2 * k] = (this.amplitudes[2 * place] as number) * scale;
      out[2 * k + 1] = (this.amplitudes[2 * place + 1] as number) * scale;
    }
  }

  /** Probabilities of the values of some qubits, the first most significant. */
  probabilities(qubits: Uint32Array, out: Float64Array): void {
    const places = Array.from(qubits, (qubit) => this.place(qubit));
    out.fill(0);
    for (let k = 0; k < this.size; k++) {
      let value = 0;
      for (const place of places) value = 2 * value + ((k >> place) & 1);
      out[value] = (out[value] as number) + this.weight(k);
    }
    const norm = this.squaredNorm();
    for (let k = 0; k < out.length; k++) out[k] = (out[k] as number) / norm;
  }

  expectation({ coefficients, xMasks, zMasks }: NativeObservable): number {
    let total = 0;
    coefficients.forEach((coefficient, term) => {
      const x = this.placed(Number(xMasks[term]));
      const z = this.placed(Number(zMasks[term]));
      total += coefficient * this.#expectationOf({ x, z });
    });
    return total / this.squaredNorm();
  }

  #expectationOf({ x, z }: PauliMasks): number {
    const { amplitudes, size } = this;
    const sums = [0, 0] as [number, number];
    for (let k = 0; k < size; k++) {
      const j = k ^ x;
      const sign = bitsSet(k & z) % 2 === 0 ? 1 : -1;
      const xr = amplitudes[2 * k] as number;
      const xi = amplitudes[2 * k + 1] as number;
      const yr = amplitudes[2 * j] as number;
      const yi = amplitudes[2 * j + 1] as number;
      sums[0] += sign * (yr * xr + yi * xi);
      sums[1] += sign * (yr * xi - yi * xr);
    }
    // The real part of i^Y times the sum.
    const turns = bitsSet(x & z) % 4;
    return (turns % 2 === 0 ? sums[0] : -sums[1]) * (turns < 2 ? 1 : -1);
  }

  /** ⟨this|other⟩ of the normalised states. */
  inner(other: State): readonly [number, number] {
    const overlap = this.#overlap(other);
    const scale = 1 / Math.sqrt(overlap.first * overlap.second);
    return [overlap.re * scale, overlap.im * scale];
  }

  #overlap(other: State): Overlap {
    const overlap = new Overlap();
    for (let index = 0; index < this.size; index++) {
      overlap.add(this.amplitudes, this.placed(index), other.amplitudes, other.placed(index));
    }
    return overlap;
  }

  /** Whether two states are the same but for a phase. */
  isLike(other: State): boolean {
    const overlap = this.#overlap(other);
    return overlap.deviation <= SAME * overlap.first * overlap.second;
  }

  /** Whether a qubit that may be 0 or 1 is not entangled, so that both outcomes leave the others alike. */
  standsAlone(qubit: number, zero: number): boolean {
    if (zero <= SAME || zero >= 1 - SAME) return false;
    const bit = 1 << this.place(qubit);
    const overlap = new Overlap();
    for (let k = 0; k < this.size; k++) {
      if ((k & bit) === 0) overlap.add(this.amplitudes, k, this.amplitudes, k | bit);
    }
    return overlap.deviation <= SAME;
  }
}
