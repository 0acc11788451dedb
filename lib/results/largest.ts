/** A basis index and how much it weighs. */
export interface Weighted {
  readonly index: number;
  readonly weight: number;
}

/** Keeps the `capacity` heaviest of the items offered to it; of equal weights the smaller index. */
export class Largest {
  readonly #capacity: number;
  // A heap with the lightest item first, so that the one to give way is at hand.
  readonly #heap: Weighted[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The weight an item must exceed to be kept, once the place is full. */
  get floor(): number {
    return this.#heap.length < this.#capacity ? -Infinity : (this.#heap[0]?.weight ?? Infinity);
  }

  /** Takes an item if it is heavier than the lightest one kept. Offer indices in ascending order. */
  offer(index: number, weight: number): void {
    if (weight <= this.floor) return;
    if (this.#heap.length < this.#capacity) {
      this.#heap.push({ index, weight });
      this.#rise(this.#heap.length - 1);
    } else {
      this.#heap[0] = { index, weight };
      this.#sink();
    }
  }

  /** The items kept, heaviest first, equal ones by index. */
  sorted(): Weighted[] {
    return [...this.#heap].sort((a, b) => (lighter(a, b) ? 1 : -1));
  }

  #rise(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!lighter(this.#heap[at] as Weighted, this.#heap[parent] as Weighted)) return;
      this.#exchange(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const child =
        right < this.#heap.length &&
        lighter(this.#heap[right] as Weighted, this.#heap[left] as Weighted)
          ? right
          : left;
      if (!lighter(this.#heap[child] as Weighted, this.#heap[at] as Weighted)) return;
      this.#exchange(at, child);
      at = child;
    }
  }

  #exchange(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b] as Weighted, this.#heap[a] as Weighted];
  }
}

function lighter(a: Weighted, b: Weighted): boolean {
  return a.weight < b.weight || (a.weight === b.weight && a.index > b.index);
}
