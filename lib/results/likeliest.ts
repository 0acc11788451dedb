import { blocksOf, type AmplitudeSource } from './amplitudes.js';
import { basisLabel, reverseBits } from './basis.js';
import { Largest, type Weighted } from './largest.js';

/** What `StateVector.probabilities` takes. */
export interface ProbabilityOptions {
  /** Which qubits, each once; all of them if absent. The others are summed over. */
  readonly qubits?: readonly number[];
  /** Only this many of the likeliest states, as a list. */
  readonly top?: number;
}

/** One basis state of some qubits and its probability. */
export interface StateProbability {
  /** One symbol a qubit: in the order in which qubits were listed, or as in a ket of all of them. */
  readonly state: string;
  /** 0 to 1. */
  readonly probability: number;
}

/** The `top` likeliest basis states, without an array of all probabilities. */
export function likeliestStates(
  source: AmplitudeSource,
  top: number,
  little: boolean,
): StateProbability[] {
  const largest = new Largest(top);
  for (const { first, data } of blocksOf(source)) {
    for (let k = 0; k < data.length; k += 2) {
      largest.offer(first + k / 2, (data[k] as number) ** 2 + (data[k + 1] as number) ** 2);
    }
  }
  const kept = largest.sorted();
  if (!little) return name(kept, source.qubits);
  const turned = kept.map(({ index, weight }) => ({
    index: reverseBits(index, source.qubits),
    weight,
  }));
  return name(
    turned.sort((a, b) => b.weight - a.weight || a.index - b.index),
    source.qubits,
  );
}

/** The `top` likeliest of the 2^k values of k qubits. */
export function likeliestValues(values: Float64Array, top: number): StateProbability[] {
  const largest = new Largest(top);
  values.forEach((probability, index) => largest.offer(index, probability));
  return name(largest.sorted(), Math.log2(values.length));
}

function name(kept: readonly Weighted[], qubits: number): StateProbability[] {
  return kept
    .filter(({ weight }) => weight > 0)
    .map(({ index, weight }) => ({ state: basisLabel(index, qubits), probability: weight }));
}
