// How far a state may be from the float64 reference: significands have 24 bits in complex64 and 53 in complex128.

import type { Precision } from 'qmlx';
import type { ReferenceState } from './simulator.js';

export interface StateError {
  /** L2 norm of the difference. */
  readonly l2: number;
  /** Largest difference of one amplitude. */
  readonly worst: number;
  /** 1 − |⟨reference|state⟩|² of the normalised states. */
  readonly infidelity: number;
}

// In complex128 the reference rounds as often as the engine.
const bounds = {
  complex64: { epsilon: 2 ** -24, amplitude: 1e-6, infidelity: 1e-10 },
  complex128: { epsilon: 2 * 2 ** -53, amplitude: 1e-13, infidelity: 1e-13 },
} as const;

/** L2 bound of circuits of different gates: rounding errors add up like a random walk. */
export const randomBound = (gates: number, precision: Precision): number =>
  4 * bounds[precision].epsilon * Math.sqrt(gates);

/** L2 bound of circuits that repeat one gate: the same error every time. */
export const repeatedBound = (gates: number, precision: Precision): number =>
  bounds[precision].epsilon * gates;

/** Differences between amplitudes (interleaved re, im) and the reference. */
export function stateError(amplitudes: ArrayLike<number>, reference: ReferenceState): StateError {
  let sum = 0;
  let worst = 0;
  let overlapRe = 0;
  let overlapIm = 0;
  let stateNorm = 0;
  let referenceNorm = 0;
  reference.re.forEach((a, k) => {
    const b = reference.im[k] as number;
    const x = amplitudes[2 * k] ?? NaN;
    const y = amplitudes[2 * k + 1] ?? NaN;
    const squared = (x - a) ** 2 + (y - b) ** 2;
    sum += squared;
    stateNorm += x * x + y * y;
    referenceNorm += a * a + b * b;
    worst = squared <= worst ** 2 ? worst : Math.sqrt(squared);
    overlapRe += a * x + b * y;
    overlapIm += a * y - b * x;
  });
  const fidelity = (overlapRe ** 2 + overlapIm ** 2) / (stateNorm * referenceNorm);
  return { l2: Math.sqrt(sum), worst, infidelity: 1 - fidelity };
}

/** Whether the bounds of circuits of different gates hold; false for NaN too. */
export function withinRandomBounds(
  { l2, worst, infidelity }: StateError,
  gates: number,
  precision: Precision,
): boolean {
  const most = bounds[precision];
  const fits = worst <= most.amplitude && Math.abs(infidelity) <= most.infidelity;
  return fits && l2 <= randomBound(gates, precision);
}

/**
 * Whether the bound of circuits that repeat one gate holds; false for NaN too. Their errors add up along one
 * direction, so that bounds on amplitudes follow from it and cannot be tighter.
 */
export function withinRepeatedBound(
  { l2 }: StateError,
  gates: number,
  precision: Precision,
): boolean {
  return l2 <= repeatedBound(gates, precision);
}
