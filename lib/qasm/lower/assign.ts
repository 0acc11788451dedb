import { Classical } from '../../circuit/classical.js';
import { Node } from '../tree.js';
import { Token } from '../tokens.js';
import { convert } from './convert.js';
import { type Entry, isValue, read } from './entries.js';
import { evaluateEntry } from './evaluate.js';
import { callWithQubits } from './subroutines.js';
import type { Lowering } from './lowering.js';
import { binary } from './operators.js';
import {
  copyArray,
  qubitsOf,
  targetOf,
  targetType,
  targetValue,
  toValueTarget,
  type ValueTarget,
  write,
} from './places.js';
import type { Qubits, Variable } from './symbols.js';
import { BIT, type Type } from './types.js';
import { atRunTime, type Value } from './values.js';

/** `target = value;` and its compound forms. */
export function assign(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  const operand = node + 1;
  const source = tree.extent(operand);
  const target = targetOf(lowering, operand);
  const operator = tree.data(node);
  if (tree.kind(source) === Node.MeasureValue && operator === Token.Equals) {
    const place = toValueTarget(lowering, node, target);
    measureInto(lowering, node, qubitsOf(lowering, source + 1), place);
    return;
  }
  const entry = valueEntry(lowering, source);
  if (target.kind === 'array') {
    if (operator !== Token.Equals) lowering.error(node, 'arrays are only assigned with `=`');
    copyArray(lowering, node, target, entry);
    return;
  }
  const given = read(lowering, source, entry);
  const type = targetType(target);
  const value =
    operator === Token.Equals
      ? given
      : binary(lowering, node, operator, targetValue(lowering, operand, target), given);
  write(lowering, node, target, convert(lowering, source, value, type));
}

/** The value of an assignment or a declaration: an expression, a measurement or a call on qubits. */
export function valueEntry(lowering: Lowering, node: number): Entry {
  const { tree } = lowering;
  switch (tree.kind(node)) {
    case Node.MeasureValue:
      return measured(lowering, node, qubitsOf(lowering, node + 1));
    case Node.GateCall:
      return callWithQubits(lowering, node);
    default:
      return evaluateEntry(lowering, node);
  }
}

/** An expression whose value nobody uses, such as the call of a subroutine. */
export function evaluateStatement(lowering: Lowering, node: number): void {
  const entry = evaluateEntry(lowering, node + 1);
  if (isValue(entry) && entry.type.kind === 'void') return;
  if (!isValue(entry) && entry.kind !== 'range') return;
  read(lowering, node + 1, entry);
}

/** `measure q -> c;` or `measure q;`. */
export function measureArrow(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  const first = node + 1;
  const second = tree.extent(first);
  if (second === tree.extent(node)) {
    measured(lowering, node, qubitsOf(lowering, first));
    return;
  }
  const qubits = qubitsOf(lowering, first);
  measureInto(lowering, node, qubits, toValueTarget(lowering, node, targetOf(lowering, second)));
}

/** Measures qubits into a target of as many bits. */
export function measureInto(
  lowering: Lowering,
  node: number,
  qubits: Qubits,
  target: ValueTarget,
): void {
  const size = bitCount(lowering, node, target);
  if (qubits.qubits.length !== size) {
    const counted = (count: number, what: string): string =>
      `${count} ${what}${count === 1 ? '' : 's'}`;
    const message = `cannot measure ${counted(qubits.qubits.length, 'qubit')} into ${counted(size, 'bit')}`;
    lowering.wrongValue(node, message, 'measure a register into one of the same size');
  }
  if (target.kind !== 'bits') {
    const value = measured(lowering, node, qubits);
    write(lowering, node, target, convert(lowering, node, value, targetType(target)));
    return;
  }
  lowering.reserve(node, size);
  qubits.qubits.forEach((qubit, k) => {
    lowering.push({ kind: 'measure', qubit, bit: target.bits[k] as number });
  });
}

function bitCount(lowering: Lowering, node: number, target: ValueTarget): number {
  if (target.kind === 'bits') return target.bits.length;
  const type = targetType(target);
  if (type.kind === 'bits') return type.width;
  if (type.kind === 'bit' || type.kind === 'bool') return 1;
  return lowering.error(node, 'a measurement is written into bits');
}

/** Outcomes are first written to this bit of the circuit, which gets its value back. */
const BORROWED = 0;

/** The outcomes of a measurement as a value of a variable of their own. */
function measured(lowering: Lowering, node: number, { qubits, isRegister }: Qubits): Value {
  if (qubits.length > 64) {
    lowering.unsupported(node, 'up to 64 qubits can be measured into a variable at once');
  }
  const type: Type = isRegister ? { kind: 'bits', width: qubits.length } : BIT;
  const outcome = lowering.variable(node, '_outcome', type);
  const kept: Variable = { kind: 'variable', type: BIT, name: '_borrowed', known: undefined };
  const borrowed: ValueTarget = { kind: 'bits', bits: [BORROWED], isRegister: false };
  const bit = (): Value =>
    atRunTime(BIT, new Classical([{ op: 'bit', bit: BORROWED }], { kind: 'bit' }));
  lowering.borrowsBit = true;
  write(lowering, node, kept, bit());
  let value: Value | undefined;
  qubits.forEach((qubit, k) => {
    lowering.add({ kind: 'measure', qubit, bit: BORROWED });
    if (!isRegister) write(lowering, node, outcome, bit());
    else {
      const whole = convertBit(bit(), k, type);
      const before = value === undefined ? undefined : atRunTime(type, variableOf(outcome, type));
      const next = before === undefined ? whole : atRunTime(type, joined(before, whole, type));
      write(lowering, node, outcome, next);
      value = next;
    }
  });
  write(
    lowering,
    node,
    borrowed,
    atRunTime(
      BIT,
      new Classical([{ op: 'variable', name: kept.name, type: { kind: 'bit' } }], { kind: 'bit' }),
    ),
  );
  return atRunTime(type, variableOf(outcome, type));
}

function layer(type: Type): Classical['type'] {
  return type.kind === 'bits' ? { kind: 'uint', width: type.width } : { kind: 'bit' };
}

function variableOf({ name }: Variable, type: Type): Classical {
  return new Classical([{ op: 'variable', name, type: layer(type) }], layer(type));
}

/** A bit at a place of a register. */
function convertBit(bit: Value, place: number, type: Type): Value {
  const run = (bit.run as Classical).toUint(64).shiftLeft(place);
  return atRunTime(type, new Classical(run.items, layer(type)));
}

function joined(a: Value, b: Value, type: Type): Classical {
  const run = (a.run as Classical).bitOr(b.run as Classical);
  return new Classical(run.items, layer(type));
}
