import { QuantumError } from '../errors.js';
import {
  checkBit,
  checkInteger,
  checkNumber,
  checkOptions,
  checkQubit,
  invalidArgument,
} from './arguments.js';
import { circuitDepth, countOperations } from './depth.js';
import type { Index, Sum } from './index-types.js';
import { circuitToJSON, readCircuit, readOperation, type CircuitJSON } from './json.js';
import { inverseOperations, powerOperations, unmeasured } from './derived.js';
import type { Surroundings } from './dynamic-checks.js';
import { isUnitaryLike, isUnitaryList, type Operation } from './operation.js';
import { checkStateText, sameOperation } from './operation-checks.js';
import { sameShape, withLeadingQubits, type CircuitShape } from './registers.js';
import { checkPlaces, relocate, underControls } from './relocation.js';
import { RunMethods } from './run-methods.js';

/** Options of {@link Circuit.compose}. */
export interface ComposeOptions<Q extends number = number, C extends number = number> {
  /** Where each qubit of the other circuit goes; by default qubit k to qubit k. */
  readonly qubits?: readonly Q[];
  /** Where each bit of the other circuit goes; by default bit k to bit k. */
  readonly bits?: readonly C[];
}

/** Options of {@link Circuit.controlled}. */
export interface ControlledOptions {
  /** The state of each control that lets the circuit act, such as `'01'`; all 1 by default. */
  readonly state?: string;
}

/**
 * A quantum circuit on `N` qubits and `B` classical bits with the parameters `P`, made by `circuit()`. Methods that
 * append change the circuit and return it; methods that derive one (`inverse`, `power`, …) return a new circuit.
 * Literal indices out of range are compile errors where the sizes are literal, typed errors at run time otherwise.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 * const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();
 * bell.countOps(); // => { h: 1, cx: 1, measure: 2 }
 * ```
 */
export class Circuit<
  N extends number = number,
  B extends number = number,
  P extends string = string,
