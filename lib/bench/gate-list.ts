// Circuits as neutral lists that any simulator can be given, and as circuits of qmlx.

import { circuit, pauli, type Circuit, type GateName, type PauliSum } from '../index.js';

/** A complex number. */
export type Entry = readonly [re: number, im: number];

/** Rows of entries, the first qubit most significant. */
export type Matrix = readonly (readonly Entry[])[];

/**
 * Name, angles and qubits, controls before targets. A `unitary` also has its matrix, for simulators that take
 * matrices, and the gates it is the product of for those that do not.
 */
export type ListedGate = readonly [
  name: string,
  angles: readonly number[],
  qubits: readonly number[],
  product?: { readonly matrix: Matrix; readonly gates: readonly ListedGate[] },
];

/** One circuit of a family. */
export interface GateList {
  readonly name: string;
  readonly qubits: number;
  readonly gates: readonly ListedGate[];
  /** Terms of a diagonal observable whose expectation value belongs to the work, such as [0.5, 'Z0 Z3']. */
  readonly cost?: readonly (readonly [coefficient: number, product: string])[];
}

/** The circuit of a list; with `measured`, every qubit is measured into the bit of its number. */
export function buildCircuit(
  { qubits, gates }: GateList,
  { measured = false }: { readonly measured?: boolean } = {},
): Circuit {
  const built: Circuit = circuit(qubits, measured ? qubits : 0);
  appendAll(built, gates);
  return measured ? built.measureAll() : built;
}

function appendAll(built: Circuit, gates: readonly ListedGate[]): void {
  for (const [name, angles, qubits, product] of gates) {
    if (product === undefined) built.gate(name as GateName, angles, qubits);
    else appendAll(built, product.gates);
  }
}

/** The cost of a list as an observable. */
export function buildCost({ qubits, cost = [] }: GateList): PauliSum {
  return pauli.sum(cost, { qubits });
}
