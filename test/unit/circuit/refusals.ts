// What a call refuses, as data.

import { QuantumError, type ErrorCode } from '../../../lib/errors.js';

/** What a call throws; undefined if it throws nothing. */
export function errorOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The code of the QuantumError that a call throws; undefined if it throws none. */
export function codeOf(call: () => unknown): ErrorCode | undefined {
  const error = errorOf(call);
  return QuantumError.is(error) ? error.code : undefined;
}

/** The argument that an ERR_INVALID_ARGUMENT of a call names; undefined if it throws no such error. */
export function argumentOf(call: () => unknown): string | undefined {
  const error = errorOf(call);
  return QuantumError.is(error, 'ERR_INVALID_ARGUMENT') ? error.argument : undefined;
}

/** Values that are no finite number. */
export const NOT_NUMBERS: readonly unknown[] = [
  NaN,
  Infinity,
  -Infinity,
  1n,
  '1',
  null,
  undefined,
  true,
  [1],
  { valueOf: () => 1 },
  Object(1),
];

/** Values that are no index at all, whatever the size. */
export const NOT_INDICES: readonly unknown[] = [...NOT_NUMBERS, -1, 0.5, 2 ** 53, -(2 ** 31)];
