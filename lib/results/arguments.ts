// Checks of the arguments that only readers of results take.

import { checkArray, checkDistinct, checkQubit, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';

/** A list of distinct qubits of a state, checked. */
export function checkQubitList(value: unknown, qubits: number): readonly number[] {
  const listed = checkArray(value, 'qubits').map((qubit) => checkQubit(qubit, 'qubits', qubits));
  checkDistinct(listed, 'qubits');
  return listed;
}

/** Throws ERR_LIMIT unless `received` is at most `maximum`. `advice` says what to do instead. */
export function checkLimit(limit: string, received: number, maximum: number, advice: string): void {
  if (received <= maximum) return;
  throw new QuantumError(
    'ERR_LIMIT',
    `Expected at most ${maximum} ${limit} at once, received ${received}. ${advice}`,
    { limit, maximum, received },
  );
}

/** The 64 bits of a seed; fresh ones, from the system's source of randomness, if there is none. */
export function seedBits(seed: unknown): bigint {
  if (seed === undefined) return crypto.getRandomValues(new BigUint64Array(1))[0] as bigint;
  if (typeof seed === 'bigint') return BigInt.asUintN(64, seed);
  if (Number.isSafeInteger(seed)) return BigInt.asUintN(64, BigInt(seed as number));
  throw invalidArgument('seed', 'a whole number up to 2^53 - 1, or a BigInt', seed);
}
