import { Classical } from '../../circuit/classical.js';
import { LIMITS } from '../../limits.js';
import { quoted } from '../printable.js';
import { Keyword } from '../keywords.js';
import { Node } from '../tree.js';
import { measureInto, valueEntry } from './assign.js';
import { declareArray } from './arrays.js';
import { evaluate, evaluateEntry, scalarTypeOf, sizeOf } from './evaluate.js';
import { convert } from './convert.js';
import { type Entry, isValue, read } from './entries.js';
import { attempt } from './execute.js';
import { NeedsIndex } from './indices.js';
import { Fault, type Lowering } from './lowering.js';
import { qubitsOf, write } from './places.js';
import type { ArrayVariable, Bits, LoweredSymbol, Qubits, Variable } from './symbols.js';
import { BIT, FLOAT, isInteger, isReal, isTruth, type Type, typeText, widthOf } from './types.js';
import { atRunTime, known, type Known, type Value } from './values.js';

/** Declares what `work` makes of a node, or that the declaration failed. */
export function declaring(lowering: Lowering, node: number, work: () => LoweredSymbol): void {
  try {
    lowering.declare(node, work());
  } catch (fault) {
    const { scope, tree } = lowering;
    if (fault instanceof Fault && scope.own(tree.data(node)) === undefined) {
      scope.declare(tree.data(node), { kind: 'broken' });
    }
    throw fault;
  }
}

/** The size that an Expression gives a register. */
function registerSize(lowering: Lowering, node: number): number {
  const value = evaluate(lowering, node);
  if (value.run === undefined && value.known === 0n) {
    lowering.wrongValue(node, 'a register needs at least 1 element');
  }
  return sizeOf(lowering, node, value);
}

export function checkNew(lowering: Lowering, node: number): void {
  const { scope, tree } = lowering;
  const own = scope.own(tree.data(node));
  if (own !== undefined && own.kind !== 'broken') lowering.declare(node, { kind: 'broken' });
}

/** `qubit[size] name;` or `qreg name[size];` */
export function declareQubits(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  if (lowering.scope !== lowering.global) {
    lowering.error(node, 'qubits can only be declared outside of blocks');
  }
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    const hasSize = tree.extent(node) > node + 1;
    const size = hasSize ? registerSize(lowering, node + 1) : 1;
    return newQubits(lowering, node, tree.name(node), size, hasSize);
  });
}

/** Qubits of the circuit for a register. */
export function newQubits(
  lowering: Lowering,
  node: number,
  name: string,
  size: number,
  isRegister: boolean,
): Qubits {
  const start = lowering.qubits;
  checkTotal(lowering, node, 'qubits', start + size);
  lowering.qubits += size;
  lowering.qubitRegisters.push(Object.freeze({ name, start, size }));
  return { kind: 'qubits', qubits: Array.from({ length: size }, (_, k) => start + k), isRegister };
}

function checkTotal(
  lowering: Lowering,
  node: number,
  kind: 'qubits' | 'bits',
  total: number,
): void {
  const maximum = LIMITS[kind];
  if (total <= maximum) return;
  const what = kind === 'qubits' ? 'qubits' : 'classical bits';
  const message = `a program may have ${maximum} ${what}; with this register it has ${total}`;
  lowering.exceed(node, message, kind, maximum, total);
}

/** Bits of the circuit for a register. */
function newBits(
  lowering: Lowering,
  node: number,
  size: number,
  isRegister: boolean,
  type?: Type,
): Bits {
  const start = lowering.bits;
  checkTotal(lowering, node, 'bits', start + size);
  lowering.bits += size;
  lowering.bitRegisters.push(Object.freeze({ name: lowering.tree.name(node), start, size }));
  const bits = Array.from({ length: size }, (_, k) => start + k);
  return { kind: 'bits', bits, isRegister, ...(type === undefined ? {} : { type }) };
}

