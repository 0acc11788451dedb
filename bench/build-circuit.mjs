// A neutral gate list as a circuit of qmlx.
import { circuit, pauli } from 'qmlx';

/** The circuit of a family; with `measured`, every qubit is measured into the bit of its number. */
export function buildCircuit({ qubits, gates }, { measured = false } = {}) {
  const built = circuit(qubits, measured ? qubits : 0);
  appendAll(built, gates);
  return measured ? built.measureAll() : built;
}

function appendAll(built, gates) {
  for (const [name, angles, qubits, product] of gates) {
    if (product === undefined) built.gate(name, angles, qubits);
    else appendAll(built, product.gates);
  }
}

/** The cost of a family as an observable. */
export const buildCost = ({ qubits, cost }) => pauli.sum(cost, { qubits });
