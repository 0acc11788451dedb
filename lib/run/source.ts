import type { EncodedPauliSum } from '../observable/pauli.js';
import type { Amplitudes, AmplitudeSource, Complex } from '../results/amplitudes.js';
import type { PackedOutcomes } from '../results/outcomes.js';
import { callNative, type NativeObservable, type NativeState } from '../native.js';
import type { StateSize } from './memory.js';
import type { Precision } from './settings.js';

/** A Pauli sum in the shape the addon reads. */
export function nativeObservable(sum: EncodedPauliSum): NativeObservable {
  return { coefficients: sum.coefficients, xMasks: sum.xMask, zMasks: sum.zMask };
}

/** An array for so many amplitudes. */
export function amplitudeArray(precision: Precision, count: number): Amplitudes {
  return precision === 'complex128' ? new Float64Array(2 * count) : new Float32Array(2 * count);
}

/** A finished state in an engine, as state vectors read it. */
export class EngineState implements AmplitudeSource {
  readonly qubits: number;
  readonly #state: NativeState;

  readonly #precision: Precision;

  constructor(state: NativeState, { qubits, precision }: StateSize) {
    this.#state = state;
    this.qubits = qubits;
    this.#precision = precision;
  }

  read(first: number, count: number): Amplitudes {
    return callNative(() => this.#state.amplitudes(first, amplitudeArray(this.#precision, count)));
  }

  probabilities(qubits: readonly number[]): Float64Array {
    const out = new Float64Array(2 ** qubits.length);
    return callNative(() => this.#state.probabilities(Uint32Array.from(qubits), out));
  }

  norm(): number {
    return Math.sqrt(callNative(() => this.#state.squaredNorm()));
  }

  expectation(sum: EncodedPauliSum): number {
    return callNative(() => this.#state.expectation(nativeObservable(sum)));
  }

  sample(shots: number, seed: bigint): PackedOutcomes {
    return { bits: this.qubits, ...callNative(() => this.#state.sample(shots, seed)) };
  }

  /** Only states of one simulator can be multiplied by its engine. */
  inner(other: AmplitudeSource): Complex | undefined {
    if (!(other instanceof EngineState) || other.qubits !== this.qubits) return undefined;
    const out = new Float64Array(2);
    const together = callNative(() => this.#state.inner(other.#state, out));
    return together ? { re: out[0] as number, im: out[1] as number } : undefined;
  }

  dispose(): void {
    callNative(() => this.#state.dispose());
  }
}
