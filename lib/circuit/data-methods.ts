import type { Complex } from '../results/amplitudes.js';
import type { PauliSum } from '../observable/pauli.js';
import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { checkInteger, checkNumber, checkOptions, invalidArgument } from './arguments.js';
import type { Circuit } from './circuit.js';
import { checkPauli, type ComplexInput } from './data-checks.js';
import { checkData, checkInitialize } from './dynamic-checks.js';
import { checkAngle, type Angle } from './expression.js';
import { ANGLES } from './gate-calls.js';
import type { Index } from './index-types.js';
import { PatternMethods } from './pattern-methods.js';

/** Options of {@link Circuit.pauliEvolution}. */
export interface EvolutionOptions {
  /** Order of the product formula: 1, or an even number up to 8. 1 if absent. */
  readonly order?: number;
  /** Number of equal steps, 1 if absent. */
  readonly steps?: number;
}

/** A matrix: rows of numbers, or one list, row after row, interleaved re, im. */
export type MatrixInput =
  readonly (readonly ComplexInput[])[] | readonly number[] | Float32Array | Float64Array;

/** Methods that append operations with data of their own. */
export abstract class DataMethods<
  N extends number,
  B extends number,
  P extends string,
> extends PatternMethods<N, B, P> {
  /** @internal */
  protected applyMatrix(matrix: unknown, targets: readonly number[]): this {
    return this.push(checkData({ kind: 'unitary', matrix, targets }, this.around, ''));
  }

  /**
   * Multiplies each basis state of some qubits by e^{iφ}. It becomes phases by parities of the qubits.
   *
   * @param phases - φ in radians for each value of the qubits
   * @param qubits - 1 to 12 qubits, the first most significant
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(1).h(0).diagonal([0, Math.PI], 0).h(0).state();
   * state.toDirac(); // => '|1>'
   * ```
   */
  diagonal<Q extends number>(
    phases: readonly number[] | Float32Array | Float64Array,
    ...qubits: Index<Q, N>[]
  ): this {
    return this.push(checkData({ kind: 'diagonal', phases, targets: qubits }, this.around, ''));
  }

  /**
   * Permutes the basis states of some qubits: |x> becomes |table[x]>. It becomes X under controls (Miller, Maslov
   * and Dueck, DAC 2003).
   *
   * @param table - each number below 2^k once, for k qubits
   * @param qubits - 1 to 8 qubits, the first most significant
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(2).x(1).permutation([0, 2, 3, 1], 0, 1).state();
   * state.toDirac(); // => '|10>'
   * ```
   */
  permutation<Q extends number>(table: readonly number[], ...qubits: Index<Q, N>[]): this {
    return this.push(checkData({ kind: 'permutation', table, targets: qubits }, this.around, ''));
  }

  /**
   * exp(−iθ/2 P) for a Pauli string P: one operation, whatever its length.
   *
   * @param pauli - letters I, X, Y and Z, one a qubit
   * @param theta - radians
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).pauliRotation('ZZ', 0.3, 0, 1).countOps(); // => { pauliRotation: 1 }
   * ```
   */
  pauliRotation<A extends string = never, Q extends number = number>(
    pauli: string,
    theta: Angle<A>,
    ...qubits: Index<Q, N>[]
  ): Circuit<N, B, P | A> {
    const letters = checkPauli(pauli, qubits.length, 'pauli');
    const kept = qubits.filter((_, k) => letters[k] !== 'I');
    if (kept.length === 0) {
      const half = ANGLES.mul(checkAngle(theta, 'theta'), -0.5);
      return this.namedGate('gphase', [half], [], []) as unknown as Circuit<N, B, P | A>;
    }
    const operation = {
      kind: 'pauliRotation',
      pauli: letters.replaceAll('I', ''),
      params: [theta],
      targets: kept,
    };
    return this.push(checkData(operation, this.around, '')) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * An approximation of exp(−i t H) for a Pauli sum H by a product formula: order 1 (Lie and Trotter), 2 (Strang) or
   * a higher even one (Suzuki, J. Math. Phys. 32, 400). The error of a step falls with the power order + 1 of t/steps.
   *
   * @param sum - the Hamiltonian, on as many qubits as the circuit
   * @param t - time, in units of 1 over the energy's
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_LIMIT`.
   *
   * @example
   * ```ts
   * import { circuit, pauli } from 'qmlx';
   * const sum = pauli.sum({ ZZ: 1, XI: 0.5, IX: 0.5 });
   * circuit(2).pauliEvolution(sum, 0.1, { order: 2, steps: 4 }).size; // => 20
   * ```
   */
  pauliEvolution<A extends string = never>(
    sum: PauliSum,
    t: Angle<A>,
    options: EvolutionOptions = {},
  ): Circuit<N, B, P | A> {
    const given = checkOptions(options, 'options', ['order', 'steps']);
    const order = checkInteger(given.order ?? 1, 'options.order', 1, 8);
    const steps = checkInteger(given.steps ?? 1, 'options.steps', 1);
    if (order > 1 && order % 2 === 1)
      throw invalidArgument('options.order', '1 or an even number', order);
    const candidate: unknown = sum;
    if (typeof candidate !== 'object' || candidate === null || sum.qubits !== this.qubits) {
      throw invalidArgument('sum', `a Pauli sum on ${this.qubits} qubits`, sum);
    }
    const terms = [...sum].map(({ paulis, coefficient }) => {
      return { paulis, coefficient: checkNumber(coefficient, 'sum') };
    });
    const time = checkAngle(t, 't');
    const factors = productFormula(terms.length, order);
    this.allOrNone(factors.length * steps, () => {
      for (let step = 0; step < steps; step++) {
        for (const { term, share } of factors)
          this.#factor(terms[term] as Term, time, share / steps);
      }
    });
    return this as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Puts qubits into a state, whatever they were in: qubits used before are reset first. Amplitudes become rotations
   * (Möttönen et al., quant-ph/0407010).
   *
   * @param state - a symbol a qubit: 0, 1, + and - (X), r and l (Y, |0> + i|1> and |0> − i|1>); or 2^k amplitudes as
   * numbers, [re, im] or { re, im }, or interleaved in a Float32Array or Float64Array, of norm 1 to 1e-6
   * @param qubits - which ones, the first most significant, up to 14 for amplitudes; all of them if absent
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const state = await circuit(2).initialize([0.6, 0, 0, [0, 0.8]]).state();
   * state.toDirac(); // => '0.6|00> + 0.8i|11>'
   * ```
   */
  initialize<Q extends number>(
    state: string | readonly ComplexInput[] | Float32Array | Float64Array,
    ...qubits: Index<Q, N>[]
  ): this {
    const targets: readonly number[] =
      qubits.length > 0 ? qubits : Array.from({ length: this.qubits }, (_, k) => k);
    const symbols = typeof state === 'string' ? { symbols: state } : {};
    const amplitudes = typeof state === 'string' ? {} : { amplitudes: pairs(state) };
    const operation = { kind: 'initialize', ...symbols, ...amplitudes, targets };
    return this.push(checkInitialize(operation, this.around, ''));
  }

  #factor({ paulis, coefficient }: Term, time: Angle, share: number): void {
    const theta = ANGLES.mul(time, 2 * coefficient * share);
    const all = Array.from({ length: this.qubits }, (_, qubit) => qubit);
    this.pauliRotation(paulis, theta, ...all);
  }
}

