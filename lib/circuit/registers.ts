import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { checkInteger, checkName, checkOptions, invalidArgument } from './arguments.js';

/** A named run of consecutive qubits or classical bits. */
export interface Register {
  readonly name: string;
  /** Index of its first qubit or bit in the circuit. */
  readonly start: number;
  readonly size: number;
}

/** Sizes of registers by name, in the order of their declaration. */
export interface RegisterSizes {
  readonly qubits: Readonly<Record<string, number>>;
  readonly bits?: Readonly<Record<string, number>>;
}

/** The registers of a circuit. */
export interface CircuitShape {
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
}

/** Number of qubits or bits in some registers. */
export function totalSize(registers: readonly Register[]): number {
  return registers.reduce((sum, register) => sum + register.size, 0);
}

function checkTotal(total: number, limit: 'qubits' | 'bits'): void {
  const maximum = LIMITS[limit];
  if (total <= maximum) return;
  throw new QuantumError(
    'ERR_LIMIT',
    `Expected at most ${maximum} ${limit === 'bits' ? 'classical bits' : limit}, received ${total}.`,
    { limit, maximum, received: total },
  );
}

/** Registers one after the other, their total checked against the limit. */
export function placeRegisters(
  sizes: Iterable<readonly [string, number]>,
  limit: 'qubits' | 'bits',
): Register[] {
  const registers: Register[] = [];
  let start = 0;
  for (const [name, size] of sizes) {
    registers.push(Object.freeze({ name, start, size }));
    start += size;
  }
  checkTotal(start, limit);
  return registers;
}

function single(size: number, name: string, limit: 'qubits' | 'bits'): Register[] {
  return placeRegisters(size === 0 ? [] : [[name, size]], limit);
}

/** One register q of qubits and one register c of bits. */
export function plainShape(qubits: unknown, bits: unknown): CircuitShape {
  return freezeShape(
    single(checkInteger(qubits, 'qubits', 0), 'q', 'qubits'),
    single(checkInteger(bits, 'bits', 0), 'c', 'bits'),
  );
}

function checkSizes(value: unknown, limit: 'qubits' | 'bits'): Register[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidArgument(limit, 'an object of register sizes by name', value);
  }
  const sizes = Object.entries(value).map(
    ([name, size]) =>
      [
        checkName(name, `a register name of ${limit}`, LIMITS.nameLength),
        checkInteger(size, `${limit}.${name}`, 1),
      ] as const,
  );
  return placeRegisters(sizes, limit);
}

/** Named registers, checked: names differ between qubits and bits too, as OpenQASM wants it. */
export function namedShape(registers: unknown): CircuitShape {
  const { qubits, bits } = checkOptions(registers, 'registers', ['qubits', 'bits']);
  return shapeOf(checkSizes(qubits, 'qubits'), checkSizes(bits ?? {}, 'bits'));
}

/** A shape of registers that are in order; their names must differ. */
export function shapeOf(
  qubitRegisters: readonly Register[],
  bitRegisters: readonly Register[],
): CircuitShape {
  const names = new Set<string>();
  for (const { name } of [...qubitRegisters, ...bitRegisters]) {
    if (names.has(name)) {
      throw invalidArgument('registers', 'registers of different names', name);
    }
    names.add(name);
  }
  return freezeShape(qubitRegisters, bitRegisters);
}

function freezeShape(
  qubitRegisters: readonly Register[],
  bitRegisters: readonly Register[],
): CircuitShape {
  return Object.freeze({
    qubitRegisters: Object.freeze([...qubitRegisters]),
    bitRegisters: Object.freeze([...bitRegisters]),
  });
}

/** The shape with a register of qubits put before all others; its name avoids the taken ones. */
export function withLeadingQubits(shape: CircuitShape, size: number): CircuitShape {
  if (size === 0) return shape;
  const taken = new Set([...shape.qubitRegisters, ...shape.bitRegisters].map(({ name }) => name));
  let name = 'control';
  for (let k = 2; taken.has(name); k++) name = `control${k}`;
  const sizes = [{ name, size }, ...shape.qubitRegisters].map((r) => [r.name, r.size] as const);
  return shapeOf(placeRegisters(sizes, 'qubits'), shape.bitRegisters);
}

/** Whether two shapes have the same registers. */
export function sameShape(a: CircuitShape, b: CircuitShape): boolean {
  const same = (left: readonly Register[], right: readonly Register[]): boolean =>
    left.length === right.length &&
    left.every((register, k) => {
      const other = right[k] as Register;
      return register.name === other.name && register.size === other.size;
    });
  return same(a.qubitRegisters, b.qubitRegisters) && same(a.bitRegisters, b.bitRegisters);
}
