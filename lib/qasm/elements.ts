import type { Register } from '../circuit/registers.js';
import { QuantumError } from '../errors.js';

/** Qubits or bits of a circuit as OpenQASM calls them. */
export class Elements {
  readonly registers: readonly Register[];
  readonly #texts: string[] = [];
  readonly #byStart = new Map<number, Register>();

  constructor(registers: readonly Register[]) {
    this.registers = registers;
    for (const register of registers) {
      const { name, start, size } = register;
      this.#byStart.set(start, register);
      for (let k = 0; k < size; k += 1) this.#texts.push(`${name}[${k}]`);
    }
  }

  /** `q[2]` */
  text(index: number): string {
    return this.#texts[index] as string;
  }

  /** The register that begins at an index, if one does. */
  startingAt(index: number): Register | undefined {
    return this.#byStart.get(index);
  }

  /** Consecutive elements: a register as a whole, or a part of one. */
  range(first: number, count: number): string {
    const register = this.registers.find(
      ({ start, size }) => first >= start && first + count <= start + size,
    );
    if (register === undefined) {
      const message = 'Expected bits of one register, received bits that reach over several.';
      throw new QuantumError('ERR_UNSUPPORTED', message, { feature: 'bits of several registers' });
    }
    const { name, start, size } = register;
    if (size === count) return name;
    return `${name}[${first - start}:${first - start + count - 1}]`;
  }
}
