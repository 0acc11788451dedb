// States of circuits by the float64 reference simulator, to compare what two texts mean.

import type { Circuit } from '../../../lib/circuit/circuit.js';
import { gateCalls } from '../../reference/operations.js';
import { simulate, type ReferenceState } from '../../reference/simulator.js';

/** The final state from |0…0⟩, measurements and barriers left out. */
export function stateOf(circuit: Circuit, initial?: ReferenceState): ReferenceState {
  return simulate(circuit.qubits, gateCalls(circuit), initial);
}

/** A normalised state without any symmetry. */
export function genericState(qubits: number): ReferenceState {
  const size = 2 ** qubits;
  const re = Float64Array.from({ length: size }, (_, k) => Math.sin(1 + 2.7 * k));
  const im = Float64Array.from({ length: size }, (_, k) => Math.cos(3 + 1.9 * k * k));
  const norm = Math.sqrt(re.reduce((sum, a, k) => sum + a * a + (im[k] as number) ** 2, 0));
  return { re: re.map((a) => a / norm), im: im.map((a) => a / norm) };
}

/** A state times exp(i phase). */
export function turned({ re, im }: ReferenceState, phase: number): ReferenceState {
  const [c, s] = [Math.cos(phase), Math.sin(phase)];
  return {
    re: re.map((a, k) => c * a - s * (im[k] as number)),
    im: im.map((b, k) => c * b + s * (re[k] as number)),
  };
}

/** Largest difference of one amplitude; global phases count. */
export function distance(a: ReferenceState, b: ReferenceState): number {
  if (a.re.length !== b.re.length) return Infinity;
  let worst = 0;
  for (let k = 0; k < a.re.length; k += 1) {
    const re = (a.re[k] as number) - (b.re[k] as number);
    const im = (a.im[k] as number) - (b.im[k] as number);
    worst = Math.max(worst, Math.hypot(re, im));
  }
  return worst;
}
