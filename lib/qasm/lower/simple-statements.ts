import { convert } from './convert.js';
import { partsOf } from './call-gate.js';
import { evaluate } from './evaluate.js';
import type { Lowering } from './lowering.js';
import { qubitsOf } from './places.js';
import { DURATION } from './types.js';

/** `reset q;` */
export function reset(lowering: Lowering, node: number): void {
  const { qubits } = qubitsOf(lowering, node + 1);
  lowering.reserve(node, qubits.length);
  for (const qubit of qubits) lowering.push({ kind: 'reset', qubit });
}

/** `barrier a, b;`; without operands it means all qubits. */
export function barrier(lowering: Lowering, node: number): void {
  const { operands } = partsOf(lowering, node);
  const named = operands.flatMap((operand) => qubitsOf(lowering, operand).qubits);
  const all = Array.from({ length: lowering.qubits }, (_, qubit) => qubit);
  const qubits = [...new Set(operands.length === 0 ? all : named)];
  if (qubits.length > 0) lowering.add({ kind: 'barrier', qubits: Object.freeze(qubits) });
}

/** `delay[duration] q;` takes no time here, but must name a duration and qubits. */
export function checkDelay(lowering: Lowering, node: number): void {
  const duration = node + 1;
  convert(lowering, duration, evaluate(lowering, duration), DURATION);
  checkNop(lowering, node);
}

/** `nop q;` does nothing to qubits that must exist. */
export function checkNop(lowering: Lowering, node: number): void {
  for (const operand of partsOf(lowering, node).operands) qubitsOf(lowering, operand);
}
