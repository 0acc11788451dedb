import { relocate } from '../circuit/relocation.js';
import type { GateOperation } from '../circuit/operation.js';
import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import type { CircuitLike } from '../program/encode.js';
import { arrayLike, type Amplitudes } from '../results/amplitudes.js';
import { UnitaryMatrix } from '../results/unitary.js';

const gate = (
  name: 'h' | 'cx',
  controls: readonly number[],
  targets: readonly number[],
): GateOperation => ({ kind: 'gate', gate: name, params: [], controls, targets });

/**
 * A circuit whose one state holds the matrix of another circuit: half of its qubits number the columns, each entangled
 * with one of those that the circuit acts on (Choi, Linear Algebra and its Applications 10, 285, 1975).
 */
export function circuitOfColumns({ qubits, operations, parameters }: CircuitLike): CircuitLike {
  if (qubits > LIMITS.matrixQubits) {
    throw new QuantumError(
      'ERR_LIMIT',
      `Expected at most ${LIMITS.matrixQubits} qubits for the matrix of a circuit, received ${qubits}.`,
      { limit: 'matrixQubits', maximum: LIMITS.matrixQubits, received: qubits },
    );
  }
  const pairs = Array.from({ length: qubits }, (_, qubit) => [
    gate('h', [], [qubit]),
    gate('cx', [qubit], [qubits + qubit]),
  ]).flat();
  const moved = operations.map((operation) =>
    relocate(
      operation,
      (qubit) => qubits + qubit,
      (bit) => bit,
    ),
  );
  return {
    qubits: 2 * qubits,
    bits: 0,
    parameters,
    operations: [...pairs, ...moved],
    bitRegisters: [],
  };
}

/** The matrix in the amplitudes of such a state, which come column after column. */
export function matrixOfColumns(qubits: number, amplitudes: Amplitudes): UnitaryMatrix {
  const size = 2 ** qubits;
  const scale = Math.sqrt(size);
  const data = arrayLike(amplitudes, 2 * size * size);
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) {
      const from = 2 * (column * size + row);
      const to = 2 * (row * size + column);
      data[to] = (amplitudes[from] as number) * scale;
      data[to + 1] = (amplitudes[from + 1] as number) * scale;
    }
  }
  return new UnitaryMatrix(qubits, data);
}
