// Basis states by name and by number. Numbers stay exact up to 53 qubits; bit operations would not.

import { invalidArgument } from '../circuit/arguments.js';

/** A basis state: its ket symbols, qubit 0 leftmost, or its index, qubit 0 the most significant bit. */
export type BasisState = string | number | bigint;

/** The index a basis state has, checked. */
export function basisIndex(basis: BasisState, qubits: number): number {
  if (typeof basis === 'string') {
    if (basis.length === qubits && /^[01]*$/.test(basis)) return Number(`0b${basis}`);
  } else if (typeof basis === 'number' || typeof basis === 'bigint') {
    const index = Number(basis);
    if (Number.isInteger(index) && index >= 0 && index < 2 ** qubits) return index;
  }
  throw invalidArgument(
    'basis',
    `a basis state of ${qubits} qubits: a string such as '${'0'.repeat(qubits)}' or an index from 0 to 2^${qubits} - 1`,
    basis,
  );
}

/** The ket symbols of a basis index. */
export function basisLabel(index: number, qubits: number): string {
  return index.toString(2).padStart(qubits, '0');
}

/** The index with its bits in reverse order. */
export function reverseBits(index: number, qubits: number): number {
  const low = reverse32(index % 2 ** 32);
  if (qubits <= 32) return qubits === 0 ? 0 : low >>> (32 - qubits);
  const high = reverse32(Math.floor(index / 2 ** 32));
  return low * 2 ** (qubits - 32) + (high >>> (64 - qubits));
}

function reverse32(value: number): number {
  let x = value >>> 0;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}
