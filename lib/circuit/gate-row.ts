import type { GateName } from './gates.gen.js';

/** An expression of the gate table in postfix order, items separated by spaces, such as `theta 2 / cos`. */
export type Postfix = string;

/** What a gate is made of; see the header of `native/gates/gates.gen.h` for the meaning of each. */
export type Primitive = 'u' | 'rot' | 'phase' | 'parity' | 'flip' | 'swap' | 'pauli';

/** One step of a gate's lowering, on target numbers of the row and under all controls of the gate. */
export interface GateStep {
  readonly primitive: Primitive;
  readonly angles: readonly Postfix[];
  readonly targets: readonly number[];
  /** One letter a target where the primitive is `pauli`, else empty. */
  readonly pauli: string;
}

/** A gate that stands for (part of) another one, under the same controls. */
export interface GateCall {
  readonly gate: GateName;
  readonly angles: readonly Postfix[];
  /** Target numbers of the calling row. */
  readonly targets: readonly number[];
}

/** One row of the gate table. */
export interface GateRow {
  readonly name: GateName;
  readonly aliases: readonly string[];
  /** Names of the angles, in call order. */
  readonly params: readonly string[];
  /** Number of leading control qubits; -1 means any number. */
  readonly controls: number;
  /** Number of target qubits; the first one is the most significant. */
  readonly targets: number;
  /** Names of the arguments that carry the controls, then the targets. */
  readonly controlNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly steps: readonly GateStep[];
  /** Entries of the matrix on the targets, row by row, over the parameters, `i` and `pi`. */
  readonly matrix: readonly (readonly Postfix[])[];
  /** Calls whose product is the inverse, applied first to last. */
  readonly inverse: readonly GateCall[];
  /** Calls whose product is the gate to the real power `t`; empty where there is no closed rule. */
  readonly power: readonly GateCall[];
  /** Name in OpenQASM 2 (`qelib1.inc`); empty where the language has none. */
  readonly qasm2: string;
  /** Name in OpenQASM 3 (built in or `stdgates.inc`); empty where the language has none. */
  readonly qasm3: string;
  /** Text of the box in a drawing. */
  readonly label: string;
  readonly summary: string;
}
