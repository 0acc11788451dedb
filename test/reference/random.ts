// Seeded random numbers for generated circuits (splitmix32). Small, fast, and the same everywhere.

/** A stream of random numbers that depends on the seed only. */
export class RandomStream {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to 2^32 − 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  }

  /** A number from 0 up to, but not including, 1. */
  uniform(): number {
    return this.next() / 2 ** 32;
  }

  /** A whole number from `first` to `last`, both possible. */
  integer(first: number, last: number): number {
    return first + Math.floor(this.uniform() * (last - first + 1));
  }

  /** A member of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)] as T;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** `count` different members of a list, in random order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    return Array.from({ length: count }, () => {
      const [chosen] = rest.splice(this.integer(0, rest.length - 1), 1);
      return chosen as T;
    });
  }
}