interface Term {
  readonly paulis: string;
  readonly coefficient: number;
}

/** A list of numbers is real amplitudes; `checkInitialize` takes interleaved ones. */
function pairs(state: readonly ComplexInput[] | Float32Array | Float64Array): unknown {
  if (state instanceof Float32Array || state instanceof Float64Array || !Array.isArray(state))
    return state;
  return state.length <= 2 ** LIMITS.initializeQubits
    ? Float64Array.from(state.flatMap(parts))
    : state;
}

function parts(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value, 0];
  if (Array.isArray(value)) return value.length === 2 ? (value as readonly number[]) : [NaN];
  if (typeof value !== 'object' || value === null) return [NaN];
  const { re, im } = value as Complex;
  return [re, im];
}

/** The factors of one step: which term, and for what share of the time. */
function productFormula(
  terms: number,
  order: number,
): { readonly term: number; readonly share: number }[] {
  if (order === 1) return Array.from({ length: terms }, (_, term) => ({ term, share: 1 }));
  if (order > 2) {
    const part = 1 / (4 - 4 ** (1 / (order - 1)));
    const inner = productFormula(terms, order - 2);
    const scaled = (by: number) => inner.map(({ term, share }) => ({ term, share: share * by }));
    const side = [...scaled(part), ...scaled(part)];
    const all = [...side, ...scaled(1 - 4 * part), ...side];
    if (all.length > LIMITS.operations) {
      throw new QuantumError(
        'ERR_LIMIT',
        `Expected at most ${LIMITS.operations} operations in a circuit.`,
        {
          limit: 'operations',
          maximum: LIMITS.operations,
          received: all.length,
        },
      );
    }
    return all;
  }
  const half = Array.from({ length: Math.max(terms - 1, 0) }, (_, term) => ({ term, share: 0.5 }));
  const middle = terms > 0 ? [{ term: terms - 1, share: 1 }] : [];
  return [...half, ...middle, ...half.toReversed()];
}
