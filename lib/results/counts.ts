import { checkInteger, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import { byCount, formatBars, STANDARD_BARS } from './bars.js';
import { checkBits, checkConditions, matching, picked } from './key-changes.js';
import { eachKey, type PackedOutcomes } from './outcomes.js';

/**
 * How often each outcome was measured: a Map from outcomes to counts that iterates in the order of its
 * keys. A key has one symbol for each classical bit, bit 0 leftmost. Counts are a record and never change:
 * `set`, `delete` and `clear` throw ERR_FROZEN; `new Map(counts)` gives a copy that may change.
 *
 * @example
 * ```ts
 * import { Counts } from 'qmlx';
 *
 * const counts = new Counts([['11', 488], ['00', 512]]);
 * counts.mostFrequent(); // => '00'
 * counts.probability('11'); // => 0.488
 * [...counts.keys()]; // => ['00', '11']
 * ```
 */
export class Counts extends Map<string, number> {
  /** The sum of all counts: the number of shots, unless `filter` left some out. */
  readonly total: number;

  /**
   * @param entries - outcomes with their counts in any order; an outcome that comes again adds up.
   * @throws QuantumError ERR_INVALID_ARGUMENT unless all keys are strings of 0 and 1 of one length, and
   *   all counts whole numbers of at least 0.
   */
  constructor(entries?: Iterable<readonly [string, number]>);
  /** @internal */
  constructor(outcomes: SortedOutcomes);
  constructor(entries: Iterable<readonly [string, number]> | SortedOutcomes = []) {
    // The Map constructor would call the method `set`, which refuses.
    super();
    this.total =
      entries instanceof SortedOutcomes ? this.#unpack(entries.packed) : this.#fill(entries);
  }

  /** @internal Counts from the keys and counts of the native side, which are sorted and distinct. */
  static fromPacked(outcomes: PackedOutcomes): Counts {
    return new Counts(new SortedOutcomes(outcomes));
  }

  /**
   * The outcome with the largest count, of equal ones the first by key; `undefined` without outcomes.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * new Counts([['0', 3], ['1', 5]]).mostFrequent(); // => '1'
   * ```
   */
  mostFrequent(): string | undefined {
    let most: string | undefined;
    let largest = -1;
    for (const [key, count] of this) {
      if (count > largest) {
        most = key;
        largest = count;
      }
    }
    return most;
  }

  /**
   * The share of all shots that gave this outcome, 0 to 1; 0 for an outcome that never came.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * new Counts([['0', 3], ['1', 5]]).probability('0'); // => 0.375
   * ```
   */
  probability(outcome: string): number {
    if (this.total === 0) return 0;
    return (this.get(outcome) ?? 0) / this.total;
  }

  /**
   * The `k` most frequent outcomes with their counts, the largest first, equal ones by key.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT unless `k` is a whole number of at least 0.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   *
   * new Counts([['00', 2], ['01', 7], ['10', 7]]).top(2); // => [['01', 7], ['10', 7]]
   * ```
   */
  top(k: number): [string, number][] {
    checkInteger(k, 'k', 0);
    return byCount([...this]).slice(0, k);
  }

  /**
   * The outcomes that came at least so often, or those a function chooses. `total` and `probability` of
   * the new counts refer to the shots that remain.
   *
   * @param threshold - the least count to keep, or `(count, outcome) => boolean`.
   * @throws QuantumError ERR_INVALID_ARGUMENT for a threshold that is neither.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * const counts = new Counts([['00', 90], ['01', 1], ['11', 9]]);
   * [...counts.filter(5).keys()]; // => ['00', '11']
   * counts.filter((count, outcome) => outcome.startsWith('0')).total; // => 91
   * ```
   */
  filter(threshold: number | ((count: number, outcome: string) => boolean)): Counts {
    if (typeof threshold === 'function') {
      return new Counts([...this].filter(([outcome, count]) => threshold(count, outcome)));
    }
    if (typeof threshold !== 'number' || Number.isNaN(threshold)) {
      throw invalidArgument('threshold', 'a number or a function', threshold);
    }
    return new Counts([...this].filter(([, count]) => count >= threshold));
  }

  /**
   * The counts with the bits of every key in another order.
   *
   * @param bits - every classical bit once: what the new keys hold from left to right.
   * @throws QuantumError ERR_INVALID_ARGUMENT for another list.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * [...new Counts([['011', 4]]).reorder([2, 1, 0]).keys()]; // => ['110']
   * ```
   */
  reorder(bits: readonly number[]): Counts {
    return new Counts(picked(this, checkBits(bits, this.#width(), true)));
  }

  /**
   * The counts of some bits alone, whatever the others were.
   *
   * @param bits - classical bits, each once, in the order in which the new keys hold them; at least one.
   * @throws QuantumError ERR_INVALID_ARGUMENT for another list.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * const counts = new Counts([['00', 1], ['01', 2], ['11', 3]]);
   * counts.marginal([1]).toObject(); // => { '0': 1, '1': 5 }
   * ```
   */
  marginal(bits: readonly number[]): Counts {
    const checked = checkBits(bits, this.#width(), false);
    if (checked.length === 0) throw invalidArgument('bits', 'a list of at least one bit', bits);
    return new Counts(picked(this, checked));
  }

  /**
   * The outcomes in which some bits have given values. `total` and `probability` refer to what remains.
   *
   * @param bits - values by bit, such as `{ 0: 1 }`.
   * @throws QuantumError ERR_INVALID_ARGUMENT for bits or values out of range.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * new Counts([['00', 1], ['01', 2], ['11', 3]]).postselect({ 1: 1 }).total; // => 5
   * ```
   */
  postselect(bits: Readonly<Record<number, 0 | 1>>): Counts {
    return new Counts(matching(this, checkConditions(bits, this.#width())));
  }

  /**
   * These counts and others together, as if the shots had been one run.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT for what are no counts of keys as long.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * new Counts([['0', 1]]).merge(new Counts([['0', 2], ['1', 3]])).total; // => 6
   * ```
   */
  merge(...others: readonly Counts[]): Counts {
    for (const other of others) {
      if (!(other instanceof Counts)) throw invalidArgument('others', 'counts', other);
    }
    return new Counts([this, ...others].flatMap((counts) => [...counts]));
  }

  /**
   * A plain object. Beware that JavaScript lists integer-like keys such as `'10'` before all others;
   * the counts themselves and their JSON keep the order.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   * new Counts([['00', 2], ['01', 1]]).toObject(); // => { '00': 2, '01': 1 }
   * ```
   */
  toObject(): Record<string, number> {
    return Object.fromEntries(this);
  }

  /**
   * What `JSON.stringify` writes: one object, its keys in order.
   *
   * @example
   * ```ts
   * import { Counts } from 'qmlx';
   *
   * JSON.stringify(new Counts([['10', 1], ['01', 2]])); // => '{"01":2,"10":1}'
   * ```
   */
  toJSON(): Record<string, number> {
    const keys = [...this.keys()];
    // A plain object would list '10' before '01'. Only a proxy may choose the order of its keys.
    return new Proxy(this.toObject(), { ownKeys: () => keys });
  }

  /** A table with one line an outcome: key, bar, count, share. At most 32 outcomes. */
  override toString(): string {
    return formatBars([...this], this.total, STANDARD_BARS);
  }

  /** @throws QuantumError ERR_FROZEN always. */
  override set(): never {
    return refuse();
  }

  /** @throws QuantumError ERR_FROZEN always. */
  override delete(): never {
    return refuse();
  }

  /** @throws QuantumError ERR_FROZEN always. */
  override clear(): never {
    return refuse();
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth: number): string {
    const title = `Counts(${this.size}) ${this.total} shots`;
    return depth < 0 || this.size === 0 ? title : `${title}\n${this.toString()}`;
  }

  /** Characters of a key. */
  #width(): number {
    const [first] = this.keys();
    return first?.length ?? 0;
  }

  #fill(entries: Iterable<readonly [string, number]>): number {
    let total = 0;
    for (const [key, count] of mergeEntries(entries)) {
      super.set(key, count);
      total += count;
    }
    return total;
  }

  #unpack({ bits, keys, counts }: PackedOutcomes): number {
    let total = 0;
    eachKey(bits, keys, (key, row) => {
      const count = Number(counts[row]);
      super.set(key, count);
      total += count;
    });
    return total;
  }
}

/** The outcomes of a run: no entries to a constructor, as there may be millions and they need no check. */
class SortedOutcomes {
  constructor(readonly packed: PackedOutcomes) {}
}

/** Checked entries in the order of their keys, equal keys added up. */
function mergeEntries(entries: Iterable<readonly [string, number]>): [string, number][] {
  const merged = new Map<string, number>();
  let bits: number | undefined;
  for (const [key, count] of entries) {
    if (typeof key !== 'string' || !/^[01]+$/.test(key) || key.length !== (bits ?? key.length)) {
      throw invalidArgument('entries', 'keyed by strings of 0 and 1 of one length', key);
    }
    if (!Number.isSafeInteger(count) || count < 0) {
      throw invalidArgument('entries', 'counts: whole numbers of at least 0', count);
    }
    bits = key.length;
    merged.set(key, (merged.get(key) ?? 0) + count);
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
}

function refuse(): never {
  throw new QuantumError(
    'ERR_FROZEN',
    'Counts are the record of a run and cannot change. Copy them with new Map(counts).',
  );
}

/** The same counts with the characters of every key in reverse order. */
export function reverseKeys(counts: Counts): Counts {
  return new Counts([...counts].map(([key, n]) => [Array.from(key).reverse().join(''), n]));
}
