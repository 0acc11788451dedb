// The two ways to write a Pauli string, and the product of two of them.

import { checkQubit, invalidArgument } from '../circuit/arguments.js';

/** Most qubits an observable may span: its masks are 64 bits wide. */
export const MAXIMUM_QUBITS = 64;

const DENSE = /^[IXYZ]+$/;
const FACTOR = /^([IXYZ])(\d+)$/;

/** One letter for each qubit, qubit 0 first, from `'IZX'` or, where `qubits` is known, `'Z1 X2'`. */
export function readTerm(text: unknown, qubits: number | undefined): string {
  if (typeof text !== 'string') throw notPauli(text);
  if (DENSE.test(text)) return readDense(text, qubits);
  if (qubits === undefined) throw notPauli(text);
  return readSparse(text, qubits);
}

function readDense(text: string, qubits: number | undefined): string {
  if (text.length <= MAXIMUM_QUBITS && text.length === (qubits ?? text.length)) return text;
  const size = qubits ?? `1 to ${MAXIMUM_QUBITS}`;
  throw invalidArgument('terms', `Pauli strings of one length: ${size} letters`, text);
}

function readSparse(text: string, qubits: number): string {
  const letters = new Array<string>(qubits).fill('');
  for (const part of text.split(' ')) {
    if (part === '') continue;
    const match = FACTOR.exec(part);
    if (match === null) throw notPauli(text);
    const qubit = checkQubit(Number(match[2]), 'terms', qubits);
    if (letters[qubit] !== '') {
      throw invalidArgument('terms', 'Pauli strings that name each qubit once', text);
    }
    letters[qubit] = match[1] as string;
  }
  return letters.map((letter) => letter || 'I').join('');
}

function notPauli(received: unknown): Error {
  return invalidArgument(
    'terms',
    "Pauli strings such as 'IZX', or 'Z1 X2' together with { qubits }",
    received,
  );
}

// Row letter times column letter: the letter of the product and its power of i.
const PRODUCTS: Readonly<Record<string, readonly [string, number]>> = {
  XY: ['Z', 1],
  YZ: ['X', 1],
  ZX: ['Y', 1],
  YX: ['Z', 3],
  ZY: ['X', 3],
  XZ: ['Y', 3],
};

/** The product of two Pauli strings of one length: its letters and the power of i in front. */
export function multiplyTerms(left: string, right: string): { letters: string; power: number } {
  let letters = '';
  let power = 0;
  for (let k = 0; k < left.length; k++) {
    const a = left.charAt(k);
    const b = right.charAt(k);
    const product = PRODUCTS[a + b];
    if (product !== undefined) {
      letters += product[0];
      power += product[1];
    } else {
      letters += a === b ? 'I' : a === 'I' ? b : a;
    }
  }
  return { letters, power: power % 4 };
}
