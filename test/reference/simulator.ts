// An independent float64 state-vector simulator: slow, short, and written from the definitions alone.
// It shares nothing with the library, so that both agree only where both are right. Qubit 0 is the
// most significant bit of a basis index.

import { targetMatrix, type Complex, type Matrix } from './gates.js';

/** A gate call: row name, angles in radians, and all its qubits in call order (controls first). */
export interface GateCall {
  readonly name: string;
  readonly angles: readonly number[];
  readonly qubits: readonly number[];
  /** Controls beyond those of the gate itself; `value` 0 is an open control. */
  readonly controls?: readonly { readonly qubit: number; readonly value: 0 | 1 }[];
}

/** Amplitudes as two float64 arrays, in the order of the basis index. */
export interface ReferenceState {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The state after all gates, from |0…0⟩ or from a copy of `initial`. */
export function simulate(
  qubits: number,
  gates: Iterable<GateCall>,
  initial?: ReferenceState,
): ReferenceState {
  const state = initial
    ? { re: initial.re.slice(), im: initial.im.slice() }
    : { re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
  if (!initial) state.re[0] = 1;
  for (const gate of gates) applyGate(qubits, state, gate);
  return state;
}

function applyGate(qubits: number, state: ReferenceState, gate: GateCall): void {
  const { matrix, targets: count } = targetMatrix(gate.name, gate.angles);
  const bitOf = (qubit: number) => 2 ** (qubits - 1 - qubit);
  const split = gate.qubits.length - count;
  const targets = gate.qubits.slice(split).map(bitOf);
  let controlMask = 0;
  let controlValue = 0;
  const ownControls = gate.qubits.slice(0, split).map((qubit) => ({ qubit, value: 1 }));
  for (const { qubit, value } of [...ownControls, ...(gate.controls ?? [])]) {
    controlMask |= bitOf(qubit);
    if (value === 1) controlValue |= bitOf(qubit);
  }
  // offsets[k] adds the bits of row k; the first target is the most significant bit of k.
  const offsets = matrix.map((_, row) =>
    targets.reduce((sum, bit, t) => sum + ((row >> (count - 1 - t)) & 1) * bit, 0),
  );
  const targetMask = targets.reduce((mask, bit) => mask | bit, 0);
  for (let index = 0; index < state.re.length; index++) {
    if ((index & targetMask) !== 0 || (index & controlMask) !== controlValue) continue;
    applyMatrix(state, matrix, offsets, index);
  }
}

function applyMatrix(
  { re, im }: ReferenceState,
  matrix: Matrix,
  offsets: readonly number[],
  base: number,
): void {
  const before = offsets.map((offset): Complex => [at(re, base + offset), at(im, base + offset)]);
  matrix.forEach((row, k) => {
    let sumRe = 0;
    let sumIm = 0;
    row.forEach(([a, b], column) => {
      const [x, y] = before[column] as Complex;
      sumRe += a * x - b * y;
      sumIm += a * y + b * x;
    });
    re[base + (offsets[k] as number)] = sumRe;
    im[base + (offsets[k] as number)] = sumIm;
  });
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
