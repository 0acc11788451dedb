import { operationBits, operationQubits, type Operation } from './operation.js';

/**
 * Number of layers when every operation starts as early as its qubits and bits allow. A barrier aligns its qubits
 * and takes no layer; a global phase without controls takes none either. A block counts as one operation.
 */
export function circuitDepth(
  operations: readonly Operation[],
  qubits: number,
  bits: number,
): number {
  const qubitLayer = new Int32Array(qubits);
  const bitLayer = new Int32Array(bits);
  let depth = 0;
  for (const operation of operations) {
    const touched = operationQubits(operation);
    let layer = 0;
    for (const qubit of touched) layer = Math.max(layer, qubitLayer[qubit] as number);
    const bitsUsed = operationBits(operation);
    for (const bit of bitsUsed) layer = Math.max(layer, bitLayer[bit] as number);
    if (operation.kind !== 'barrier' && touched.length + bitsUsed.length > 0) layer++;
    for (const qubit of touched) qubitLayer[qubit] = layer;
    for (const bit of bitsUsed) bitLayer[bit] = layer;
    depth = Math.max(depth, layer);
  }
  return depth;
}

/** How often each operation occurs, by name, in the order of first appearance. */
export function countOperations(operations: readonly Operation[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const operation of operations) {
    const name = operation.kind === 'gate' ? operation.gate : operation.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
