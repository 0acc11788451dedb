// Texts of options into values. What is out of range is left to the library, which says so.

import { InvalidArgumentError } from 'commander';
import { LIMITS } from '../index.js';

/** A number such as `0.5` or `1e-3`. */
export function numberValue(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number.');
}

/** The number of a port; 0 for any. */
export function portValue(text: string): number {
  const value = numberValue(text);
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 16) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}

/** A whole number of any size. */
export function seedValue(text: string): number | bigint {
  if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  const value = BigInt(text);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Collects `name=value`. A `Map`, so that no name can mean anything else. */
export function parameterValue(
  text: string,
  earlier: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('It must look like name=0.5.');
  return new Map(earlier).set(text.slice(0, at), numberValue(text.slice(at + 1)));
}

/** Numbers of qubits such as `4,20` or `16-20`, ascending. */
export function sizesValue(text: string): readonly number[] {
  const sizes = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    const [low, high] = [Number(first), Number(last)];
    if (first === undefined || low < 1 || high > LIMITS.qubits || low > high) {
      throw new InvalidArgumentError(
        `It must look like 4,20 or 16-20, with 1 to ${LIMITS.qubits} qubits.`,
      );
    }
    return Array.from({ length: high - low + 1 }, (_, k) => low + k);
  });
  return [...new Set(sizes)].sort((a, b) => a - b);
}