/** `creg name[size];` */
export function declareOldBits(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  const hasSize = tree.extent(node) > node + 1;
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    const size = hasSize ? registerSize(lowering, node + 1) : 1;
    const type: Type = hasSize ? { kind: 'bits', width: size } : BIT;
    return newVariable(lowering, node, type);
  });
}

/** Bits or a variable of a type: bits declared outside of blocks are bits of the circuit. */
function newVariable(lowering: Lowering, node: number, type: Type): Bits | Variable {
  const isBits = type.kind === 'bits' || type.kind === 'bit';
  if (isBits && lowering.scope === lowering.global) {
    return newBits(lowering, node, type.kind === 'bits' ? type.width : 1, type.kind === 'bits');
  }
  return lowering.variable(node, lowering.tree.name(node), type);
}

/** `type name;` or `type name = value;` */
export function declareVariable(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  const typeNode = node + 1;
  const source = tree.extent(typeNode);
  const hasValue = source < tree.extent(node);
  if (tree.data(typeNode) === Keyword.array) {
    declareArray(lowering, node, hasValue ? source : undefined);
    return;
  }
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    const type = declaredType(lowering, typeNode);
    const symbol = newVariable(lowering, node, type);
    // The value is of the scope before the name is declared.
    if (hasValue) filling(lowering, node, () => fill(lowering, node, source, symbol, type));
    else if (symbol.kind === 'variable') startEmpty(lowering, node, symbol);
    return symbol;
  });
}

/** Gives a declared name its first value, which may need indices that only the run knows. */
export function filling(lowering: Lowering, node: number, work: () => void): void {
  const { faults } = lowering;
  attempt(lowering, node, work);
  if (lowering.faults > faults) throw new Fault('a value that is reported');
}

function fill(
  lowering: Lowering,
  node: number,
  source: number,
  symbol: Bits | Variable,
  type: Type,
): void {
  if (lowering.tree.kind(source) === Node.MeasureValue) {
    measureInto(lowering, node, qubitsOf(lowering, source + 1), symbol);
  } else write(lowering, node, symbol, initial(lowering, source, type));
}

/** The type of a declaration; a register of no bits is refused in the words for registers. */
function declaredType(lowering: Lowering, node: number): Type {
  const { tree } = lowering;
  const hasWidth = tree.extent(node) > node + 1 && tree.kind(node + 1) === Node.Expression;
  if (tree.data(node) !== Keyword.bit || !hasWidth) return scalarTypeOf(lowering, node);
  return { kind: 'bits', width: registerSize(lowering, node + 1) };
}

export function initial(lowering: Lowering, node: number, type: Type): Value {
  if (lowering.tree.kind(node) === Node.ArrayLiteral) {
    return lowering.error(node, 'only arrays take values in braces');
  }
  return convert(lowering, node, read(lowering, node, valueEntry(lowering, node)), type);
}

/** Variables begin with 0, also when a block is carried out again. */
export function startEmpty(lowering: Lowering, node: number, variable: Variable): void {
  const { type } = variable;
  if (type.kind === 'complex' || type.kind === 'duration' || type.kind === 'stretch') {
    variable.known = type.kind === 'complex' ? { re: 0, im: 0 } : NaN;
    return;
  }
  const zero: Known = isReal(type) ? 0 : 0n;
  if (lowering.scope === lowering.global) variable.known = zero;
  else write(lowering, node, variable, known(type, zero, false));
}

/** `const type name = value;` */
export function declareConstant(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    const type = scalarTypeOf(lowering, node + 1);
    const source = tree.extent(node + 1);
    const value = initial(lowering, source, type);
    if (value.run !== undefined || !value.isConst) {
      lowering.error(
        source,
        'a constant needs a value that is constant',
        'drop const for a variable',
      );
    }
    return { kind: 'constant', value };
  });
}

