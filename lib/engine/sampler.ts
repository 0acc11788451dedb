import type { Draws } from './philox.js';
import type { State } from './state.js';

/**
 * Draws basis states. A shot descends bit by bit from the most significant one, deciding at each level by its own draw
 * against the share of the lower half, as in native/core/sampler.cpp: the same draws end in the same places.
 */
export class Sampler {
  readonly #levels: number;
  readonly #firstDraw: number;
  /** Node 1 is the sum of all, node k that of nodes 2k and 2k + 1. */
  readonly #sums: Float64Array;

  constructor(state: State, firstDraw: number) {
    this.#levels = state.qubits;
    this.#firstDraw = firstDraw;
    this.#sums = new Float64Array(2 * state.size);
    for (let k = 0; k < state.size; k++) this.#sums[state.size + k] = state.weight(k);
    for (let node = state.size - 1; node > 0; node--) {
      this.#sums[node] = (this.#sums[2 * node] as number) + (this.#sums[2 * node + 1] as number);
    }
  }

  /** Where a shot ends, as an index of places. */
  draw(draws: Draws, shot: number): number {
    let node = 1;
    for (let level = 0; level < this.#levels; level++) {
      const zero = this.#sums[2 * node] as number;
      const both = zero + (this.#sums[2 * node + 1] as number);
      const share = both > 0 ? zero / both : 1;
      node = 2 * node + (draws.one(shot, this.#firstDraw + level, share) ? 1 : 0);
    }
    return node - 2 ** this.#levels;
  }
}
