import { quoted } from '../printable.js';
import { Keyword } from '../keywords.js';
import { Node } from '../tree.js';
import { valueEntry } from './assign.js';
import { inFrame } from './frames.js';
import { evaluate, evaluateEntry, scalarTypeOf, sizeOf } from './evaluate.js';
import { convert } from './convert.js';
import { arrayTypeOf, checkDimensions } from './arrays.js';
import { type Entry, isValue, read, readVariable } from './entries.js';
import { type Completion, executeBlock } from './execute.js';
import { callExtern } from './extern.js';
import { leastCalls } from './look-ahead.js';
import type { Lowering } from './lowering.js';
import { declareWith, qubitsOf, write } from './places.js';
import { type Callable, isLasting, Scope } from './symbols.js';
import { sameType, type Type, typeText, VOID } from './types.js';
import { known, type Value } from './values.js';

/** `def name(…) …` or `extern name(…) …;` */
export function declareCallable(lowering: Lowering, node: number): void {
  const { tree, scope, global } = lowering;
  const kind = tree.kind(node) === Node.Def ? 'def' : 'extern';
  if (scope !== global) lowering.error(node, 'subroutines are declared outside of blocks');
  const calls = kind === 'def' ? leastCalls(lowering, node) : 0;
  const symbol: Callable = { kind, node, name: tree.name(node), scope, calls };
  lowering.declare(node, symbol);
  lowering.callables.push(symbol);
}

/** `f(x) q, r`: a call of a subroutine with its qubits behind the arguments. */
export function callWithQubits(lowering: Lowering, node: number): Value {
  const { tree } = lowering;
  const entries: Entry[] = [];
  for (let child = node + 1; child < tree.extent(node); child = tree.extent(child)) {
    const kind = tree.kind(child);
    if (kind === Node.Expression) entries.push(evaluateEntry(lowering, child));
    else if (kind === Node.Operand) entries.push(qubitsOf(lowering, child));
    else if (kind !== Node.Target)
      lowering.error(child, 'a subroutine takes no modifiers and no duration');
  }
  return callSubroutine(lowering, node, entries);
}

/** The value of a call of a subroutine or of an external function. */
export function callSubroutine(lowering: Lowering, node: number, entries: readonly Entry[]): Value {
  const symbol = lowering.resolve(node, ['def', 'extern']);
  if (symbol.kind === 'extern') return callExtern(lowering, node, symbol, entries);
  if (lowering.active.has(symbol.node)) {
    return lowering.error(node, `${quoted(symbol.name)} calls itself`, 'write a loop');
  }
  lowering.countRound(node, CALL);
  lowering.expectRounds(node, CALL * symbol.calls);
  const { formals, type, block, scope } = headOf(lowering, symbol);
  checkArity(lowering, node, symbol.name, formals.length, entries.length);
  formals.forEach((formal, k) => bind(lowering, node, block, scope, formal, entries[k] as Entry));
  if (lowering.rehearsal !== undefined) return unknownResult(lowering, entries, type);
  lowering.called.add(symbol.node);
  lowering.changed ??= new Map();
  const value = runBody(lowering, symbol, node, block, scope, type);
  lowering.calls += 1;
  return value;
}

/** The parts of a subroutine, and a scope for its names. */
export function headOf(lowering: Lowering, symbol: Callable): Head {
  const { tree } = lowering;
  const formals: number[] = [];
  let child = symbol.node + 1;
  for (; tree.kind(child) === Node.Formal; child = tree.extent(child)) formals.push(child);
  const scope = new Scope(symbol.scope, isLasting);
  const hasResult = tree.kind(child) === Node.Type;
  const type = hasResult ? inScope(lowering, scope, () => scalarTypeOf(lowering, child)) : VOID;
  return { formals, type, block: hasResult ? tree.extent(child) : child, scope };
}

/** What a subroutine takes and gives, and its body. */
export interface Head {
  readonly formals: readonly number[];
  readonly type: Type;
  readonly block: number;
  readonly scope: Scope;
}

/** What a call in a rehearsal gives: nobody knows, nor what it leaves in the arrays that it is given. */
function unknownResult(lowering: Lowering, entries: readonly Entry[], type: Type): Value {
  for (const entry of entries) {
    if (isValue(entry) || entry.kind !== 'array') continue;
    for (const element of entry.elements) lowering.setKnown(element, undefined);
  }
  if (type.kind === 'void') return known(VOID, 0n);
  return readVariable({ kind: 'variable', type, name: '_result', known: undefined });
}

/** How many rounds of a loop a call takes as long as. */
const CALL = 16;

export function inScope<T>(lowering: Lowering, scope: Scope, work: () => T): T {
  const outer = lowering.scope;
  lowering.scope = scope;
  try {
    return work();
  } finally {
    lowering.scope = outer;
  }
}

/** Carries out the body of a subroutine for a call, or a rehearsal, at a node. */
export function runBody(
  lowering: Lowering,
  symbol: Callable,
  node: number,
  block: number,
  scope: Scope,
  type: Type,
): Value {
  const outer = { result: lowering.result, loops: lowering.loops };
  const variable =
    type.kind === 'void' ? undefined : lowering.variable(node, `_${symbol.name}`, type);
  lowering.active.add(symbol.node);
  lowering.loops = [];
  try {
    const completion = inFrame(lowering, (frame): Completion => {
      lowering.result = { variable, frame };
      return executeBlock(lowering, block, scope);
    });
    // Only `end` goes further than the subroutine.
    if (typeof completion === 'object') lowering.flow.jump(completion);
  } finally {
    lowering.active.delete(symbol.node);
    Object.assign(lowering, outer);
  }
  return variable === undefined ? known(VOID, 0n) : readVariable(variable);
}

