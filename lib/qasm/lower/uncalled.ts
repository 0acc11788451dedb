import { LIMITS } from '../../limits.js';
import { Keyword } from '../keywords.js';
import { Node } from '../tree.js';
import { arrayTypeOf } from './arrays.js';
import { scalarTypeOf } from './evaluate.js';
import { signatureOf } from './extern.js';
import { Fault, type Lowering } from './lowering.js';
import { rehearse } from './rehearse.js';
import { dimensionsOf, headOf, inScope, qubitCountOf, runBody } from './subroutines.js';
import type { ArrayVariable, Callable, LoweredSymbol, Scope, Variable } from './symbols.js';

/** Looks through the subroutines that were never called, and the heads of external functions that were not. */
export function rehearseUncalled(lowering: Lowering): void {
  for (const symbol of lowering.callables) {
    if (lowering.called.has(symbol.node)) continue;
    const work = symbol.kind === 'def' ? rehearseBody : signatureOf;
    rehearse(lowering, symbol.node, wantedOf(lowering, symbol), () => {
      try {
        work(lowering, symbol);
      } catch (fault) {
        // It is reported.
        if (!(fault instanceof Fault)) throw fault;
      }
    });
  }
}

/** Sizes of arrays that are not written show nothing about their indices. */
function wantedOf({ tree }: Lowering, { node }: Callable): 'all' | 'types' {
  for (let formal = node + 1; formal < tree.extent(node); formal = tree.extent(formal)) {
    if (tree.kind(formal) === Node.Formal && tree.kind(formal + 1) === Node.ArrayReference)
      return 'types';
  }
  return 'all';
}

function rehearseBody(lowering: Lowering, symbol: Callable): void {
  const { formals, type, block, scope } = headOf(lowering, symbol);
  for (const formal of formals) {
    scope.declare(lowering.tree.data(formal), anyOf(lowering, scope, formal));
  }
  runBody(lowering, symbol, symbol.node, block, scope, type);
}

/** What an argument may be: a value that nobody knows, or qubits of nowhere. */
function anyOf(lowering: Lowering, scope: Scope, formal: number): LoweredSymbol {
  const { tree } = lowering;
  const typeNode = formal + 1;
  const unknown = (type: Variable['type']): Variable => ({
    kind: 'variable',
    type,
    name: tree.name(formal),
    known: undefined,
  });
  if (tree.kind(typeNode) === Node.ArrayReference) {
    const { type, shape: sizes } = inScope(lowering, scope, () => arrayTypeOf(lowering, typeNode));
    const count = dimensionsOf(lowering, scope, typeNode) ?? sizes.length;
    // One element is like the others.
    const shape = Array.from({ length: count }, () => 1);
    return {
      kind: 'array',
      type,
      shape,
      elements: [unknown(type)],
      isReadonly: tree.data(typeNode) === Keyword.readonly,
    } satisfies ArrayVariable;
  }
  if (tree.data(typeNode) === Keyword.qubit) {
    const size = qubitCountOf(lowering, scope, typeNode);
    const qubits = Array.from(
      { length: Math.min(size ?? 1, LIMITS.qubits) },
      (_, k) => lowering.qubits + k,
    );
    return { kind: 'qubits', qubits, isRegister: size !== undefined };
  }
  return unknown(inScope(lowering, scope, () => scalarTypeOf(lowering, typeNode)));
}
