import { checkInteger, checkOptions, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { PauliSum } from '../observable/pauli.js';
import { BLOCK_SIZE, innerProduct, readReversed } from './amplitudes.js';
import type { Amplitudes, AmplitudeSource, Complex } from './amplitudes.js';
import { checkLimit, checkQubitList, seedBits } from './arguments.js';
import { basisIndex, reverseBits, type BasisState } from './basis.js';
import { Counts, reverseKeys } from './counts.js';
import { DensityMatrix } from './density.js';
import { formatDirac } from './dirac.js';
import { likeliestStates, likeliestValues } from './likeliest.js';
import type { ProbabilityOptions, StateProbability } from './likeliest.js';
import { reduceState } from './reduce.js';

/** Most amplitudes, or probabilities, that fit one typed array here: 2 GiB. */
const MAXIMUM_LENGTH = 2 ** 28;

/** Most qubits of a reduced density matrix: 4,096 elements. */
const MAXIMUM_REDUCED_QUBITS = 6;

/** Most qubits of a state that `console.log` shows in Dirac notation: milliseconds of reading. */
const MAXIMUM_INSPECTED_QUBITS = 20;

/** What a state vector needs to know beyond where to read. */
interface Owner {
  disposed: boolean;
}

/**
 * The final state of a circuit, held by the engine and read on demand. Qubit 0 is the leftmost symbol of
 * a ket and the most significant bit of a basis index; `littleEndian` shows the opposite order. All values
 * belong to the normalised state, and sums are taken in float64. Every method throws a QuantumError
 * ERR_DISPOSED after `dispose`.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 *
 * const state = await circuit(2).h(0).cx(0, 1).state();
 * state.toDirac(); // => '0.707|00> + 0.707|11>'
 * state.probability('11').toFixed(3); // => '0.500'
 * state.dispose();
 * ```
 */
export class StateVector implements Iterable<Complex> {
  /** Number of qubits. */
  readonly qubits: number;
  readonly #source: AmplitudeSource;
  readonly #little: boolean;
  readonly #owner: Owner;
  #data: Amplitudes | undefined;

  /** @internal A view shares the owner's fate. */
  constructor(source: AmplitudeSource, view?: { readonly owner: Owner; readonly little: boolean }) {
    this.qubits = source.qubits;
    this.#source = source;
    this.#little = view?.little ?? false;
    this.#owner = view?.owner ?? { disposed: false };
  }

  /**
   * All amplitudes, interleaved re, im: a Float32Array of 2 · 2^qubits, a Float64Array of a state computed in
   * `complex128`; read once and kept.
   *
   * @throws QuantumError ERR_LIMIT above 2^28 amplitudes; read those with `slice`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * (await circuit(1).x(0).state()).data; // => Float32Array(4) [0, 0, 1, 0]
   * ```
   */
  get data(): Amplitudes {
    const source = this.#open();
    const size = 2 ** this.qubits;
    checkLimit(
      'amplitudes',
      size,
      MAXIMUM_LENGTH,
      'Read parts of the state with slice(first, count).',
    );
    this.#data ??= this.#little ? readReversed(source, 0, size) : source.read(0, size);
    return this.#data;
  }

  /**
   * Some consecutive amplitudes, interleaved re, im, in an array of the kind of `data`.
   *
   * @param first - basis index of the first one.
   * @param count - how many, up to 2^28.
   * @throws QuantumError ERR_INVALID_ARGUMENT if the range leaves the state, ERR_LIMIT if it is too long.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * (await circuit(9).x(8).state()).slice(1, 2); // => Float32Array(4) [1, 0, 0, 0]
   * ```
   */
  slice(first: number | bigint, count: number): Amplitudes {
    const source = this.#open();
    const size = 2 ** this.qubits;
    const start = basisIndex(first, this.qubits);
    checkInteger(count, 'count', 0, size - start);
    checkLimit('amplitudes', count, MAXIMUM_LENGTH, 'Read fewer at a time.');
    return this.#little ? readReversed(source, start, count) : source.read(start, count);
  }

  /**
   * The amplitude of one basis state.
   *
   * @param basis - ket symbols such as `'010'`, or a basis index.
   * @throws QuantumError ERR_INVALID_ARGUMENT if there is no such basis state.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * (await circuit(2).x(1).s(1).state()).amplitude('01').im; // => 1.0000
   * ```
   */
  amplitude(basis: BasisState): Complex {
    const source = this.#open();
    const index = basisIndex(basis, this.qubits);
    const [re, im] = source.read(this.#little ? reverseBits(index, this.qubits) : index, 1);
    return { re: re!, im: im! };
  }

  /**
   * The probability of one basis state, 0 to 1.
   *
   * @param basis - ket symbols such as `'010'`, or a basis index.
   * @throws QuantumError ERR_INVALID_ARGUMENT if there is no such basis state.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * (await circuit(3).x(1).state()).probability(2); // => 1
   * ```
   */
  probability(basis: BasisState): number {
    const { re, im } = this.amplitude(basis);
    return re * re + im * im;
  }

  /**
   * The probabilities of all values of some qubits: a Float64Array of 2^k values, the first listed qubit
   * the most significant bit of the index. With `top`, a list of the likeliest states instead.
   *
   * @throws QuantumError ERR_QUBIT_RANGE, ERR_INVALID_ARGUMENT, or ERR_LIMIT above 28 qubits (not with
   *   `top` over all qubits).
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(3).x(1).state();
   * state.probabilities({ qubits: [1] }); // => Float64Array(2) [0, 1]
   * state.probabilities({ top: 1 }); // => [{ state: '010', probability: 1 }]
   * ```
   */
  probabilities(options?: ProbabilityOptions & { readonly top?: undefined }): Float64Array;
  probabilities(options: ProbabilityOptions & { readonly top: number }): StateProbability[];
  probabilities(options?: ProbabilityOptions): Float64Array | StateProbability[];
  probabilities(options: ProbabilityOptions = {}): Float64Array | StateProbability[] {
    const source = this.#open();
    const { top } = options;
    checkOptions(options, 'options', ['qubits', 'top']);
    if (top !== undefined) checkInteger(top, 'top', 1, MAXIMUM_LENGTH);
    if (options.qubits === undefined && top !== undefined) {
      return likeliestStates(source, top, this.#little);
    }
    const all = Array.from({ length: this.qubits }, (_, qubit) => qubit);
    const listed = checkQubitList(options.qubits ?? all, this.qubits);
    checkLimit(
      'probabilities',
      2 ** listed.length,
      MAXIMUM_LENGTH,
      'List fewer qubits or use top.',
    );
    const values = source.probabilities(this.#ordered(listed));
    return top === undefined ? values : likeliestValues(values, top);
  }

  /** The 2-norm the state came out with before it was normalised: 1 up to rounding, a measure of error. */
  get norm(): number {
    return this.#open().norm();
  }

  /**
   * The state in Dirac notation. Amplitudes that round to 0 are left out; if all of them do, digits count
   * from the largest one.
   *
   * @param options - `precision`: decimals, 1 to 15, 3 if absent. `terms`: how many of the heaviest terms
   *   to write, 16 if absent; the rest is counted.
   * @throws QuantumError ERR_INVALID_ARGUMENT for other options.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(3).hAll().state();
   * state.toDirac({ precision: 2, terms: 2 }); // => '0.35|000> + 0.35|001> + … (6 more terms)'
   * ```
   */
  toDirac(options: { readonly precision?: number; readonly terms?: number } = {}): string {
    checkOptions(options, 'options', ['precision', 'terms']);
    const precision = checkInteger(options.precision ?? 3, 'precision', 1, 15);
    const terms = checkInteger(options.terms ?? 16, 'terms', 1, 2 ** 20);
    return formatDirac(this.#open(), { precision, terms, little: this.#little });
  }

  /**
   * The density matrix of some qubits, the others traced out. Cost: one walk over the state times 2^k.
   *
   * @param qubits - 1 to 6 qubits, each once; the first listed is the most significant.
   * @throws QuantumError ERR_QUBIT_RANGE, ERR_INVALID_ARGUMENT, or ERR_LIMIT above 6 qubits.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const bell = await circuit(2).bellPair().state();
   * bell.reduced([0]).element(1, 1).re; // => 0.5
   * ```
   */
  reduced(qubits: readonly number[]): DensityMatrix {
    const source = this.#open();
    const listed = checkQubitList(qubits, this.qubits);
    if (listed.length === 0)
      throw invalidArgument('qubits', 'a list of at least one qubit', qubits);
    checkLimit('qubits', listed.length, MAXIMUM_REDUCED_QUBITS, 'List fewer qubits.');
    const bits = this.#ordered(listed).map((qubit) => this.qubits - 1 - qubit);
    return new DensityMatrix(listed, reduceState(source, bits));
  }

  /**
   * The inner product ⟨this|other⟩.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT unless `other` is a state of as many qubits in the same order.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const [zero, plus] = [await circuit(1).state(), await circuit(1).h(0).state()];
   * zero.inner(plus).re; // => 0.7071
   * ```
   */
  inner(other: StateVector): Complex {
    const source = this.#open();
    if (!(other instanceof StateVector) || other.qubits !== this.qubits) {
      throw invalidArgument('other', `a state vector of ${this.qubits} qubits`, other);
    }
    if (other.#little !== this.#little) {
      throw invalidArgument('other', 'a state vector in the same bit order', other);
    }
    return innerProduct(source, other.#open());
  }

  /**
   * How alike two states are: |⟨this|other⟩|², 0 to 1.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT unless `other` is a state of as many qubits in the same order.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const [zero, plus] = [await circuit(1).state(), await circuit(1).h(0).state()];
   * zero.fidelity(plus); // => 0.5000
   * ```
   */
  fidelity(other: StateVector): number {
    const { re, im } = this.inner(other);
    return re * re + im * im;
  }

  /**
   * This state with the bits of every basis index and the symbols of every ket in reverse order: qubit 0
   * rightmost and least significant. Qubits keep their numbers, and nothing is copied; where qubits are
   * listed, the first one is the least significant. A view of the view is the usual order again.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(3).x(0).state();
   * state.littleEndian().toDirac(); // => '|001>'
   * ```
   */
  littleEndian(): StateVector {
    return new StateVector(this.#open(), { owner: this.#owner, little: !this.#little });
  }

  /**
   * Measures every qubit of copies of the state; the state stays as it is.
   *
   * @param shots - 0 to 2^31.
   * @param options - `seed`: the same one gives the same counts. Absent: a fresh one.
   * @throws QuantumError ERR_INVALID_ARGUMENT for another number of shots or seed.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(2).x(0).state();
   * state.sample(100, { seed: 1 }).toObject(); // => { '10': 100 }
   * ```
   */
  sample(shots: number, options: { readonly seed?: number | bigint } = {}): Counts {
    const source = this.#open();
    checkOptions(options, 'options', ['seed']);
    checkInteger(shots, 'shots', 0, LIMITS.shots);
    const counts = Counts.fromPacked(source.sample(shots, seedBits(options.seed)));
    return this.#little ? reverseKeys(counts) : counts;
  }

  /**
   * The mean of an observable, ⟨H⟩.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT unless it is a Pauli sum on as many qubits.
   *
   * @example
   * ```ts
   * import { circuit, pauli } from 'qmlx';
   * (await circuit(2).x(1).state()).expectation(pauli.sum({ ZI: 1, IZ: 2 })); // => -1
   * ```
   */
  expectation(observable: PauliSum): number {
    return this.#open().expectation(this.#checkObservable(observable).encode());
  }

  /**
   * The variance of an observable, ⟨(H − ⟨H⟩)²⟩. Cost: an expectation of the square of H.
   *
   * @throws QuantumError ERR_INVALID_ARGUMENT unless it is a Pauli sum on as many qubits, ERR_LIMIT above
   *   4,096 terms.
   *
   * @example
   * ```ts
   * import { circuit, pauli } from 'qmlx';
   * (await circuit(1).h(0).state()).variance(pauli.sum({ Z: 2 })); // => 4.0000
   * ```
   */
  variance(observable: PauliSum): number {
    // Taking the mean off first keeps digits that ⟨H²⟩ − ⟨H⟩² would cancel.
    const centred = observable.add(-this.expectation(observable));
    return Math.max(0, this.#open().expectation(centred.squared().encode()));
  }

  /** All amplitudes in the order of their basis indices. */
  *[Symbol.iterator](): IterableIterator<Complex> {
    const size = 2 ** this.qubits;
    for (let first = 0; first < size; first += BLOCK_SIZE) {
      const block = this.slice(first, Math.min(BLOCK_SIZE, size - first));
      for (let k = 0; k < block.length; k += 2)
        yield { re: block[k] as number, im: block[k + 1] as number };
    }
  }

  /** Frees the memory of the state, at once and for its views too. Harmless the second time. */
  dispose(): void {
    if (this.#owner.disposed) return;
    this.#owner.disposed = true;
    this.#data = undefined;
    this.#source.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** The state in Dirac notation, as `toDirac` writes it. */
  toString(): string {
    return this.toDirac();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const title = `StateVector(${this.qubits} qubits${this.#little ? ', little endian' : ''})`;
    if (this.#owner.disposed) return `${title} (disposed)`;
    // Printing must not walk over a large state; String(state) does when asked to.
    return this.qubits > MAXIMUM_INSPECTED_QUBITS ? title : `${title} ${this.toDirac()}`;
  }

  /** The source, unless the state was disposed. */
  #open(): AmplitudeSource {
    if (!this.#owner.disposed) return this.#source;
    throw new QuantumError(
      'ERR_DISPOSED',
      'This state vector was disposed. Read what you need before dispose(), or run the circuit again.',
    );
  }

  /** Qubits in the order that makes the first one listed as significant as this view says. */
  #ordered(listed: readonly number[]): readonly number[] {
    return this.#little ? [...listed].reverse() : listed;
  }

  #checkObservable(observable: PauliSum): PauliSum {
    if (observable instanceof PauliSum && observable.qubits === this.qubits) return observable;
    throw invalidArgument('observable', `a Pauli sum on ${this.qubits} qubits`, observable);
  }
}
