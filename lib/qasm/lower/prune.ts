import { innerLists, type Operation, operationExpressions } from '../../circuit/operation.js';
import type { Classical } from '../../circuit/classical.js';

type LoopOperation = Extract<Operation, { kind: 'while' | 'for' }>;

/** The variable that an assignment writes, if it is one. */
function written(operation: Operation): string | undefined {
  if (operation.kind !== 'assign') return undefined;
  const [item] = operation.target.items;
  return item?.op === 'variable' ? item.name : undefined;
}

/** Calls `visit` for all operations, those inside others included. Lists that wait are on a stack of their own. */
function visitAll(operations: readonly Operation[], visit: (operation: Operation) => void): void {
  const waiting: (readonly Operation[])[] = [operations];
  for (let list = waiting.pop(); list !== undefined; list = waiting.pop()) {
    for (const operation of list) {
      visit(operation);
      for (const inner of innerLists(operation)) waiting.push(inner);
    }
  }
}

/** Names of the variables whose values reach a gate, a condition or a bit. */
function usedVariables(operations: readonly Operation[]): ReadonlySet<string> {
  const used = new Set<string>();
  const readers = new Map<string, Set<string>>();
  const fresh: string[] = [];
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    fresh.push(name);
  };
  visitAll(operations, (operation) => {
    if ('params' in operation) {
      for (const angle of operation.params) {
        if (typeof angle !== 'number') for (const name of angle.variables.keys()) use(name);
      }
      return;
    }
    const target = written(operation);
    const sources: Classical[] =
      operation.kind === 'assign' ? [operation.value] : [...operationExpressions(operation)];
    if (operation.kind === 'for') sources.splice(sources.indexOf(operation.variable), 1);
    const names = sources.flatMap(({ variables }) => [...variables.keys()]);
    if (target === undefined) names.forEach(use);
    else {
      const known = readers.get(target) ?? new Set();
      names.forEach((name) => known.add(name));
      readers.set(target, known);
    }
  });
  for (let name = fresh.pop(); name !== undefined; name = fresh.pop()) {
    readers.get(name)?.forEach(use);
  }
  return used;
}

/**
 * Operations without the assignments to variables that nothing reads. Most variables of a program serve only what is
 * carried out before the run.
 *
 * @param replaced - told of each operation that another one takes the place of
 */
export function withoutUnused(
  operations: readonly Operation[],
  replaced: (before: Operation, after: Operation) => void,
): readonly Operation[] {
  const used = usedVariables(operations);
  const keep = (list: readonly Operation[]): readonly Operation[] => {
    const kept = list.filter((operation) => {
      const name = written(operation);
      return name === undefined || used.has(name);
    });
    const made = kept.map((operation) => {
      const after = rebuilt(operation, keep);
      if (after !== operation) replaced(operation, after);
      return after;
    });
    const isSame =
      made.length === list.length && made.every((operation, k) => operation === list[k]);
    return isSame ? list : Object.freeze(made);
  };
  return keep(operations);
}

/** An operation with other lists inside; itself where they are the same. */
function rebuilt(
  operation: Operation,
  change: (list: readonly Operation[]) => readonly Operation[],
): Operation {
  const before = innerLists(operation);
  if (before.length === 0) return operation;
  const after = before.map(change);
  if (after.every((list, k) => list === before[k])) return operation;
  const [first, second] = after as [readonly Operation[], readonly Operation[]];
  switch (operation.kind) {
    case 'if':
      return Object.freeze({ ...operation, body: first, otherwise: second });
    case 'switch':
      return Object.freeze({
        ...operation,
        cases: Object.freeze(
          operation.cases.map((one, k) =>
            Object.freeze({ ...one, body: after[k] as readonly Operation[] }),
          ),
        ),
        otherwise: after.at(-1) as readonly Operation[],
      });
    default:
      return Object.freeze({ ...(operation as LoopOperation), body: first });
  }
}
