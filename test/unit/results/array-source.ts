// A state in a plain array, written from the definitions, for tests of what reads states.

import { jest } from '@jest/globals';
import type { EncodedPauliSum } from '../../../lib/observable/pauli.js';
import type { AmplitudeSource } from '../../../lib/results/amplitudes.js';
import type { PackedOutcomes } from '../../../lib/results/outcomes.js';
import { RandomStream } from '../../reference/random.js';

export class ArraySource implements AmplitudeSource {
  readonly qubits: number;
  readonly amplitudes: Float32Array;
  readonly dispose = jest.fn();
  readonly read = jest.fn((first: number, count: number) =>
    this.amplitudes.slice(2 * first, 2 * (first + count)),
  );

  /** Amplitudes as interleaved re, im; they are normalised here. */
  constructor(values: ArrayLike<number>) {
    const squared = Array.from(values).reduce((sum, x) => sum + x * x, 0);
    this.qubits = Math.log2(values.length / 2);
    this.amplitudes = Float32Array.from(Array.from(values, (x) => x / Math.sqrt(squared)));
  }

  norm(): number {
    return 0.999;
  }

  probabilities(qubits: readonly number[]): Float64Array {
    const sums = new Float64Array(2 ** qubits.length);
    for (let index = 0; index < 2 ** this.qubits; index++) {
      const key = index.toString(2).padStart(this.qubits, '0');
      const row = qubits.reduce((value, qubit) => value * 2 + Number(key[qubit]), 0);
      sums[row]! += this.amplitudes[2 * index]! ** 2 + this.amplitudes[2 * index + 1]! ** 2;
    }
    return sums;
  }

  expectation({ xMask, zMask, coefficients }: EncodedPauliSum): number {
    let total = 0;
    coefficients.forEach((coefficient, row) => {
      const x = Number(xMask[row]);
      const z = Number(zMask[row]);
      for (let index = 0; index < 2 ** this.qubits; index++) {
        // X^x Z^z times i for each Y, taken between this amplitude and its partner.
        const sign = ones(index & z) % 2 === 0 ? 1 : -1;
        const [a, b] = [this.amplitudes[2 * index]!, this.amplitudes[2 * index + 1]!];
        const [c, d] = [this.amplitudes[2 * (index ^ x)]!, this.amplitudes[2 * (index ^ x) + 1]!];
        const turns = ones(x & z) % 4;
        const overlap = [c * a + d * b, d * a - c * b, -(c * a + d * b), c * b - d * a][turns]!;
        total += coefficient * sign * overlap;
      }
    });
    return total;
  }

  /** Always the same basis state: the seed modulo the number of them. */
  sample(shots: number, seed: bigint): PackedOutcomes {
    const key = (seed % 2n ** BigInt(this.qubits)).toString(2).padStart(this.qubits, '0');
    const bytes = key.match(/.{1,8}/g)!.map((part) => Number.parseInt(part.padEnd(8, '0'), 2));
    return {
      bits: this.qubits,
      keys: Uint8Array.from(bytes),
      counts: BigUint64Array.of(BigInt(shots)),
    };
  }
}

function ones(value: number): number {
  return [...value.toString(2)].filter((bit) => bit === '1').length;
}

/** A source of amplitudes from a formula, of any size and norm. */
export function sourceOf(qubits: number, read: AmplitudeSource['read']): AmplitudeSource {
  return Object.assign(new ArraySource([1, 0, 0, 0]), { qubits, read });
}

/** Amplitudes with random parts, the same for the same seed. */
export function randomAmplitudes(qubits: number, seed: number): number[] {
  const random = new RandomStream(seed);
  return Array.from({ length: 2 ** (qubits + 1) }, () => random.uniform() * 2 - 1);
}
