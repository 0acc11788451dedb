import { Node } from '../tree.js';
import type { Lowering, Rehearsal } from './lowering.js';

/** Items of expressions that may have another value elsewhere. */
const NAMING: ReadonlySet<number> = new Set([Node.Name, Node.Call]);

/** What to look for behind a condition: one that names nothing keeps the run away from nothing. */
export function behind({ tree }: Lowering, condition: number): Rehearsal {
  for (let item = condition + 1; item < tree.extent(condition); item += 1) {
    if (NAMING.has(tree.kind(item))) return 'types';
  }
  return 'all';
}

/**
 * Carries out statements that the run does not come to, once, to find what is wrong with them. Nothing that they do
 * lasts: no operation, no register, and no value of a variable.
 *
 * @param first - node of the first of them
 */
export function rehearse(
  lowering: Lowering,
  first: number,
  wanted: Rehearsal,
  work: () => unknown,
): void {
  if (lowering.rehearsed.has(first)) return;
  lowering.rehearsed.add(first);
  const { rehearsal, statement, qubits, bits, borrowsBit, rounds, faults, flow } = lowering;
  const registers = [lowering.qubitRegisters.length, lowering.bitRegisters.length] as const;
  lowering.rehearsal = rehearsal === 'types' ? 'types' : wanted;
  try {
    lowering.perhaps(() => flow.guard(work));
  } finally {
    // What the run does not come to ends no loop around it.
    Object.assign(lowering, { rehearsal, statement, qubits, bits, borrowsBit, rounds, faults });
    [lowering.qubitRegisters.length, lowering.bitRegisters.length] = registers;
  }
}
