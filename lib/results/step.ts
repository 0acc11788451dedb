import type { Operation } from '../circuit/operation.js';
import type { StateVector } from './state.js';

/** What a step is. */
export type StepKind = 'gate' | 'measurement' | 'conditional' | 'reset' | 'other';

/** What a step did, with a way to its state. */
export interface StepParts {
  readonly kind: StepKind;
  readonly operation: Operation;
  readonly index: number;
  readonly bits: readonly (0 | 1)[];
  readonly outcome?: 0 | 1;
  readonly probability?: number;
  readonly condition?: StepCondition;
  readonly readState: () => StateVector;
}

/** A condition that a step looked at. */
export interface StepCondition {
  /** The condition in words. */
  readonly text: string;
  /** Whether it held, so that its block follows. */
  readonly taken: boolean;
}

/** Terms of a state in the line of a step. */
const TERMS = 4;

/** Most qubits of a state that a line shows: milliseconds of reading. */
const MOST_SHOWN_QUBITS = 20;

/**
 * One step of a trajectory: a gate, a measurement, a reset, or a look at a condition. Its state is read when it is
 * first asked for, also after later steps.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 * const [first] = circuit(1, 1).x(0).measure(0, 0).steps({ seed: 7 });
 * String(first); // => 'Step 0: x q0  =>  |1>   bits 0'
 * ```
 */
export class Step {
  readonly kind: StepKind;
  /** The operation of the circuit, as `circuit.operations` holds it. */
  readonly operation: Operation;
  /** Number of the step, from 0. */
  readonly index: number;
  /** The classical bits after the step. */
  readonly bits: readonly (0 | 1)[];
  /** What a measurement gave; also of resets and postselections. */
  readonly outcome: 0 | 1 | undefined;
  /** Probability of that outcome. */
  readonly probability: number | undefined;
  /** Of a conditional step. */
  readonly condition: StepCondition | undefined;
  readonly #readState: () => StateVector;
  #state: StateVector | undefined;

  /** @internal Steps come from `circuit.steps()`. */
  constructor(parts: StepParts) {
    this.kind = parts.kind;
    this.operation = parts.operation;
    this.index = parts.index;
    this.bits = Object.freeze([...parts.bits]);
    this.outcome = parts.outcome;
    this.probability = parts.probability;
    this.condition = parts.condition && Object.freeze({ ...parts.condition });
    this.#readState = parts.readState;
  }

  /** The state after the step. */
  get state(): StateVector {
    this.#state ??= this.#readState();
    return this.#state;
  }

  /** Probabilities of all basis states after the step. */
  get probabilities(): Float64Array {
    return this.state.probabilities();
  }

  /** One line: what was done, the state, the bits. */
  toString(): string {
    const { state, bits } = this;
    const ket =
      state.qubits > MOST_SHOWN_QUBITS
        ? `(${state.qubits} qubits)`
        : state.toDirac({ terms: TERMS });
    const classical = bits.length === 0 ? '' : `   bits ${bits.join(' ')}`;
    return `Step ${this.index}: ${this.#words()}  =>  ${ket}${classical}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  #words(): string {
    if (this.condition !== undefined) {
      const { text, taken } = this.condition;
      return `${this.operation.kind} ${text} (${taken ? 'taken' : 'not taken'})`;
    }
    return operationText(this.operation);
  }
}

const wires = (qubits: readonly number[]): string => qubits.map((qubit) => `q${qubit}`).join(', ');

/** An operation in a few words, such as `cx q0, q1`. */
function operationText(operation: Operation): string {
  switch (operation.kind) {
    case 'measure':
      return `measure q${operation.qubit} -> c${operation.bit}`;
    case 'reset':
      return `reset q${operation.qubit}`;
    case 'postselect':
      return `postselect q${operation.qubit} = ${operation.outcome}`;
    case 'expectBit':
      return `expect c${operation.bit} = ${operation.value}`;
    case 'snapshot':
      return `snapshot ${operation.name}`;
    case 'assign':
      return `${String(operation.target)} = ${String(operation.value)}`;
    case 'initialize':
      return `initialize ${wires(operation.targets)}`;
    case 'gate': {
      const params =
        operation.params.length === 0 ? '' : `(${operation.params.map(String).join(', ')})`;
      return `${operation.gate}${params} ${wires([...operation.controls, ...operation.targets])}`.trimEnd();
    }
    case 'pauliRotation':
      return `${operation.kind} ${operation.pauli}(${String(operation.params[0])}) ${wires([...operation.controls, ...operation.targets])}`;
    default:
      return 'targets' in operation
        ? `${operation.kind} ${wires([...operation.controls, ...operation.targets])}`
        : operation.kind;
  }
}
