import {
  operationBits,
  operationQubits,
  type MeasureOperation,
  type Operation,
} from '../circuit/operation.js';

/**
 * The operations with measurements moved to the end where nothing that follows touches their qubit or their bit. The
 * outcomes are distributed as before, and one evolution serves all shots of a circuit that has only such measurements.
 */
export function measurementsLast(operations: readonly Operation[]): readonly Operation[] {
  if (!operations.some(({ kind }, k) => kind === 'measure' && k < operations.length - 1))
    return operations;
  const qubits = new Set<number>();
  const bits = new Set<number>();
  const moved: MeasureOperation[] = [];
  const kept: Operation[] = [];
  for (const operation of operations.toReversed()) {
    if (operation.kind === 'measure' && !qubits.has(operation.qubit) && !bits.has(operation.bit)) {
      moved.push(operation);
      continue;
    }
    kept.push(operation);
    if (operation.kind === 'barrier') continue;
    for (const qubit of operationQubits(operation)) qubits.add(qubit);
    for (const bit of operationBits(operation)) bits.add(bit);
  }
  return [...kept.toReversed(), ...moved.toReversed()];
}
