import { Node } from '../tree.js';
import type { Lowering } from './lowering.js';
import type { Variable } from './symbols.js';

/** What a block writes to and computes with, found without carrying it out. */
interface Sight {
  /** Names that are assigned or declared. */
  readonly assigned: ReadonlySet<number>;
  /** Names that are passed to subroutines, which may write to arrays. */
  readonly passed: ReadonlySet<number>;
  /** Names in places that should be known before the run: indices, sizes, modifiers, arguments. */
  readonly inPlaces: ReadonlySet<number>;
}

const sights = new WeakMap<object, Map<number, Sight>>();

function sightOf({ tree }: Lowering, block: number): Sight {
  const known = sights.get(tree) ?? new Map<number, Sight>();
  sights.set(tree, known);
  const before = known.get(block);
  if (before !== undefined) return before;
  const assigned = new Set<number>();
  const inPlaces = new Set<number>();
  const passed = new Set<number>();
  for (let node = block; node < tree.extent(block);) {
    const kind = tree.kind(node);
    const isWriting = kind === Node.Assign || kind === Node.Measure || kind === Node.Target;
    if (isWriting) noteOperands(tree, node, assigned);
    if (kind === Node.Variable || kind === Node.For || kind === Node.Alias)
      assigned.add(tree.data(node));
    if (
      kind === Node.Operand ||
      kind === Node.Modifier ||
      kind === Node.Type ||
      kind === Node.Alias
    ) {
      noteNames(tree, node, inPlaces);
    }
    if (kind === Node.Expression) noteCalls(tree, node, passed, inPlaces);
    if (kind === Node.GateCall) noteNames(tree, node, passed);
    node += 1;
  }
  const sight = { assigned, passed, inPlaces };
  known.set(block, sight);
  return sight;
}

type Tree = Lowering['tree'];

function noteOperands(tree: Tree, node: number, names: Set<number>): void {
  for (let child = node + 1; child < tree.extent(node); child = tree.extent(child)) {
    if (tree.kind(child) === Node.Operand) names.add(tree.data(child));
  }
}

function noteNames(tree: Tree, node: number, names: Set<number>): void {
  for (let item = node + 1; item < tree.extent(node); item += 1) {
    if (tree.kind(item) === Node.Name) names.add(tree.data(item));
  }
}

/** Names in the indices and the arguments of an expression, found by where the operands of its items begin. */
function noteCalls(tree: Tree, node: number, passed: Set<number>, inPlaces: Set<number>): void {
  const starts: number[] = [];
  for (let item = node + 1; item < tree.extent(node); item += 1) {
    const arity = tree.arity(item);
    const operands = starts.splice(starts.length - arity);
    starts.push(operands[0] ?? item);
    const kind = tree.kind(item);
    const isIndex = kind === Node.Index;
    if ((!isIndex && kind !== Node.Call) || arity === 0) continue;
    const first = (isIndex ? operands[1] : operands[0]) as number;
    for (let inner = first; inner < item; inner += 1) {
      if (tree.kind(inner) !== Node.Name) continue;
      inPlaces.add(tree.data(inner));
      if (!isIndex) passed.add(tree.data(inner));
    }
  }
}

/** Variables around a block that it may write to. */
export function* assignedIn(lowering: Lowering, block: number): Generator<Variable> {
  const { assigned, passed } = sightOf(lowering, block);
  for (const name of new Set([...assigned, ...passed])) {
    const symbol = lowering.scope.find(name);
    if (symbol?.kind === 'array') yield* symbol.elements;
    else if (symbol?.kind === 'variable' && assigned.has(name)) yield symbol;
  }
}

/**
 * Whether the rounds of a loop should be carried out one by one: where indices, sizes or arguments in its body
 * depend on its variable or on what it writes.
 */
export function needsRounds(lowering: Lowering, loop: number, block: number): boolean {
  const { assigned, inPlaces } = sightOf(lowering, block);
  if (inPlaces.has(lowering.tree.data(loop)) && lowering.tree.kind(loop) === Node.For) return true;
  for (const name of inPlaces) if (assigned.has(name)) return true;
  return false;
}

/** Whether a block may write to a name. */
export function writesTo(lowering: Lowering, block: number, name: number): boolean {
  return sightOf(lowering, block).assigned.has(name);
}
