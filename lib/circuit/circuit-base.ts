import { LIMITS } from '../limits.js';
import { checkArray, checkName, checkOptions, invalidArgument } from './arguments.js';
import type { Circuit } from './circuit.js';
import type { Angle } from './expression.js';
import { findGate, gateRow } from './gate-table.js';
import type { GateName } from './gates.gen.js';
import type { Index } from './index-types.js';
import type { Surroundings } from './dynamic-checks.js';
import {
  eachOperation,
  operationAngles,
  operationExpressions,
  type Operation,
} from './operation.js';
import {
  checkedBarrier,
  checkedGate,
  checkedMeasure,
  checkCounts,
  checkOperation,
  checkStateText,
} from './operation-checks.js';
import { OperationList } from './operation-list.js';
import { totalSize, type CircuitShape, type Register } from './registers.js';

/** Options of {@link Circuit.gate}. */
export interface GateOptions {
  /** Control qubits beyond the gate's own; they come first. */
  readonly controls?: readonly number[];
  /** The state of each of these controls that lets the gate act, such as `'01'`; all 1 by default. */
  readonly states?: string;
}

/** The qubits, bits and operations of a circuit, and everything that appends a single operation. */
export abstract class CircuitBase<N extends number, B extends number, P extends string> {
  /** Number of qubits. Qubit 0 is the leftmost symbol of a ket. */
  readonly qubits: N;
  /** Number of classical bits. Bit 0 is the leftmost character of a counts key. */
  readonly bits: B;
  /** Registers of qubits, in the order of their declaration. */
  readonly qubitRegisters: readonly Register[];
  /** Registers of classical bits, in the order of their declaration. */
  readonly bitRegisters: readonly Register[];
  readonly #list = new OperationList();
  readonly #around: Surroundings;
  #name: string | undefined;

  /** @internal Use `circuit()`. */
  constructor(shape: CircuitShape, around?: Surroundings) {
    this.qubitRegisters = shape.qubitRegisters;
    this.bitRegisters = shape.bitRegisters;
    this.qubits = totalSize(shape.qubitRegisters) as N;
    this.bits = totalSize(shape.bitRegisters) as B;
    const { qubits, bits, bitRegisters } = this;
    this.#around = around ?? { qubits, bits, bitRegisters, inLoop: false, nesting: 0 };
  }

  /**
   * All operations in order: plain frozen data. The list is a snapshot that later calls do not change.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).h(0).cx(0, 1).operations.length; // => 2
   * ```
   */
  get operations(): readonly Operation[] {
    return this.#list.snapshot();
  }

  /**
   * Names of the parameters in the order of first appearance, which is the order in which a compiled circuit takes
   * their values.
   *
   * @example
   * ```ts
   * import { circuit, param } from 'qmlx';
   * circuit(1).rx(param('b'), 0).rz(param('a'), 0).parameters; // => ['b', 'a']
   * ```
   */
  get parameters(): readonly P[] {
    const names = new Set<string>();
    for (const operation of eachOperation(this.operations)) {
      for (const angle of operationAngles(operation)) {
        if (typeof angle !== 'number') for (const name of angle.parameters) names.add(name);
      }
      for (const { parameters } of operationExpressions(operation)) {
        for (const name of parameters) names.add(name);
      }
    }
    return [...names] as P[];
  }

  /**
   * Whether the circuit measures any qubit, in a block or outside.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1, 1).h(0).measured; // => false
   * ```
   */
  get measured(): boolean {
    for (const { kind } of eachOperation(this.operations)) if (kind === 'measure') return true;
    return false;
  }

  /** Whether {@link Circuit.freeze} was called. */
  get isFrozen(): boolean {
    return this.#list.isFrozen;
  }

  /** The name given by {@link Circuit.named}, if any. */
  get name(): string | undefined {
    return this.#name;
  }

  /**
   * Gives the circuit a name, which JSON carries and pictures may show.
   *
   * @throws `ERR_INVALID_ARGUMENT` unless it consists of letters, digits and underscores; `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(2).named('bell').name; // => 'bell'
   * ```
   */
  named(name: string): this {
    this.#list.refuseFrozen();
    this.#name = checkName(name, 'name', LIMITS.nameLength);
    return this;
  }

  /**
   * Makes the circuit read-only for good; {@link Circuit.clone} gives one that can grow again.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1).h(0).freeze().isFrozen; // => true
   * ```
   */
  freeze(): this {
    this.#list.freeze();
    return this;
  }