export function checkArity(
  lowering: Lowering,
  node: number,
  name: string,
  wanted: number,
  given: number,
): void {
  if (wanted === given) return;
  const count = wanted === 1 ? '1 argument' : `${wanted} arguments`;
  lowering.error(node, `${quoted(name)} takes ${count}, received ${given}`);
}

/** Declares an argument of a subroutine in its scope. */
function bind(
  lowering: Lowering,
  node: number,
  block: number,
  scope: Scope,
  formal: number,
  entry: Entry,
): void {
  const { tree } = lowering;
  const name = tree.data(formal);
  const typeNode = formal + 1;
  if (tree.kind(typeNode) === Node.ArrayReference) {
    scope.declare(name, boundArray(lowering, node, scope, typeNode, entry));
    return;
  }
  if (tree.data(typeNode) === Keyword.qubit) {
    scope.declare(name, boundQubits(lowering, node, scope, formal, entry));
    return;
  }
  const type = inScope(lowering, scope, () => scalarTypeOf(lowering, typeNode));
  const value = convert(lowering, node, read(lowering, node, entry), type);
  const variable = lowering.variable(formal, tree.name(formal), type);
  declareWith(lowering, block, scope, name, variable, value);
}

/** The size of a register of qubits that a subroutine takes; undefined for a single one. */
export function qubitCountOf(
  lowering: Lowering,
  scope: Scope,
  typeNode: number,
): number | undefined {
  const hasSize = lowering.tree.extent(typeNode) > typeNode + 1;
  if (!hasSize) return undefined;
  return inScope(lowering, scope, () =>
    sizeOf(lowering, typeNode, evaluate(lowering, typeNode + 1)),
  );
}

function boundQubits(
  lowering: Lowering,
  node: number,
  scope: Scope,
  formal: number,
  entry: Entry,
): Extract<Entry, { kind: 'qubits' }> {
  const { tree } = lowering;
  const given = qubitCountOf(lowering, scope, formal + 1);
  const hasSize = given !== undefined;
  const size = given ?? 1;
  const text = hasSize ? `a register of ${size} qubits` : 'a single qubit';
  if (isValue(entry) || entry.kind !== 'qubits') {
    return lowering.error(node, `expected ${text} for ${quoted(tree.name(formal))}`);
  }
  const { length } = entry.qubits;
  if (length !== size || (!hasSize && entry.isRegister)) {
    const received = entry.isRegister ? `a register of ${length}` : 'a single qubit';
    return lowering.wrongValue(
      node,
      `expected ${text} for ${quoted(tree.name(formal))}, received ${received}`,
    );
  }
  return { ...entry, isRegister: hasSize };
}

function boundArray(
  lowering: Lowering,
  node: number,
  scope: Scope,
  typeNode: number,
  entry: Entry,
): Extract<Entry, { kind: 'array' }> {
  const { tree } = lowering;
  if (isValue(entry) || entry.kind !== 'array') return lowering.error(node, 'expected an array');
  const isReadonly = tree.data(typeNode) === Keyword.readonly;
  if (entry.isReadonly && !isReadonly) return lowering.error(node, 'this array is readonly');
  const { type, shape } = inScope(lowering, scope, () => arrayTypeOf(lowering, typeNode));
  if (!sameType(type, entry.type)) {
    const [wanted, given] = [quoted(typeText(type)), quoted(typeText(entry.type))];
    return lowering.error(node, `expected an array of ${wanted}, received one of ${given}`);
  }
  const dimensions = dimensionsOf(lowering, scope, typeNode);
  const fits =
    dimensions === undefined
      ? shape.join() === entry.shape.join()
      : dimensions === entry.shape.length;
  if (!fits) {
    const wanted =
      dimensions === undefined ? `of ${shape.join('×')}` : `with ${dimensions} dimensions`;
    return lowering.wrongValue(
      node,
      `expected an array ${wanted}, received one of ${entry.shape.join('×')}`,
    );
  }
  return { ...entry, isReadonly };
}

/** The number of dimensions that `#dim` says; undefined where sizes are given. */
export function dimensionsOf(
  lowering: Lowering,
  scope: Scope,
  typeNode: number,
): number | undefined {
  const { tree } = lowering;
  const child = tree.extent(typeNode + 1);
  if (tree.kind(child) !== Node.Dimensions) return undefined;
  const count = inScope(lowering, scope, () =>
    sizeOf(lowering, child, evaluate(lowering, child + 1)),
  );
  checkDimensions(lowering, child, count);
  return count;
}

/** `return value;` */
export function returnValue(lowering: Lowering, node: number): Completion {
  const { tree, result } = lowering;
  if (result === undefined) return lowering.error(node, '`return` must stand inside a subroutine');
  const { variable, frame } = result;
  const hasValue = tree.extent(node) > node + 1;
  if (variable === undefined && hasValue) {
    // `return measure q;` in a subroutine without a result measures all the same.
    valueEntry(lowering, node + 1);
    return lowering.error(node, 'this subroutine returns nothing', 'add -> and a type to its head');
  }
  if (variable !== undefined) {
    if (!hasValue)
      return lowering.error(node, `expected a value of type ${quoted(typeText(variable.type))}`);
    const value = read(lowering, node + 1, valueEntry(lowering, node + 1));
    write(lowering, node, variable, convert(lowering, node + 1, value, variable.type));
  }
  return { target: frame, kind: 'break' };
}
