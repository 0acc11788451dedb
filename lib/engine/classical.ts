// Expressions of an encoded program and the memory that they read; native/core/classical.cpp is the same in C++.

import { QuantumError } from '../errors.js';
import { CODE, FIELD_BITS, VARIABLE_CODE } from '../program/opcodes.js';

/** A float, or a whole number of 64 bits. */
export type Value = number | bigint;

/** What the numbers in expressions refer to. */
export interface Tables {
  readonly code: Int32Array;
  readonly constants: Float64Array;
  readonly integers: BigInt64Array;
}

/** The classical memory of a shot. */
export class Memory {
  readonly bits: Uint8Array;
  readonly variables: Value[];
  readonly counters: number[];

  constructor(bits: Uint8Array, variables: Value[], counters: number[]) {
    this.bits = bits;
    this.variables = variables;
    this.counters = counters;
  }

  copy(): Memory {
    return new Memory(this.bits.slice(), [...this.variables], [...this.counters]);
  }

  equals(other: Memory): boolean {
    return (
      this.bits.every((bit, k) => bit === other.bits[k]) &&
      this.variables.every((value, k) => Object.is(value, other.variables[k])) &&
      this.counters.every((count, k) => count === other.counters[k])
    );
  }
}

const signed = (x: bigint): bigint => BigInt.asIntN(64, x);
const natural = (x: bigint): bigint => BigInt.asUintN(64, x);
const truth = (x: boolean): bigint => (x ? 1n : 0n);

type Table<Operation> = Readonly<Record<number, Operation>>;

const REAL_UNARY: Table<(x: number) => number> = {
  [CODE.neg]: (x) => -x,
  [CODE.sin]: Math.sin,
  [CODE.cos]: Math.cos,
  [CODE.tan]: Math.tan,
  [CODE.exp]: Math.exp,
  [CODE.ln]: Math.log,
  [CODE.sqrt]: Math.sqrt,
  [CODE.abs]: Math.abs,
  [CODE.asin]: Math.asin,
  [CODE.acos]: Math.acos,
  [CODE.atan]: Math.atan,
  [CODE.floor]: Math.floor,
  [CODE.ceil]: Math.ceil,
  [CODE.toSingle]: Math.fround,
};

const REAL_BINARY: Table<(x: number, y: number) => Value> = {
  [CODE.add]: (x, y) => x + y,
  [CODE.sub]: (x, y) => x - y,
  [CODE.mul]: (x, y) => x * y,
  [CODE.div]: (x, y) => x / y,
  [CODE.pow]: (x, y) => x ** y,
  [CODE.mod]: (x, y) => x % y,
  [CODE.floatEq]: (x, y) => truth(x === y),
  [CODE.floatLt]: (x, y) => truth(x < y),
  [CODE.floatLe]: (x, y) => truth(x <= y),
};

const WHOLE_UNARY: Table<(x: bigint, width: number) => Value> = {
  [CODE.intNeg]: (x) => signed(-x),
  [CODE.bitNot]: (x) => ~x,
  [CODE.popcount]: (x) => BigInt(natural(x).toString(2).replaceAll('0', '').length),
  [CODE.wrapUint]: (x, width) => signed(BigInt.asUintN(width, x)),
  [CODE.wrapInt]: (x, width) => BigInt.asIntN(width, x),
  [CODE.not]: (x) => truth(x === 0n),
  [CODE.intToFloat]: Number,
  [CODE.uintToFloat]: (x) => Number(natural(x)),
};

const WHOLE_BINARY: Table<(x: bigint, y: bigint, width: number) => bigint> = {
  [CODE.intAdd]: (x, y) => signed(x + y),
  [CODE.intSub]: (x, y) => signed(x - y),
  [CODE.intMul]: (x, y) => signed(x * y),
  [CODE.intDiv]: (x, y) => signed(x / y),
  [CODE.intMod]: (x, y) => x % y,
  [CODE.uintDiv]: (x, y) => signed(natural(x) / natural(y)),
  [CODE.uintMod]: (x, y) => signed(natural(x) % natural(y)),
  [CODE.intPow]: power,
  [CODE.bitAnd]: (x, y) => x & y,
  [CODE.bitOr]: (x, y) => x | y,
  [CODE.bitXor]: (x, y) => x ^ y,
  [CODE.shiftLeft]: (x, y) => (natural(y) >= 64n ? 0n : signed(x << natural(y))),
  [CODE.shiftRight]: (x, y) => (natural(y) >= 64n ? 0n : signed(natural(x) >> natural(y))),
  [CODE.rotateLeft]: (x, y, width) => rotate(x, natural(y), width),
  [CODE.rotateRight]: (x, y, width) =>
    rotate(x, BigInt(width) - (natural(y) % BigInt(width)), width),
  [CODE.intEq]: (x, y) => truth(x === y),
  [CODE.intLt]: (x, y) => truth(x < y),
  [CODE.intLe]: (x, y) => truth(x <= y),
  [CODE.uintLt]: (x, y) => truth(natural(x) < natural(y)),
  [CODE.uintLe]: (x, y) => truth(natural(x) <= natural(y)),
  [CODE.and]: (x, y) => truth(x !== 0n && y !== 0n),
  [CODE.or]: (x, y) => truth(x !== 0n || y !== 0n),
};

