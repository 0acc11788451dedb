import type { EncodedPauliSum } from '../observable/pauli.js';
import { reverseBits } from './basis.js';
import type { PackedOutcomes } from './outcomes.js';

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Amplitudes, interleaved re, im: float32 of `complex64`, float64 of `complex128`. */
export type Amplitudes = Float32Array | Float64Array;

/** An array for so many numbers of the same kind. */
export function arrayLike(amplitudes: Amplitudes, length: number): Amplitudes {
  return amplitudes instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

/**
 * Where a `StateVector` reads from: a state held by an engine. Basis indices have qubit 0 as their most
 * significant bit. Every reader gives values of the normalised state: divided by the norm as measured.
 */
export interface AmplitudeSource {
  /** Number of qubits. */
  readonly qubits: number;
  /** `count` amplitudes from basis index `first` on, as interleaved re, im. */
  read(first: number, count: number): Amplitudes;
  /** Probabilities of the 2^k values of the listed qubits, the first listed most significant. */
  probabilities(qubits: readonly number[]): Float64Array;
  /** The 2-norm the state came out with before it was normalised: 1 up to rounding. */
  norm(): number;
  /** The mean of an observable on as many qubits. */
  expectation(sum: EncodedPauliSum): number;
  /** Outcomes of measuring every qubit, qubit q as classical bit q. */
  sample(shots: number, seed: bigint): PackedOutcomes;
  /** The inner product ⟨this|other⟩ where the engine can give it, else `undefined`. */
  inner?(other: AmplitudeSource): Complex | undefined;
  /** Frees the state. */
  dispose(): void;
}

/** Amplitudes read at a time where a whole state is walked: 512 KiB of complex64. */
export const BLOCK_SIZE = 2 ** 16;

/** Some consecutive amplitudes. */
export interface AmplitudeBlock {
  /** Basis index of the first one. */
  readonly first: number;
  /** Interleaved re, im. */
  readonly data: Amplitudes;
}

/** All amplitudes of a source, a block at a time, in the order of their basis indices. */
export function* blocksOf(source: AmplitudeSource): Generator<AmplitudeBlock> {
  const size = 2 ** source.qubits;
  for (let first = 0; first < size; first += BLOCK_SIZE) {
    yield { first, data: source.read(first, Math.min(BLOCK_SIZE, size - first)) };
  }
}

/** ⟨left|right⟩ of two states on as many qubits, summed in float64. */
export function innerProduct(left: AmplitudeSource, right: AmplitudeSource): Complex {
  const native = left.inner?.(right);
  if (native !== undefined) return native;
  let re = 0;
  let im = 0;
  for (const { first, data } of blocksOf(left)) {
    const other = right.read(first, data.length / 2);
    for (let k = 0; k < data.length; k += 2) {
      const a = data[k] as number;
      const b = data[k + 1] as number;
      const c = other[k] as number;
      const d = other[k + 1] as number;
      re += a * c + b * d;
      im += a * d - b * c;
    }
  }
  return { re, im };
}

/** Amplitudes read one by one cost about as much as this many read in blocks. */
const SINGLE_READ_COST = 256;

/** `count` amplitudes from `first` on of the state whose basis indices have their bits reversed. */
export function readReversed(source: AmplitudeSource, first: number, count: number): Amplitudes {
  const { qubits } = source;
  let result: Amplitudes | undefined;
  if (count * SINGLE_READ_COST < 2 ** qubits) {
    for (let k = 0; k < count; k++) {
      const amplitude = source.read(reverseBits(first + k, qubits), 1);
      result ??= arrayLike(amplitude, 2 * count);
      result.set(amplitude, 2 * k);
    }
    return result ?? source.read(0, 0);
  }
  for (const block of blocksOf(source)) {
    result ??= arrayLike(block.data, 2 * count);
    for (let k = 0; k < block.data.length; k += 2) {
      const at = reverseBits(block.first + k / 2, qubits) - first;
      if (at < 0 || at >= count) continue;
      result[2 * at] = block.data[k] as number;
      result[2 * at + 1] = block.data[k + 1] as number;
    }
  }
  return result as Amplitudes;
}
