import { invalidArgument } from './arguments.js';
import { Circuit } from './circuit.js';
import { namedShape, plainShape, type RegisterSizes } from './registers.js';

/**
 * A new circuit, all qubits in |0>.
 *
 * With two numbers it has one register q of qubits and one register c of classical bits. With an object it has the
 * registers named there, in their order: the first qubit of the first register is qubit 0.
 *
 * @param qubits - number of qubits, 0 to 34; or the sizes of registers
 * @param bits - number of classical bits, 0 to 2^20; 0 if absent
 * @throws `ERR_INVALID_ARGUMENT`, `ERR_LIMIT`.
 *
 * @example
 * ```ts
 * import { circuit } from 'qmlx';
 * circuit(2, 2).h(0).cx(0, 1).measureAll().size; // => 4
 * const adder = circuit({ qubits: { a: 2, b: 2 }, bits: { sum: 3 } });
 * adder.qubitRegisters[1]; // => { name: 'b', start: 2, size: 2 }
 * ```
 */
export function circuit<const N extends number, const B extends number = 0>(
  qubits: N,
  bits?: B,
): Circuit<N, B, never>;
export function circuit(registers: RegisterSizes): Circuit<number, number, never>;
export function circuit(first: unknown, bits?: unknown): Circuit<number, number, never> {
  if (typeof first !== 'object' || first === null) {
    return new Circuit(plainShape(first, bits === undefined ? 0 : bits));
  }
  if (bits === undefined) return new Circuit(namedShape(first));
  throw invalidArgument('bits', 'absent where registers are given', bits);
}
