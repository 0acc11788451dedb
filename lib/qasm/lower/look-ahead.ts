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
  // A rehearsal goes through a body once.
  if (lowering.rehearsal !== undefined) return false;
  const { assigned, inPlaces } = sightOf(lowering, block);
  if (inPlaces.has(lowering.tree.data(loop)) && lowering.tree.kind(loop) === Node.For) return true;
  for (const name of inPlaces) if (assigned.has(name)) return true;
  return false;
}

/** Whether a block may write to a name. */
export function writesTo(lowering: Lowering, block: number, name: number): boolean {
  return sightOf(lowering, block).assigned.has(name);
}

/** Whether something in a node may leave a loop or a subroutine early. */
function jumps(tree: Tree, node: number): boolean {
  for (let inner = node; inner < tree.extent(node); inner += 1) {
    if (tree.kind(inner) === Node.Jump || tree.kind(inner) === Node.Return) return true;
  }
  return false;
}

/**
 * How many rounds the loops in a block have at least each time that it is carried out, as far as their ranges are
 * plain numbers and nothing leaves them. So loops in loops are refused before the first of their rounds.
 */
export function leastRounds({ tree }: Lowering, block: number): number {
  if (jumps(tree, block)) return 0;
  let product = 1;
  let total = 0;
  // One loop inside the other; the innermost is what multiplies.
  for (let inner = block; ;) {
    const loop = onlyLoop(tree, inner);
    if (loop === undefined) return total;
    const values = tree.extent(loop + 1);
    const count = plainCount(tree, values);
    if (count === undefined || !hasIndices(tree, loop)) return total;
    product *= count;
    total += product;
    inner = tree.extent(values);
  }
}

/**
 * How many calls the body of a subroutine makes at least, of subroutines declared before it, those that they make
 * included. So subroutines that call one another twice are refused before the first of their calls.
 */
export function leastCalls({ tree, global }: Lowering, def: number): number {
  if (jumps(tree, def)) return 0;
  const block = bodyOf(tree, def);
  let total = 0;
  for (let child = block + 1; child < tree.extent(block); child = tree.extent(child)) {
    // The last item of an expression is what it does with the values of the others.
    const call = tree.kind(child) === Node.Evaluate ? tree.extent(child) - 1 : child;
    const callee = CALLS.has(tree.kind(call)) ? global.find(tree.data(call)) : undefined;
    if (callee?.kind === 'def') total += 1 + callee.calls;
  }
  return Math.min(total, Number.MAX_SAFE_INTEGER);
}

/** What may call a subroutine. */
const CALLS: ReadonlySet<number> = new Set([Node.Call, Node.GateCall]);

/** The block of a Def, which is its last child. */
function bodyOf(tree: Tree, def: number): number {
  let child = def + 1;
  while (tree.extent(child) < tree.extent(def)) child = tree.extent(child);
  return child;
}

/** The first statement of a block, if it is a loop. */
function onlyLoop(tree: Tree, block: number): number | undefined {
  const first = block + 1;
  return first < tree.extent(block) && tree.kind(first) === Node.For ? first : undefined;
}

/** Whether indices inside a loop name its variable, so that its rounds are carried out one by one. */
function hasIndices(tree: Tree, loop: number): boolean {
  const names = new Set<number>();
  for (let node = loop; node < tree.extent(loop); node += 1) {
    if (tree.kind(node) === Node.Operand) noteNames(tree, node, names);
  }
  return names.has(tree.data(loop));
}

/** The length of a range of plain numbers that are not negative. */
function plainCount(tree: Tree, expression: number): number | undefined {
  const [first, last, range] = [expression + 1, expression + 2, expression + 3];
  const isPlain =
    tree.extent(expression) === expression + 4 &&
    tree.kind(first) === Node.Integer &&
    tree.kind(last) === Node.Integer &&
    tree.kind(range) === Node.Range;
  return isPlain ? Math.max(0, tree.number(last) - tree.number(first) + 1) : undefined;
}