> extends RunMethods<N, B, P> {
  /**
   * Number of layers when every operation starts as early as its qubits and bits allow. A barrier aligns its qubits
   * and takes no layer.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).h(0).h(1).cx(0, 2).depth; // => 2
   * ```
   */
  get depth(): number {
    return circuitDepth(this.operations, this.qubits, this.bits);
  }

  /**
   * Number of gates and measurements; barriers do not count.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).h(0).barrier().cx(0, 1).size; // => 2
   * ```
   */
  get size(): number {
    return this.operations.filter(({ kind }) => kind !== 'barrier').length;
  }

  /**
   * How often each operation occurs, in the order of first appearance. Extra controls do not change the name of a
   * gate, except that x, z, p and their like have names of their own (cx, ccx, mcx).
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2, 2).hAll().cx(0, 1).measureAll().countOps(); // => { h: 2, cx: 1, measure: 2 }
   * ```
   */
  countOps(): Record<string, number> {
    return countOperations(this.operations);
  }

  /**
   * A copy that can grow, also of a frozen circuit.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).h(0).freeze().clone().x(0).size; // => 2
   * ```
   */
  clone(): Circuit<N, B, P> {
    const copy = this.#empty();
    if (this.name !== undefined) copy.named(this.name);
    for (const operation of this.operations) copy.push(operation);
    return copy;
  }

  /**
   * Appends all operations of another circuit, on qubits and bits of this one. If one is refused, none is appended.
   *
   * @param options - `qubits` and `bits`: the place of each qubit and bit of the other circuit
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const pair = circuit(2).h(0).cx(0, 1);
   * circuit(4).compose(pair).compose(pair, { qubits: [3, 2] }).countOps(); // => { h: 2, cx: 2 }
   * ```
   */
  compose<R extends string, Q extends number, C extends number>(
    other: Circuit<number, number, R>,
    options: ComposeOptions<Index<Q, N>, Index<C, B>> = {},
  ): Circuit<N, B, P | R> {
    if (!(other instanceof Circuit)) throw invalidArgument('other', 'a circuit', other);
    const given = checkOptions(options, 'options', ['qubits', 'bits']);
    const qubits = checkPlaces(given.qubits, 'options.qubits', other.qubits, (value, name) =>
      checkQubit(value, name, this.qubits),
    );
    const bits = checkPlaces(given.bits, 'options.bits', other.bits, (value, name) =>
      checkBit(value, name, this.bits),
    );
    const { operations } = other as Circuit;
    this.allOrNone(operations.length, () => {
      for (const operation of operations) this.append(relocate(operation, qubits, bits));
    });
    return this as unknown as Circuit<N, B, P | R>;
  }

  /**
   * The circuit that undoes this one: inverse gates in reverse order.
   *
   * @throws `ERR_MEASURED` for a circuit that measures.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).s(0).h(0).inverse().equals(circuit(1).h(0).sdg(0)); // => true
   * ```
   */
  inverse(): Circuit<N, B, P> {
    this.#refuseMeasured('inverse');
    const inverted = this.#empty();
    for (const operation of this.operations.toReversed()) {
      if (isUnitaryLike(operation)) inverted.#appendAll(inverseOperations(operation));
      else if (operation.kind !== 'initialize') inverted.push(operation);
      else throw irreversible('inverse');
    }
    return inverted;
  }

  /**
   * The circuit to a power. A whole number repeats the circuit, or its inverse if it is negative; any other finite
   * number works for a circuit of one gate whose row of the gate table has a power rule.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_LIMIT`, `ERR_MEASURED`, and `ERR_UNSUPPORTED` for a fraction where there is
   * no rule.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).rx(0.5, 0).power(0.5).equals(circuit(1).rx(0.25, 0)); // => true
   * ```
   */
  power(exponent: number): Circuit<N, B, P> {
    checkNumber(exponent, 'exponent');
    this.#refuseMeasured('power');
    if (Number.isInteger(exponent)) {
      const times = checkInteger(Math.abs(exponent), 'exponent', 0);
      return (exponent < 0 ? this.inverse() : this).repeat(times);
    }
    const powered = this.#empty();
    const gates = this.operations.filter(({ kind }) => kind !== 'barrier' && kind !== 'snapshot');
    if (gates.length === 0) return powered;
    const [first] = gates as [Operation];
    const single = gates.length === 1 && isUnitaryLike(first) ? first : undefined;
    const rule = single && powerOperations(single, exponent);
    if (rule !== undefined) return powered.#appendAll(rule);
    const what = single
      ? `the ${single.kind === 'gate' ? `gate ${single.gate}` : single.kind}`
      : `${gates.length} operations`;
    throw new QuantumError(
      'ERR_UNSUPPORTED',
      `A power of ${what} is supported for whole exponents only, received ${exponent}.`,
      { feature: 'fractional power' },
    );
  }

  /**
   * The circuit under `count` control qubits, which become qubits 0 to `count - 1`: qubit q of this circuit is qubit
   * q + count of the new one. A global phase becomes a phase on the controls.
   *
   * @param options - `state`: the state of each control that lets the circuit act
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_LIMIT`, `ERR_MEASURED`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).x(0).controlled(2).equals(circuit({ qubits: { control: 2, q: 1 } }).ccx(0, 1, 2)); // => true
   * ```
   */
  controlled<K extends number = 1>(
    count: K = 1 as K,
    options: ControlledOptions = {},
  ): Circuit<Sum<K, N>, B, P> {
    checkInteger(count, 'count', 0);
    this.#refuseMeasured('controlled form');
    const { state } = checkOptions(options, 'options', ['state']);
    const result = new Circuit<Sum<K, N>, B, P>(withLeadingQubits(this, count));
    const states =
      state === undefined
        ? Array.from({ length: count }, () => 1 as const)
        : checkStateText(state, 'options.state', count);
    for (const operation of this.operations) {
      if (operation.kind === 'initialize') throw irreversible('controlled form');
      result.append(underControls(operation, states));
    }
    return result;
  }

  /**
   * The circuit `times` times in a row.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_LIMIT`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).h(0).cx(0, 1).repeat(3).size; // => 6
   * ```
   */
  repeat(times: number): Circuit<N, B, P> {
    checkInteger(times, 'times', 0);
    const repeated = this.#empty();
    const { operations } = this;
    repeated.allOrNone(operations.length * times, () => {
      for (let k = 0; operations.length > 0 && k < times; k++) {
        for (const operation of operations) repeated.push(operation);
      }
    });
    return repeated;
  }

  /**
   * The circuit without its measurements, those in blocks included; it keeps its bits.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1, 1).h(0).measure(0, 0).withoutMeasurements().measured; // => false
   * ```
   */
  withoutMeasurements(): Circuit<N, B, P> {
    const kept = this.#empty();
    for (const operation of unmeasured(this.operations)) kept.push(operation);
    return kept;
  }

  /**
   * Whether another circuit has the same registers and the same operations in the same order. Names of circuits do
   * not matter, nor does being frozen.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).cx(0, 1).equals(circuit(2).mcx([0], 1)); // => true
   * ```
   */
  equals(other: unknown): boolean {
    if (!(other instanceof Circuit)) return false;
    const [left, right] = [this.operations, (other as Circuit).operations];
    return (
      sameShape(this, other as Circuit) &&
      left.length === right.length &&
      left.every((operation, k) => sameOperation(operation, right[k] as Operation))
    );
  }

  /**
   * The circuit as plain data, which `JSON.stringify` takes and {@link Circuit.fromJSON} reads. The format is
   * versioned by its field `qmlx`.
   *
   * @example
   * ```ts
   * import { Circuit, circuit } from 'qmlx';
   * const text = JSON.stringify(circuit(1).h(0));
   * Circuit.fromJSON(JSON.parse(text)).size; // => 1
   * ```
   */
  toJSON(): CircuitJSON {
    return circuitToJSON(this);
  }

  /**
   * Reads what {@link Circuit.toJSON} gave. The data need not be trusted: every field is checked and unknown ones
   * are refused.
   *
   * @throws `ERR_INVALID_ARGUMENT` naming the field, `ERR_QUBIT_RANGE`, `ERR_BIT_RANGE`, `ERR_LIMIT`.
   *
   * @example
   * ```ts
   * import { Circuit } from 'qmlx';
   * const data = { qmlx: 1, qubits: [{ name: 'q', size: 2 }], bits: [], operations: [] };
   * Circuit.fromJSON(data).qubits; // => 2
   * ```
   */
  static fromJSON(json: unknown): Circuit {
    const { name, shape, operations } = readCircuit(json);
    const read = new Circuit(shape);
    if (name !== undefined) read.named(name);
    operations.forEach((operation, k) => {
      const argument = `json.operations[${k}]`;
      read.appendChecked(readOperation(operation, argument), argument);
    });
    return read;
  }

  /** @internal A circuit of operations that are already checked for its shape, frozen and named as stored. */
  static fromChecked(shape: CircuitShape, operations: Iterable<Operation>): Circuit {
    const made = new Circuit(shape);
    for (const operation of operations) made.push(operation);
    return made;
  }

  /** The circuit in a few words, such as `Circuit bell: 2 qubits, 2 bits, 4 operations, depth 3`. */
  override toString(): string {
    const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
    const { parameters } = this;
    const parts = [
      count(this.qubits, 'qubit'),
      count(this.bits, 'bit'),
      count(this.size, 'operation'),
      `depth ${this.depth}`,
      ...(parameters.length === 0 ? [] : [`parameters ${parameters.join(', ')}`]),
    ];
    return `Circuit${this.name === undefined ? '' : ` ${this.name}`}: ${parts.join(', ')}`;
  }

  /** @internal What `util.inspect` and `console.log` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** @internal An empty circuit of the same registers, for a block. */
  protected override emptyBlock(around: Surroundings): Circuit<N, B, P> {
    return new Circuit<N, B, P>(this, around);
  }

  #empty(): Circuit<N, B, P> {
    return new Circuit<N, B, P>(this);
  }

  #appendAll(operations: readonly Operation[]): this {
    for (const operation of operations) this.append(operation);
    return this;
  }

  #refuseMeasured(what: string): void {
    if (isUnitaryList(this.operations)) return;
    throw new QuantumError(
      'ERR_MEASURED',
      this.measured
        ? `A circuit that measures has no ${what}: take withoutMeasurements() first.`
        : `A circuit with resets, conditions or assignments has no ${what}.`,
    );
  }
}

function irreversible(what: string): QuantumError {
  return new QuantumError(
    'ERR_UNSUPPORTED',
    `A circuit that initializes qubits has no ${what}: their state before is lost. Use gates to prepare them.`,
    { feature: `${what} of initialize` },
  );
}
