import { QuantumError } from '../errors.js';
import type { Precision } from './settings.js';

const amplitudeBytes = (precision: Precision): number => (precision === 'complex128' ? 16 : 8);

/** Bytes of one state. */
export const stateBytes = (qubits: number, precision: Precision): number =>
  amplitudeBytes(precision) * 2 ** qubits;

/** How many states, and how large. */
export interface StateSize {
  readonly qubits: number;
  readonly precision: Precision;
  readonly states?: number;
}

/** Refuses states that are larger than the caller allows. Engines refuse what the machine cannot hold. */
export function checkMemory(
  { qubits, precision, states = 1 }: StateSize,
  limit: number | undefined,
): void {
  const requiredBytes = states * stateBytes(qubits, precision);
  if (limit === undefined || requiredBytes <= limit) return;
  const largest = Math.max(0, Math.floor(Math.log2(limit / (states * amplitudeBytes(precision)))));
  throw new QuantumError(
    'ERR_OUT_OF_MEMORY',
    `${states === 1 ? 'A state' : `${states} states`} of ${qubits} qubits take${states === 1 ? 's' : ''} ${requiredBytes} bytes, and memoryLimit allows ${limit}: at most ${largest} qubits. Raise memoryLimit or use fewer qubits.`,
    { requiredBytes, availableBytes: limit, largestQubitCount: largest },
  );
}
