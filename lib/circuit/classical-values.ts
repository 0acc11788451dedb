import { LIMITS } from '../limits.js';
import { checkInteger, checkName } from './arguments.js';
import { checkWidth, made, type Classical, type ClassicalType } from './classical.js';

/**
 * One classical bit of a circuit as a value, 0 or 1. It is also what `assign` writes to.
 *
 * @throws `ERR_INVALID_ARGUMENT` for anything but a whole number of at least 0; the circuit that uses it throws
 * `ERR_BIT_RANGE`.
 *
 * @example
 * ```ts
 * import { bit, circuit } from 'qmlx';
 * circuit(2, 1).h(0).measure(0, 0).if(bit(0).eq(1), (c) => c.x(1)).size; // => 3
 * ```
 */
export function bit(index: number): Classical<never> {
  return made([{ op: 'bit', bit: checkInteger(index, 'index', 0) }], { kind: 'bit' });
}

/**
 * A register of classical bits as a whole number. As in OpenQASM the first bit of the register is the least
 * significant one, although strings of bits show it leftmost.
 *
 * @param name - `c` is the register of `circuit(qubits, bits)`. At most 64 bits.
 * @throws `ERR_INVALID_ARGUMENT`, here for what is no name and in a circuit that has no such register.
 *
 * @example
 * ```ts
 * import { circuit, reg } from 'qmlx';
 * const result = await circuit(3, 2)
 *   .x(0).measure(0, 0)
 *   .if(reg('c').eq(1), (c) => c.x(2))
 *   .measure(2, 1).run({ shots: 10 });
 * result.counts.get('11'); // => 10
 * ```
 */
export function reg(name: string): Classical<never> {
  const checked = checkName(name, 'name', LIMITS.nameLength);
  return made([{ op: 'register', name: checked }], { kind: 'integer' });
}

function declare(name: unknown, type: ClassicalType): Classical<never> {
  const checked = checkName(name, 'name', LIMITS.nameLength);
  return made([{ op: 'variable', name: checked, type: Object.freeze(type) }], type);
}

/**
 * Classical variables of a circuit: 0 when a shot starts, written by `assign` and by `for`. Each shot has its own.
 * `int` and `uint` have a width of 1 to 64 bits, 32 if absent; `float` and `angle` are 64-bit numbers.
 *
 * @throws `ERR_INVALID_ARGUMENT` for what is no name or width, and in a circuit that uses one name for two types.
 *
 * @example
 * ```ts
 * import { circuit, reg, variable } from 'qmlx';
 * const tries = variable.uint('tries', 8);
 * circuit(1, 1).assign(tries, 3).assign(tries, tries.add(1)).if(tries.gt(3), (c) => c.x(0)).size; // => 3
 * ```
 */
export const variable = Object.freeze({
  bit: (name: string) => declare(name, { kind: 'bit' }),
  bool: (name: string) => declare(name, { kind: 'bool' }),
  int: (name: string, width = 32) => declare(name, { kind: 'int', width: checkWidth(width) }),
  uint: (name: string, width = 32) => declare(name, { kind: 'uint', width: checkWidth(width) }),
  float: (name: string) => declare(name, { kind: 'float' }),
  angle: (name: string) => declare(name, { kind: 'angle' }),
});
