import type { Classical } from '../circuit/classical.js';
import { eachOperation, operationBits, type Operation } from '../circuit/operation.js';
import type { Register } from '../circuit/registers.js';

/** A condition of OpenQASM 2: a register that equals a number. */
export interface RegisterCondition {
  readonly register: Register;
  readonly value: bigint;
}

/** The one form of condition that OpenQASM 2 has; undefined for any other. */
export function registerCondition(
  { items }: Classical,
  registers: readonly Register[],
): RegisterCondition | undefined {
  const [left, right, operator] = items;
  const truth = items.length === 1 && left?.op === 'bit';
  const equality = items.length === 3 && right?.op === 'integer' && operator?.op === 'intEq';
  if (!truth && !equality) return undefined;
  const value = right?.op === 'integer' ? right.value : 1n;
  const [first, count] =
    left?.op === 'bit' ? [left.bit, 1] : left?.op === 'bits' ? [left.first, left.count] : [-1, 0];
  const register = registers.find(({ start, size }) => start === first && size === count);
  return register === undefined || value < 0n ? undefined : { register, value };
}

/** Whether operations before the last one write to bits of a register, so that each would test something else. */
export function changesOnTheWay(
  operations: readonly Operation[],
  { start, size }: Register,
): boolean {
  for (const operation of eachOperation(operations.slice(0, -1))) {
    const writes = operation.kind === 'measure' || operation.kind === 'assign';
    if (writes && operationBits(operation).some((bit) => bit >= start && bit < start + size))
      return true;
  }
  return false;
}
