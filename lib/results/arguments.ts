// Checks of the arguments that only readers of results take.

import { checkArray, checkDistinct, checkQubit, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';

const LARGEST_SEED = 2n ** 64n - 1n;

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

/** The 64 bits of a seed; a fresh one, from the system's source of randomness, if there is none. */
export function seedBits(seed: unknown): bigint {
  if (seed === undefined) return crypto.getRandomValues(new BigUint64Array(1))[0] as bigint;
  if (typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0) return BigInt(seed);
  if (typeof seed === 'bigint' && seed >= 0n && seed <= LARGEST_SEED) return seed;
  throw invalidArgument(
    'seed',
    'a whole number from 0 to 2^53 - 1 or a bigint from 0n to 2n ** 64n - 1n',
    seed,
  );
}
