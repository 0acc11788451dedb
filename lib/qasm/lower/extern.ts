import { quoted } from '../printable.js';
import { Node } from '../tree.js';
import { convert } from './convert.js';
import { arrayTypeOf } from './arrays.js';
import { type Entry, read } from './entries.js';
import { scalarTypeOf } from './evaluate.js';
import type { Lowering } from './lowering.js';
import { checkArity, inScope } from './subroutines.js';
import { type Callable, Scope } from './symbols.js';
import { type Type, VOID } from './types.js';
import { known, type Value } from './values.js';

/** The types that an external function takes, undefined for arrays, and the one that it gives. */
export function signatureOf(
  lowering: Lowering,
  symbol: Callable,
): { readonly types: readonly (Type | undefined)[]; readonly result: Type } {
  const { tree } = lowering;
  const types: (Type | undefined)[] = [];
  let result = VOID;
  inScope(lowering, new Scope(symbol.scope), () => {
    const end = tree.extent(symbol.node);
    for (let child = symbol.node + 1; child < end; child = tree.extent(child)) {
      if (tree.kind(child) === Node.Result) result = scalarTypeOf(lowering, child + 1);
      else if (tree.kind(child) === Node.Type) types.push(scalarTypeOf(lowering, child));
      else {
        arrayTypeOf(lowering, child);
        types.push(undefined);
      }
    }
  });
  return { types, result };
}

/** Calls what the caller of the parser supplied for an external function. */
export function callExtern(
  lowering: Lowering,
  node: number,
  symbol: Callable,
  entries: readonly Entry[],
): Value {
  const { types, result } = signatureOf(lowering, symbol);
  const fn = Object.hasOwn(lowering.supplies.extern ?? {}, symbol.name)
    ? lowering.supplies.extern?.[symbol.name]
    : undefined;
  if (fn === undefined) {
    const message = `${quoted(symbol.name)} is an external function, which qmlx does not have`;
    return lowering.unsupported(node, message, 'pass it with the option `extern`');
  }
  checkArity(lowering, node, symbol.name, types.length, entries.length);
  const values = entries.map((entry, k) => {
    const type = types[k];
    if (type === undefined) {
      return lowering.unsupported(
        node,
        `${quoted(symbol.name)} takes an array, and is only called with numbers`,
      );
    }
    const value = convert(lowering, node, read(lowering, node, entry), type);
    if (value.run !== undefined || typeof value.known === 'object') {
      const message = `${quoted(symbol.name)} needs values that are known before the run`;
      return lowering.unsupported(
        node,
        message,
        'external functions are called while the text is read',
      );
    }
    return value.type.kind === 'bool' ? value.known === 1n : value.known;
  });
  return externResult(lowering, node, symbol.name, fn(...values), result);
}

function externResult(
  lowering: Lowering,
  node: number,
  name: string,
  given: unknown,
  type: Type,
): Value {
  if (type.kind === 'void') return known(VOID, 0n);
  const isWhole =
    typeof given === 'bigint' || typeof given === 'boolean' || Number.isSafeInteger(given);
  if (isWhole) {
    const whole = known({ kind: 'int' }, BigInt(given as number), false);
    if (type.kind === 'bits') return convert(lowering, node, whole, type, true);
    return convert(lowering, node, whole, type);
  }
  if (typeof given === 'number' && Number.isFinite(given)) {
    return convert(lowering, node, known({ kind: 'float' }, given, false), type);
  }
  return lowering.error(node, `the external function ${quoted(name)} must return a finite number`);
}
