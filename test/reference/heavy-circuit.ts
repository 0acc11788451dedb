import { circuit, type Circuit } from 'qmlx';

/** Layers of rotations and entangling gates that no planner can simplify: work in proportion to `layers`. */
export function heavyCircuit(qubits: number, layers: number): Circuit {
  const built: Circuit = circuit(qubits, qubits);
  for (let layer = 0; layer < layers; layer++) {
    for (let q = 0; q < qubits; q++) built.ry(0.1 * (q + layer + 1), q);
    for (let q = layer % 2; q + 1 < qubits; q += 2) built.cx(q, q + 1);
  }
  return built;
}
