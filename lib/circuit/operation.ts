import type { Angle } from './expression.js';
import type { GateName } from './gates.gen.js';

/** 1 for a control that acts on 1 (closed), 0 for one that acts on 0 (open). */
export type ControlState = 0 | 1;

/** A gate of the table on some qubits. */
export interface GateOperation {
  readonly kind: 'gate';
  readonly gate: GateName;
  /** Angles in radians, in the order of the gate's parameters. */
  readonly params: readonly Angle[];
  /** The gate's own controls and extra ones; the order carries no meaning beyond drawing. */
  readonly controls: readonly number[];
  /** One state a control; absent when all controls act on 1. */
  readonly controlStates?: readonly ControlState[];
  readonly targets: readonly number[];
}

/** A measurement of one qubit in the computational basis into one classical bit. */
export interface MeasureOperation {
  readonly kind: 'measure';
  readonly qubit: number;
  readonly bit: number;
}

/** A line that drawings and {@link Circuit.depth} respect; it has no effect on the state. */
export interface BarrierOperation {
  readonly kind: 'barrier';
  readonly qubits: readonly number[];
}

/** One operation of a circuit: plain frozen data, told apart by `kind`. */
export type Operation = GateOperation | MeasureOperation | BarrierOperation;

/** The qubits an operation touches: controls before targets. */
export function operationQubits(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case 'gate':
      return [...operation.controls, ...operation.targets];
    case 'measure':
      return [operation.qubit];
    case 'barrier':
      return operation.qubits;
  }
}
