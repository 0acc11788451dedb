import type { NativeOutcomes } from '../native.js';

/** Adds up the weights of classical outcomes. */
export class Outcomes {
  readonly #bytes: number;
  readonly #numbers = new Map<string, number>();
  readonly #keys: Uint8Array[] = [];
  readonly #weights: number[] = [];

  constructor(bits: number) {
    this.#bytes = Math.ceil(bits / 8);
  }

  /** Adds to an outcome of the classical bits and gives its number. */
  add(bits: Uint8Array, weight: number): number {
    const key = new Uint8Array(this.#bytes);
    bits.forEach((bit, k) => (key[k >> 3] = (key[k >> 3] as number) | (bit << (7 - (k & 7)))));
    const text = Buffer.from(key).toString('latin1');
    const known = this.#numbers.get(text);
    if (known !== undefined) {
      this.#weights[known] = (this.#weights[known] as number) + weight;
      return known;
    }
    this.#numbers.set(text, this.#keys.length);
    this.#weights.push(weight);
    return this.#keys.push(key) - 1;
  }

  /** All outcomes, ascending, and where each number went. */
  finish(): NativeOutcomes & { readonly rank: Uint32Array } {
    const order = [...this.#keys.keys()].sort((a, b) =>
      Buffer.compare(this.#keys[a] as Uint8Array, this.#keys[b] as Uint8Array),
    );
    const keys = new Uint8Array(this.#bytes * order.length);
    const counts = new Float64Array(order.length);
    const rank = new Uint32Array(order.length);
    order.forEach((number, place) => {
      keys.set(this.#keys[number] as Uint8Array, this.#bytes * place);
      counts[place] = this.#weights[number] as number;
      rank[number] = place;
    });
    return { keys, counts, rank };
  }
}
