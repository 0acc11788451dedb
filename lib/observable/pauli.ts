import { checkInteger, checkNumber, checkOptions, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import { MAXIMUM_QUBITS, multiplyTerms, readTerm } from './term.js';

/** What `pauli.sum` takes: coefficients by Pauli string, or a list of `[coefficient, string]`. */
export type PauliTerms = Readonly<Record<string, number>> | Iterable<readonly [number, string]>;

/** One term of a `PauliSum`. */
export interface PauliTerm {
  /** The real factor in front. */
  readonly coefficient: number;
  /** One of I, X, Y, Z for each qubit, qubit 0 first. */
  readonly paulis: string;
}

/** A Pauli sum as engines read it: bit n−1−q of a mask stands for qubit q. A Y is in both masks. */
export interface EncodedPauliSum {
  readonly qubits: number;
  readonly xMask: BigUint64Array;
  readonly zMask: BigUint64Array;
  readonly coefficients: Float64Array;
}

/** Terms that `PauliSum.squared` accepts; the square has up to half their number squared. */
const MAXIMUM_SQUARED_TERMS = 4096;

/**
 * A Hermitian observable: a real combination of Pauli strings. Build one with `pauli.sum`. It never
 * changes; `add` and `mul` give new sums.
 *
 * @example
 * ```ts
 * import { pauli } from 'qmlx';
 *
 * const energy = pauli.sum({ ZZ: 1, XI: 0.5 }).add(pauli.sum({ IX: 0.5 })).mul(2);
 * String(energy); // => '2 ZZ + 1 XI + 1 IX'
 * ```
 */
export class PauliSum implements Iterable<PauliTerm> {
  /** Number of qubits of every term, 1 to 64. */
  readonly qubits: number;
  readonly #terms: ReadonlyMap<string, number>;

  /** @internal Terms must have one letter a qubit and finite coefficients. */
  constructor(qubits: number, terms: ReadonlyMap<string, number>) {
    this.qubits = qubits;
    this.#terms = terms;
  }

  /** Number of distinct Pauli strings with a coefficient other than 0. */
  get size(): number {
    return this.#terms.size;
  }

  /** The terms, in the order in which their strings first appeared. */
  *[Symbol.iterator](): IterableIterator<PauliTerm> {
    for (const [paulis, coefficient] of this.#terms) yield { coefficient, paulis };
  }

  /**
   * This sum plus another on as many qubits, or plus a number times the identity.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT for anything else.
   *
   * @example
   * ```ts
   * import { pauli } from 'qmlx';
   * String(pauli.sum({ ZZ: 1 }).add(pauli.sum({ XX: 2 })).add(-1)); // => '1 ZZ + 2 XX - 1 II'
   * ```
   */
  add(other: PauliSum | number): PauliSum {
    const added =
      typeof other === 'number' ? new PauliSum(this.qubits, this.#identity(other)) : other;
    if (!(added instanceof PauliSum) || added.qubits !== this.qubits) {
      throw invalidArgument('other', `a number or a Pauli sum on ${this.qubits} qubits`, other);
    }
    return collect(this.qubits, [...this, ...added]);
  }

  /**
   * This sum times a real number.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT if it is not a finite number.
   *
   * @example
   * ```ts
   * import { pauli } from 'qmlx';
   * String(pauli.sum({ ZZ: 1, XX: -2 }).mul(0.5)); // => '0.5 ZZ - 1 XX'
   * ```
   */
  mul(scale: number): PauliSum {
    checkNumber(scale, 'scale');
    const scaled = [...this].map(({ coefficient, paulis }) => ({
      coefficient: coefficient * scale,
      paulis,
    }));
    return collect(this.qubits, scaled);
  }

  /**
   * This sum times itself. Strings that anticommute cancel, so the square is Hermitian too. Cost: the
   * square of the number of terms.
   *
   * @throws QuantumError ERR_LIMIT above 4,096 terms.
   *
   * @example
   * ```ts
   * import { pauli } from 'qmlx';
   * String(pauli.sum({ XX: 1, ZZ: 1 }).squared()); // => '2 II - 2 YY'
   * String(pauli.sum({ X: 3, Z: 4 }).squared()); // => '25 I'
   * ```
   */
  squared(): PauliSum {
    if (this.size > MAXIMUM_SQUARED_TERMS) {
      throw new QuantumError(
        'ERR_LIMIT',
        `The square of ${this.size} Pauli terms is too large. Use at most ${MAXIMUM_SQUARED_TERMS}.`,
        { limit: 'terms', maximum: MAXIMUM_SQUARED_TERMS, received: this.size },
      );
    }
    return collect(this.qubits, squareTerms([...this]));
  }

  /**
   * Masks and coefficients as engines read them.
   *
   * @example
   * ```ts
   * import { pauli } from 'qmlx';
   * pauli.sum({ XY: 0.5 }).encode().zMask[0] === 1n; // => true
   * ```
   */
  encode(): EncodedPauliSum {
    const xMask = new BigUint64Array(this.size);
    const zMask = new BigUint64Array(this.size);
    const coefficients = new Float64Array(this.size);
    let row = 0;
    for (const { coefficient, paulis } of this) {
      xMask[row] = maskOf(paulis, 'XY');
      zMask[row] = maskOf(paulis, 'YZ');
      coefficients[row] = coefficient;
      row++;
    }
    return { qubits: this.qubits, xMask, zMask, coefficients };
  }

  /** The sum as people write it: `'-1.05 II + 0.39 IZ'`; `'0'` if it has no terms. */
  toString(): string {
    let text = '';
    for (const { coefficient, paulis } of this) {
      const sign = coefficient < 0 ? '-' : '+';
      const lead = text === '' ? (sign === '-' ? '-' : '') : ` ${sign} `;
      text += `${lead}${Math.abs(coefficient)} ${paulis}`;
    }
    return text === '' ? '0' : text;
  }

  /** Coefficients by Pauli string, as `pauli.sum` takes them. */
  toJSON(): Record<string, number> {
    return Object.fromEntries(this.#terms);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `PauliSum(${this.qubits} qubits) ${this.toString()}`;
  }

  #identity(coefficient: number): Map<string, number> {
    checkNumber(coefficient, 'other');
    return new Map([['I'.repeat(this.qubits), coefficient]]);
  }
}

/** Ways to write observables. */
export const pauli = Object.freeze({
  /**
   * A sum of Pauli strings with real coefficients. The leftmost letter belongs to qubit 0. With
   * `qubits` given, strings may also name qubits: `'X0 Z3'`, and `''` is the identity. Equal strings
   * are merged; terms that come to 0 are dropped.
   *
   * @param terms - coefficients by string, or a list of `[coefficient, string]`.
   * @param options - `qubits`, 1 to 64: needed for the sparse form, else read from the strings.
   * @throws QuantumError ERR_INVALID_ARGUMENT for a string or a coefficient that is none (complex
   *   numbers included: an observable is Hermitian), ERR_QUBIT_RANGE for a qubit out of range.
   *
   * @example
   * ```ts
   * import { pauli } from 'qmlx';
   *
   * String(pauli.sum({ II: -1.05, IZ: 0.39 })); // => '-1.05 II + 0.39 IZ'
   * String(pauli.sum([[0.5, 'X0 Z3']], { qubits: 4 })); // => '0.5 XIIZ'
   * ```
   */
  sum(terms: PauliTerms, options: { readonly qubits?: number } = {}): PauliSum {
    checkOptions(options, 'options', ['qubits']);
    let { qubits } = options;
    if (qubits !== undefined) checkInteger(qubits, 'qubits', 1, MAXIMUM_QUBITS);
    const read: PauliTerm[] = [];
    for (const [coefficient, text] of entriesOf(terms)) {
      checkCoefficient(coefficient);
      const paulis = readTerm(text, qubits);
      qubits ??= paulis.length;
      read.push({ coefficient, paulis });
    }
    if (qubits === undefined) {
      throw invalidArgument('terms', 'at least one Pauli term, or come with { qubits }', terms);
    }
    return collect(qubits, read);
  },
});

function entriesOf(terms: unknown): Iterable<readonly [unknown, unknown]> {
  if (typeof terms !== 'object' || terms === null) {
    throw invalidArgument('terms', "Pauli terms such as { ZZ: 0.5 } or [[0.5, 'ZZ']]", terms);
  }
  if (Symbol.iterator in terms) return checkPairs(terms as Iterable<unknown>);
  return Object.entries(terms).map(([paulis, coefficient]) => [coefficient, paulis] as const);
}

function* checkPairs(pairs: Iterable<unknown>): Generator<readonly [unknown, unknown]> {
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw invalidArgument('terms', "a list of [coefficient, string], such as [0.5, 'ZZ']", pair);
    }
    yield pair as [unknown, unknown];
  }
}

/** Products of every pair of terms that commute; the others cancel in pairs. */
function* squareTerms(terms: readonly PauliTerm[]): Generator<PauliTerm> {
  for (const [index, left] of terms.entries()) {
    yield { coefficient: left.coefficient ** 2, paulis: 'I'.repeat(left.paulis.length) };
    for (const right of terms.slice(index + 1)) {
      const { letters, power } = multiplyTerms(left.paulis, right.paulis);
      if (power % 2 !== 0) continue;
      const sign = power === 0 ? 2 : -2;
      yield { coefficient: sign * left.coefficient * right.coefficient, paulis: letters };
    }
  }
}

function collect(qubits: number, terms: Iterable<PauliTerm>): PauliSum {
  const merged = new Map<string, number>();
  for (const { coefficient, paulis } of terms) {
    merged.set(paulis, (merged.get(paulis) ?? 0) + coefficient);
  }
  for (const [paulis, coefficient] of merged) {
    checkCoefficient(coefficient);
    if (coefficient === 0) merged.delete(paulis);
  }
  return new PauliSum(qubits, merged);
}

function maskOf(paulis: string, letters: string): bigint {
  let mask = 0n;
  for (const letter of paulis) mask = (mask << 1n) | (letters.includes(letter) ? 1n : 0n);
  return mask;
}

function checkCoefficient(value: unknown): asserts value is number {
  if (typeof value === 'number' && Number.isFinite(value)) return;
  throw invalidArgument('coefficient', 'a finite real number (observables are Hermitian)', value);
}