const DIVISIONS: ReadonlySet<number> = new Set([
  CODE.intDiv,
  CODE.intMod,
  CODE.uintDiv,
  CODE.uintMod,
]);

function power(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n)
    return base === 1n ? 1n : base === -1n ? (exponent % 2n === 0n ? 1n : -1n) : 0n;
  let [result, square] = [1n, natural(base)];
  for (let rest = exponent; rest !== 0n; rest >>= 1n, square = natural(square * square)) {
    if ((rest & 1n) === 1n) result = natural(result * square);
  }
  return signed(result);
}

function rotate(x: bigint, by: bigint, width: number): bigint {
  const size = BigInt(width);
  const [value, left] = [BigInt.asUintN(width, x), by % size];
  return signed(BigInt.asUintN(width, (value << left) | (value >> (size - left))));
}

const numeric = (message: string): QuantumError => new QuantumError('ERR_NUMERIC', message);

/** The value of the expression that starts at a place of the code. */
export function evaluate(
  tables: Tables,
  start: number,
  parameters: Float64Array,
  memory: Memory,
): Value {
  const stack: Value[] = [];
  for (let at = start; ; at += 2) {
    const [code, operand] = [tables.code[at] as number, tables.code[at + 1] as number];
    if (code === 0) return stack[0] as Value;
    const leaf = leafOf(tables, code, operand, parameters, memory);
    const value = leaf ?? operate(code, operand, stack);
    if (leaf === undefined && typeof value === 'number' && !Number.isFinite(value)) {
      throw numeric('A classical expression is not finite. Check divisions, logarithms and roots.');
    }
    stack.push(value);
  }
}

function leafOf(
  { constants, integers }: Tables,
  code: number,
  operand: number,
  parameters: Float64Array,
  memory: Memory,
): Value | undefined {
  switch (code) {
    case CODE.constant:
      return constants[operand];
    case CODE.parameter:
      return parameters[operand];
    case CODE.integer:
      return integers[operand];
    case CODE.bit:
      return BigInt(memory.bits[operand] as number);
    case CODE.bits:
      return field(memory.bits, operand & (2 ** FIELD_BITS - 1), operand >> FIELD_BITS);
    case VARIABLE_CODE.whole:
    case VARIABLE_CODE.float:
      return memory.variables[operand];
    default:
      return undefined;
  }
}

/** Up to 64 bits as a number, the first one least significant. */
function field(bits: Uint8Array, first: number, count: number): bigint {
  let value = 0n;
  for (let k = count; k-- > 0;) value = (value << 1n) | BigInt(bits[first + k] as number);
  return signed(value);
}

function operate(code: number, operand: number, stack: Value[]): Value {
  const y = stack.pop() as Value;
  const unary = REAL_UNARY[code] ?? WHOLE_UNARY[code];
  if (unary !== undefined) return (unary as (x: Value, width: number) => Value)(y, operand);
  if (code === CODE.floatToInt) {
    if (Math.abs(y as number) < 2 ** 63) return BigInt(Math.trunc(y as number));
    throw numeric(`A classical expression turns ${y} into an integer; no 64-bit integer holds it.`);
  }
  if (y === 0n && DIVISIONS.has(code)) throw numeric('A classical expression divides by zero.');
  const binary = REAL_BINARY[code] ?? WHOLE_BINARY[code];
  const x = stack.pop() as Value;
  return (binary as (x: Value, y: Value, width: number) => Value)(x, y, operand);
}

/** Whether an expression reads bits or variables. */
export function readsMemory({ code }: Tables, start: number): boolean {
  for (let at = start; code[at] !== 0; at += 2) {
    const item = code[at] as number;
    if (item >= CODE.bit && item <= VARIABLE_CODE.float) return true;
  }
  return false;
}
