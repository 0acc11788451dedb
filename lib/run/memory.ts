import { QuantumError } from '../errors.js';

/** Two float32 an amplitude. */
const AMPLITUDE_BYTES = 8;

/** Refuses a state that is larger than the caller allows. Engines refuse what the machine cannot hold. */
export function checkMemory(qubits: number, limit: number | undefined): void {
  const requiredBytes = AMPLITUDE_BYTES * 2 ** qubits;
  if (limit === undefined || requiredBytes <= limit) return;
  const largest = Math.max(0, Math.floor(Math.log2(limit / AMPLITUDE_BYTES)));
  throw new QuantumError(
    'ERR_OUT_OF_MEMORY',
    `A state of ${qubits} qubits takes ${requiredBytes} bytes, and memoryLimit allows ${limit}: at most ${largest} qubits. Raise memoryLimit or use fewer qubits.`,
    { requiredBytes, availableBytes: limit, largestQubitCount: largest },
  );
}
