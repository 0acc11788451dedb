import { checkArray, checkDistinct, checkInteger, checkOptions, checkQubit } from './arguments.js';
import type { Index } from './index-types.js';

/** Qubits of a pattern: a list in the order of use, or a range with both ends in it. */
export type Qubits<Q extends number = number, N extends number = number> =
  readonly Index<Q, N>[] | { readonly first: Index<Q, N>; readonly last: Index<Q, N> };

/** The listed qubits, checked and distinct; all of them where none are given. */
export function listQubits(qubits: unknown, total: number): readonly number[] {
  if (qubits === undefined) return Array.from({ length: total }, (_, k) => k);
  if (Array.isArray(qubits) || typeof qubits !== 'object' || qubits === null) {
    const list = checkArray(qubits, 'qubits').map((q, k) => checkQubit(q, `qubits[${k}]`, total));
    checkDistinct(list, 'qubits');
    return list;
  }
  const range = checkOptions(qubits, 'qubits', ['first', 'last']);
  const first = checkQubit(range.first, 'qubits.first', total);
  const last = checkQubit(range.last, 'qubits.last', total);
  checkInteger(last, 'qubits.last', first);
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}
