import { checkChoice, checkOptions, checkQubit, invalidArgument } from './arguments.js';
import { GateMethods } from './gate-methods.gen.js';
import type { GateName } from './gates.gen.js';
import type { Index } from './index-types.js';
import { checkedMeasure } from './operation-checks.js';
import { listQubits, type Qubits } from './qubit-list.js';

/** The four Bell states: phi± = (|00> ± |11>)/√2, psi± = (|01> ± |10>)/√2. */
export type BellState = 'phi+' | 'phi-' | 'psi+' | 'psi-';

const BELL_STATES: readonly BellState[] = ['phi+', 'phi-', 'psi+', 'psi-'];

/** Options of {@link Circuit.qft} and {@link Circuit.inverseQft}. */
export interface QftOptions {
  /** Whether to reverse the order of the qubits with swaps, as the definition wants it; true by default. */
  readonly swaps?: boolean;
}

type Step = readonly [gate: GateName, params: readonly number[], ...qubits: number[]];

function qftSteps(qubits: readonly number[], swaps: boolean): Step[] {
  const steps: Step[] = [];
  const count = qubits.length;
  const at = (k: number): number => qubits[k] as number;
  for (let j = 0; j < count; j++) {
    steps.push(['h', [], at(j)]);
    for (let k = j + 1; k < count; k++) steps.push(['cp', [Math.PI / 2 ** (k - j)], at(k), at(j)]);
  }
  for (let j = 0; swaps && j < Math.floor(count / 2); j++) {
    steps.push(['swap', [], at(j), at(count - 1 - j)]);
  }
  return steps;
}

function checkSwaps(options: QftOptions): boolean {
  const { swaps = true } = checkOptions(options, 'options', ['swaps']);
  if (typeof swaps === 'boolean') return swaps;
  throw invalidArgument('options.swaps', 'true or false', swaps);
}

/**
 * Patterns: several operations by one call. If one of them is refused, none is appended. Lists default to all
 * qubits; errors are those of the gates and measurements they stand for.
 */
export abstract class PatternMethods<
  N extends number,
  B extends number,
  P extends string,
