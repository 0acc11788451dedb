// What pictures of states show of them: the heaviest amplitudes, and how much is left out.

import { invalidArgument } from '../circuit/arguments.js';
import { basisLabel } from '../results/basis.js';
import { shareOf } from '../results/bars.js';
import { Largest } from '../results/largest.js';
import { StateVector } from '../results/state.js';

/** Amplitudes that are read at a time. */
const BLOCK = 2 ** 16;

/** Probabilities up to this one are rounding errors. */
const NEGLIGIBLE = 1e-12;

/** One basis state of a state. */
export interface Term {
  readonly index: number;
  /** Symbols of the ket. */
  readonly key: string;
  readonly re: number;
  readonly im: number;
  readonly probability: number;
}

/** The heaviest terms of a state by index, and what they leave out. */
export interface HeaviestTerms {
  readonly terms: readonly Term[];
  /** Number of other basis states with an amplitude that is not 0. */
  readonly left: number;
  /** Their probability. */
  readonly share: number;
}

/** The `most` likeliest basis states. Cost: one walk over the state. */
export function heaviestTerms(state: StateVector, most: number): HeaviestTerms {
  const largest = new Largest(most);
  const size = 2 ** state.qubits;
  let visible = 0;
  for (let first = 0; first < size; first += BLOCK) {
    const block = state.slice(first, Math.min(BLOCK, size - first));
    for (let k = 0; k < block.length; k += 2) {
      const probability = (block[k] as number) ** 2 + (block[k + 1] as number) ** 2;
      if (probability <= NEGLIGIBLE) continue;
      visible++;
      largest.offer(first + k / 2, probability);
    }
  }
  const terms = largest
    .sorted()
    .sort((a, b) => a.index - b.index)
    .map(({ index, weight }): Term => {
      const key = basisLabel(index, state.qubits);
      return { index, key, ...state.amplitude(index), probability: weight };
    });
  const shown = terms.reduce((sum, { probability }) => sum + probability, 0);
  return { terms, left: visible - terms.length, share: Math.max(0, 1 - shown) };
}

/** What is left out, in words; empty if nothing is. */
export function leftNote(left: number, share: number, noun = 'basis state'): string {
  if (left === 0) return '';
  return `… ${left} more ${noun}${left === 1 ? '' : 's'}, together ${shareOf(share, 1)}`;
}

/** A state vector, checked. */
export function checkState(value: unknown): StateVector {
  if (value instanceof StateVector) return value;
  throw invalidArgument('state', 'a state vector', value);
}
