type Numbers = Int32Array | Float64Array;

/** An append-only list of numbers in one typed array that grows by doubling. */
class NumberList<T extends Numbers> {
  #numbers: T;
  #size = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#numbers = make(64);
  }

  get size(): number {
    return this.#size;
  }

  /** Appends a number and returns its place. */
  push(value: number): number {
    if (this.#size === this.#numbers.length) {
      const grown = this.#make(this.#size * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#size] = value;
    this.#size += 1;
    return this.#size - 1;
  }

  /** Forgets the numbers from a place on. */
  truncate(size: number): void {
    this.#size = size;
  }

  at(place: number): number {
    return this.#numbers[place] as number;
  }
}

/** Integers of 32 bits. */
export class IntList extends NumberList<Int32Array> {
  constructor() {
    super((length) => new Int32Array(length));
  }
}

/** Double-precision numbers. */
export class FloatList extends NumberList<Float64Array> {
  constructor() {
    super((length) => new Float64Array(length));
  }
}
