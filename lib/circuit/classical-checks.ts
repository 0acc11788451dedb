import { QuantumError } from '../errors.js';
import { checkBit, invalidArgument } from './arguments.js';
import { Classical, toClassical, type ClassicalItem } from './classical.js';
import { sameType, type ClassicalType } from './classical-items.js';
import { Expression, type Angle } from './expression.js';
import { operationAngles, operationExpressions, innerLists, type Operation } from './operation.js';
import type { Register } from './registers.js';

/** Classical bits of a circuit and the registers that they form. */
export interface BitSpace {
  readonly bits: number;
  readonly bitRegisters: readonly Register[];
}

/** Registers longer than this are no 64-bit numbers. */
const LONGEST_REGISTER = 64;

function resolved(item: ClassicalItem, space: BitSpace, argument: string): ClassicalItem {
  if (item.op === 'bit') checkBit(item.bit, argument, space.bits);
  if (item.op === 'bits') checkBit(item.first + item.count - 1, argument, space.bits);
  if (item.op !== 'register') return item;
  const register = space.bitRegisters.find(({ name }) => name === item.name);
  if (register === undefined) {
    const names = space.bitRegisters.map(({ name }) => name).join(', ') || 'none';
    throw invalidArgument(
      argument,
      `an expression over registers of the circuit (${names})`,
      item.name,
    );
  }
  if (register.size <= LONGEST_REGISTER) {
    return { op: 'bits', first: register.start, count: register.size };
  }
  throw new QuantumError(
    'ERR_LIMIT',
    `Expected a register of at most ${LONGEST_REGISTER} bits in ${argument}, but ${item.name} has ${register.size}.`,
    { limit: 'registerBits', maximum: LONGEST_REGISTER, received: register.size },
  );
}

/** A classical expression in a circuit: registers found, bits in range. */
export function checkClassical(value: unknown, space: BitSpace, argument: string): Classical {
  const expression = toClassical(value, argument);
  const items = expression.items.map((item) => resolved(item, space, argument));
  return new Classical(items, expression.type);
}

/** An angle whose classical parts fit a circuit. */
export function resolveAngle(angle: Angle, space: BitSpace, argument: string): Angle {
  if (typeof angle === 'number' || angle.items.every(({ op }) => op !== 'classical')) return angle;
  return new Expression(
    angle.items.map((item) =>
      item.op === 'classical'
        ? { op: 'classical' as const, value: checkClassical(item.value, space, argument) }
        : item,
    ),
  );
}

/** A bit, a register or a variable to write to, as an expression of this one item. */
export function checkTarget(value: unknown, space: BitSpace, argument: string): Classical {
  const target = value instanceof Classical ? checkClassical(value, space, argument) : undefined;
  const [item] = target?.items ?? [];
  const writable = item?.op === 'bit' || item?.op === 'bits' || item?.op === 'variable';
  if (target?.items.length === 1 && writable) return target;
  throw invalidArgument(argument, 'a bit, a register or a variable', value);
}

/** Adds the variables of an operation to those of a circuit; a name has one type. */
export function declareVariables(known: Map<string, ClassicalType>, operation: Operation): void {
  for (const { variables } of operationExpressions(operation)) declareAll(known, variables);
  for (const angle of operationAngles(operation)) {
    if (typeof angle !== 'number') declareAll(known, angle.variables);
  }
  for (const list of innerLists(operation)) {
    for (const inner of list) declareVariables(known, inner);
  }
}

function declareAll(
  known: Map<string, ClassicalType>,
  variables: ReadonlyMap<string, ClassicalType>,
): void {
  for (const [name, type] of variables) {
    const before = known.get(name);
    if (before !== undefined && !sameType(before, type)) {
      throw invalidArgument('variable', `of one type wherever the name ${name} is used`, name);
    }
    known.set(name, type);
  }
}