/** `input type name;`: a parameter of the circuit. */
export function declareInput(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  if (lowering.scope !== lowering.global)
    lowering.error(node, 'inputs are declared outside of blocks');
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    const name = tree.name(node);
    const type =
      tree.data(node + 1) === Keyword.array ? undefined : scalarTypeOf(lowering, node + 1);
    const isNumber =
      type !== undefined &&
      (isReal(type) || isInteger(type) || isTruth(type) || type.kind === 'angle');
    if (!isNumber) {
      const message = `an input must be a number; qmlx has no parameters of other types`;
      return lowering.unsupported(node, message);
    }
    const parameter = new Classical([{ op: 'parameter', name }], { kind: 'float' });
    // A float is given as what it is, so that the circuit keeps a plain parameter.
    const given = atRunTime(type.kind === 'float' ? type : FLOAT, parameter);
    return { kind: 'constant', value: convert(lowering, node, given, type) };
  });
}

/** `output type name;`: bits of the circuit. */
export function declareOutput(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  if (lowering.scope !== lowering.global)
    lowering.error(node, 'outputs are declared outside of blocks');
  declaring(lowering, node, () => {
    checkNew(lowering, node);
    if (tree.data(node + 1) === Keyword.array) {
      return lowering.unsupported(node, 'an output must be of bits; arrays cannot be in a result');
    }
    const type = declaredType(lowering, node + 1);
    lowering.outputs.add(tree.name(node));
    if (type.kind === 'bits' || type.kind === 'bit') return newVariable(lowering, node, type);
    if (isReal(type) || !(isInteger(type) || isTruth(type) || type.kind === 'angle')) {
      const message = `an output must be of bits; ${quoted(typeText(type))} cannot be in a result`;
      return lowering.unsupported(node, message, 'give it a width, such as angle[16]');
    }
    return newBits(lowering, node, isTruth(type) ? 1 : widthOf(type), !isTruth(type), type);
  });
}

/** `let name = a ++ b;` */
export function declareAlias(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  declaring(lowering, node, () => {
    const parts: Entry[] = [];
    for (let child = node + 1; child < tree.extent(node); child = tree.extent(child)) {
      parts.push(placeOf(lowering, child));
    }
    const [first] = parts;
    if (parts.length === 1) return aliasOf(lowering, node, first as Entry);
    const places = parts.map((part) => aliasOf(lowering, node, part));
    return joined(lowering, node, places);
  });
}

function placeOf(lowering: Lowering, node: number): Entry {
  try {
    return evaluateEntry(lowering, node);
  } catch (fault) {
    if (!(fault instanceof NeedsIndex)) throw fault;
    const message = 'an alias needs indices that are known before the run';
    return lowering.unsupported(node, message, 'give the index where the alias is used');
  }
}

function aliasOf(lowering: Lowering, node: number, entry: Entry): Qubits | Bits | ArrayVariable {
  if (
    !isValue(entry) &&
    (entry.kind === 'qubits' || entry.kind === 'bits' || entry.kind === 'array')
  ) {
    return entry;
  }
  return lowering.error(node, 'an alias stands for qubits, bits or an array');
}

function joined(
  lowering: Lowering,
  node: number,
  places: readonly (Qubits | Bits | ArrayVariable)[],
): LoweredSymbol {
  const kinds = new Set(places.map(({ kind }) => kind));
  if (kinds.size > 1) lowering.error(node, '`++` joins qubits with qubits and bits with bits');
  const elements = places.flatMap((place): readonly unknown[] =>
    place.kind === 'qubits' ? place.qubits : place.kind === 'bits' ? place.bits : place.elements,
  );
  const [first] = places as [Qubits | Bits | ArrayVariable];
  if (first.kind !== 'array' && new Set(elements).size < elements.length) {
    lowering.wrongValue(node, 'a register cannot be joined with a part of itself');
  }
  if (first.kind === 'qubits')
    return { kind: 'qubits', qubits: elements as number[], isRegister: true };
  if (first.kind === 'bits') return { kind: 'bits', bits: elements as number[], isRegister: true };
  return lowering.error(
    node,
    'arrays are joined by copying',
    'declare an array and assign its parts',
  );
}