> extends GateMethods<N, B, P> {
  /**
   * A Hadamard gate on each listed qubit.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(5).hAll([0, 2, 4]).countOps(); // => { h: 3 }
   * ```
   */
  hAll<Q extends number>(qubits?: Qubits<Q, N>): this {
    return this.#each('h', qubits);
  }

  /**
   * A Pauli X on each listed qubit.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(5).xAll({ first: 1, last: 3 }).countOps(); // => { x: 3 }
   * ```
   */
  xAll<Q extends number>(qubits?: Qubits<Q, N>): this {
    return this.#each('x', qubits);
  }

  /**
   * A Pauli Y on each listed qubit.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).yAll().countOps(); // => { y: 2 }
   * ```
   */
  yAll<Q extends number>(qubits?: Qubits<Q, N>): this {
    return this.#each('y', qubits);
  }

  /**
   * A Pauli Z on each listed qubit.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).zAll().countOps(); // => { z: 2 }
   * ```
   */
  zAll<Q extends number>(qubits?: Qubits<Q, N>): this {
    return this.#each('z', qubits);
  }

  /**
   * A barrier across the listed qubits; without a list, across all.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).h(0).barrier().h(1).depth; // => 2
   * ```
   */
  barrier<Q extends number>(qubits?: Qubits<Q, N>): this {
    return this.namedBarrier(listQubits(qubits, this.qubits));
  }

  /**
   * Measures each listed qubit into the bit of the same index.
   *
   * @throws `ERR_BIT_RANGE` where the circuit has no such bit.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3, 3).measureAll([0, 2]).countOps(); // => { measure: 2 }
   * ```
   */
  measureAll<Q extends number>(qubits?: Qubits<Q, N>): this {
    const listed = listQubits(qubits, this.qubits);
    return this.allOrNone(listed.length, () => {
      for (const qubit of listed) this.push(checkedMeasure(qubit, qubit, this));
    });
  }

  /**
   * Measures X: a Hadamard gate, then a measurement; 0 stands for the eigenvalue +1.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1, 1).measureX(0, 0).countOps(); // => { h: 1, measure: 1 }
   * ```
   */
  measureX<Q extends number, C extends number>(qubit: Index<Q, N>, bit: Index<C, B>): this {
    return this.#measureAfter(['h'], qubit, bit);
  }

  /**
   * Measures Y: S†, a Hadamard gate, then a measurement; 0 stands for the eigenvalue +1.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1, 1).measureY(0, 0).countOps(); // => { sdg: 1, h: 1, measure: 1 }
   * ```
   */
  measureY<Q extends number, C extends number>(qubit: Index<Q, N>, bit: Index<C, B>): this {
    return this.#measureAfter(['sdg', 'h'], qubit, bit);
  }

  /**
   * Measures Z, which is what {@link Circuit.measure} does; 0 stands for the eigenvalue +1.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1, 1).measureZ(0, 0).countOps(); // => { measure: 1 }
   * ```
   */
  measureZ<Q extends number, C extends number>(qubit: Index<Q, N>, bit: Index<C, B>): this {
    return this.#measureAfter([], qubit, bit);
  }

  /**
   * A controlled X from each listed qubit to the next one.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(4).cxChain().countOps(); // => { cx: 3 }
   * ```
   */
  cxChain<Q extends number>(qubits?: Qubits<Q, N>): this {
    return this.#steps(chainSteps(listQubits(qubits, this.qubits)));
  }

  /**
   * Takes |00> of two qubits to a Bell state.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).bellPair('psi-').countOps(); // => { x: 2, h: 1, cx: 1 }
   * ```
   */
  bellPair<Q0 extends number, Q1 extends number>(
    kind: BellState = 'phi+',
    qubit1: Index<Q0, N> = 0 as Index<Q0, N>,
    qubit2: Index<Q1, N> = 1 as Index<Q1, N>,
  ): this {
    checkChoice(kind, 'kind', BELL_STATES);
    const first = checkQubit(qubit1, 'qubit1', this.qubits);
    const second = checkQubit(qubit2, 'qubit2', this.qubits);
    const steps: Step[] = [];
    if (kind.endsWith('-')) steps.push(['x', [], first]);
    if (kind.startsWith('psi')) steps.push(['x', [], second]);
    return this.#steps([...steps, ['h', [], first], ['cx', [], first, second]]);
  }

  /**
   * Takes |0…0> of the listed qubits to the GHZ state (|0…0> + |1…1>)/√2.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).ghz().countOps(); // => { h: 1, cx: 2 }
   * ```
   */
  ghz<Q extends number>(qubits?: Qubits<Q, N>): this {
    const listed = this.#atLeastOne(qubits);
    return this.#steps([['h', [], listed[0] as number], ...chainSteps(listed)]);
  }

  /**
   * Takes |0…0> of the listed qubits to the W state: the even superposition, all amplitudes 1/√n, of the states
   * with a single 1.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).wState().countOps(); // => { x: 1, cry: 2, cx: 2 }
   * ```
   */
  wState<Q extends number>(qubits?: Qubits<Q, N>): this {
    const listed = this.#atLeastOne(qubits);
    const steps: Step[] = [['x', [], listed[0] as number]];
    for (let k = 0; k + 1 < listed.length; k++) {
      const [from, to] = [listed[k] as number, listed[k + 1] as number];
      const stay = 1 / Math.sqrt(listed.length - k);
      steps.push(['cry', [2 * Math.acos(stay)], from, to], ['cx', [], to, from]);
    }
    return this.#steps(steps);
  }

  /**
   * The quantum Fourier transform of the listed qubits, the first one being the most significant: |x> becomes
   * 2^(-n/2) Σ exp(2πi xy/2^n) |y>. Source: Nielsen and Chuang, section 5.1.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).qft().countOps(); // => { h: 3, cp: 3, swap: 1 }
   * ```
   */
  qft<Q extends number>(qubits?: Qubits<Q, N>, options: QftOptions = {}): this {
    return this.#steps(qftSteps(listQubits(qubits, this.qubits), checkSwaps(options)));
  }

  /**
   * The inverse of {@link Circuit.qft} with the same arguments.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).inverseQft(undefined, { swaps: false }).countOps(); // => { h: 3, cp: 3 }
   * ```
   */
  inverseQft<Q extends number>(qubits?: Qubits<Q, N>, options: QftOptions = {}): this {
    const steps = qftSteps(listQubits(qubits, this.qubits), checkSwaps(options));
    return this.#steps(
      steps.reverse().map(([gate, params, ...operands]) => {
        return [gate, params.map((angle) => -angle), ...operands] as Step;
      }),
    );
  }

  #steps(steps: readonly Step[]): this {
    return this.allOrNone(steps.length, () => {
      for (const [gate, params, ...operands] of steps) this.gate(gate, params, operands);
    });
  }

  #each(gate: GateName, qubits: Qubits | undefined): this {
    return this.#steps(listQubits(qubits, this.qubits).map((qubit): Step => [gate, [], qubit]));
  }

  #measureAfter(gates: readonly GateName[], qubit: number, bit: number): this {
    const measurement = checkedMeasure(qubit, bit, this);
    return this.allOrNone(gates.length + 1, () => {
      for (const gate of gates) this.gate(gate, [], [qubit]);
      this.push(measurement);
    });
  }

  #atLeastOne(qubits: Qubits | undefined): readonly number[] {
    const listed = listQubits(qubits, this.qubits);
    if (listed.length > 0) return listed;
    throw invalidArgument('qubits', 'a list of at least one qubit', qubits);
  }
}

function chainSteps(qubits: readonly number[]): Step[] {
  return qubits.slice(1).map((target, k): Step => ['cx', [], qubits[k] as number, target]);
}