  /**
   * Appends an operation given as data, such as one of {@link Circuit.operations} of another circuit. Every field
   * is checked.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * const copy = circuit(2);
   * for (const operation of circuit(2).h(0).operations) copy.append(operation);
   * copy.size; // => 1
   * ```
   */
  append(operation: Operation): this {
    return this.appendChecked(operation, 'operation');
  }

  /**
   * Appends a gate of the table by name, with any number of extra controls. It is stored under the most usual name
   * for its number of controls: `x` under one control is `cx`.
   *
   * @param name - a name or alias of the gate table
   * @param params - angles in radians
   * @param qubits - the gate's own controls, then its targets
   * @throws as {@link Circuit.append} does.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(3).gate('ry', [0.1], [2], { controls: [0, 1], states: '01' }).size; // => 1
   * ```
   */
  gate<A extends string = never, Q extends number = number>(
    name: GateName,
    params: readonly Angle<A>[],
    qubits: readonly Index<Q, N>[],
    options: GateOptions = {},
  ): Circuit<N, B, P | A> {
    const row = findGate(name, 'name');
    const given = checkOptions(options, 'options', ['controls', 'states']);
    const extra = checkArray(given.controls ?? [], 'options.controls');
    const operands = checkArray(qubits, 'qubits');
    const own = row.controls < 0 ? operands.length - row.targets : row.controls;
    if (own < 0 || operands.length !== own + row.targets) {
      const expected = row.controls < 0 ? `at least ${row.targets}` : own + row.targets;
      throw invalidArgument('qubits', `a list of ${expected} qubits for ${row.name}`, qubits);
    }
    const states =
      given.states === undefined
        ? undefined
        : checkStateText(given.states, 'options.states', extra.length);
    const parts = {
      params: checkArray(params, 'params'),
      controls: [...extra, ...operands.slice(0, own)],
      controlStates: states && [...states, ...Array.from({ length: own }, () => 1 as const)],
      targets: operands.slice(own),
    };
    checkCounts(row, parts, 'name');
    const operation = checkedGate(row, parts, this.around, {
      params: (k) => `params[${k}]`,
      controls: (k) =>
        k < extra.length ? `options.controls[${k}]` : `qubits[${k - extra.length}]`,
      targets: (k) => `qubits[${own + k}]`,
    });
    return this.push(operation) as unknown as Circuit<N, B, P | A>;
  }

  /**
   * Measures a qubit in the computational basis into a classical bit. The state collapses: the qubit goes on in the
   * state that was measured. Any qubit may be measured at any time and often, into any bit; a bit keeps the last
   * outcome written to it.
   *
   * @throws `ERR_INVALID_ARGUMENT`, `ERR_QUBIT_RANGE`, `ERR_BIT_RANGE`, `ERR_LIMIT`, `ERR_FROZEN`.
   *
   * @example
   * ```ts
   * import { circuit } from 'qmlx';
   * circuit(1, 1).h(0).measure(0, 0).measured; // => true
   * ```
   */
  measure<Q extends number, C extends number>(qubit: Index<Q, N>, bit: Index<C, B>): this {
    return this.push(checkedMeasure(qubit, bit, this));
  }

  /** @internal What operations of this circuit must fit. */
  protected get around(): Surroundings {
    return this.#around;
  }

  /** @internal Appends a gate whose arguments come from its builder method. */
  protected namedGate(
    name: GateName,
    params: readonly Angle[],
    controls: readonly number[],
    targets: readonly number[],
  ): this {
    const row = gateRow(name);
    const listed = row.controls < 0;
    const given = listed ? checkArray(controls, 'controls') : controls;
    const operation = checkedGate(row, { params, controls: given, targets }, this.around, {
      params: (k) => row.params[k] as string,
      controls: (k) => (listed ? `controls[${k}]` : (row.controlNames[k] as string)),
      targets: (k) => row.targetNames[k] as string,
    });
    return this.push(operation);
  }

  /** @internal Appends a barrier on a list of qubits. */
  protected namedBarrier(qubits: readonly number[]): this {
    return this.push(checkedBarrier(qubits, this.around, 'qubits'));
  }

  /** @internal Appends what ought to be an operation; `argument` names it in errors. */
  protected appendChecked(operation: unknown, argument: string): this {
    return this.push(checkOperation(operation, this.around, argument));
  }

  /** @internal Appends an operation that is already checked for a circuit of this size. */
  protected push(operation: Operation): this {
    this.#list.push(operation);
    return this;
  }

  /** @internal Appends several operations or, if one is refused, none. */
  protected allOrNone(count: number, work: () => void): this {
    this.#list.refuseFrozen();
    this.#list.reserve(count);
    this.#list.allOrNone(work);
    return this;
  }
}
