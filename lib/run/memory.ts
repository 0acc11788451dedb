import { QuantumError } from '../errors.js';

/** Two float32 an amplitude. */
const AMPLITUDE_BYTES = 8;

/** Bytes of one state. */
export const stateBytes = (qubits: number): number => AMPLITUDE_BYTES * 2 ** qubits;

/** Refuses states that are larger than the caller allows. Engines refuse what the machine cannot hold. */
export function checkMemory(qubits: number, limit: number | undefined, states = 1): void {
  const requiredBytes = states * stateBytes(qubits);
  if (limit === undefined || requiredBytes <= limit) return;
  const largest = Math.max(0, Math.floor(Math.log2(limit / (states * AMPLITUDE_BYTES))));
  throw new QuantumError(
    'ERR_OUT_OF_MEMORY',
    `${states === 1 ? 'A state' : `${states} states`} of ${qubits} qubits take${states === 1 ? 's' : ''} ${requiredBytes} bytes, and memoryLimit allows ${limit}: at most ${largest} qubits. Raise memoryLimit or use fewer qubits.`,
    { requiredBytes, availableBytes: limit, largestQubitCount: largest },
  );
}
