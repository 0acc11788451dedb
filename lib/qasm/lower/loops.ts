import { unrolled } from './frames.js';
import { evaluate, evaluateEntry, scalarTypeOf } from './evaluate.js';
import { Classical } from '../../circuit/classical.js';
import type { ForOperation } from '../../circuit/operation.js';
import { LIMITS } from '../../limits.js';
import { IN_BRACKETS, Node } from '../tree.js';
import { assignedIn, leastRounds, needsRounds } from './look-ahead.js';
import { convert, toCondition, toKnownInteger } from './convert.js';
import {
  bitsOfValue,
  type Entry,
  isValue,
  type RangeEntry,
  read,
  readVariable,
  variableTarget,
} from './entries.js';
import { attempt, branch, type Branch, type Completion, execute, executeBlock } from './execute.js';
import type { Context, Jump } from './flow.js';
import { NeedsIndex } from './indices.js';
import type { Lowering } from './lowering.js';
import { behind, rehearse } from './rehearse.js';
import { declareWith, write } from './places.js';
import { Scope, type Variable } from './symbols.js';
import { BOOL, INT, isInteger, isReal, widthOf } from './types.js';
import { atRunTime, known, toLayer, type Value } from './values.js';

/** A jump that leaves a context, and one that goes on with its next round. */
function loopOf(context: Context): { leave: Jump; goOn: Jump } {
  return { leave: { target: context, kind: 'break' }, goOn: { target: context, kind: 'continue' } };
}

/** Forgets what variables hold that a loop of the run writes to. */
function forgetAssigned(lowering: Lowering, block: number): void {
  for (const variable of assignedIn(lowering, block)) lowering.setKnown(variable, undefined);
}

/** The body of a loop of the run, to be closed with `flow.closeLoop`. */
function loopBody(lowering: Lowering, block: number, scope: Scope, before: () => void): Branch {
  const context = lowering.flow.open(true);
  lowering.loops.push(loopOf(context));
  try {
    return branch(lowering, () => {
      before();
      const completion = executeBlock(lowering, block, new Scope(scope));
      // Going on with the next round is what the end of the body does.
      const isEnd =
        typeof completion === 'object' &&
        completion.target === context &&
        completion.kind === 'continue';
      return isEnd ? undefined : completion;
    });
  } finally {
    lowering.loops.pop();
  }
}

/** `while (condition) …` */
export function executeWhile(lowering: Lowering, node: number): Completion {
  const { tree } = lowering;
  const block = tree.extent(node + 1);
  if (needsRounds(lowering, node, block)) {
    const rounds = tryRounds(lowering, node, block);
    if (rounds !== 'unknown') return rounds;
  }
  forgetAssigned(lowering, node);
  const condition = plainCondition(lowering, node + 1);
  const only = condition?.items.length === 1 ? condition.items[0] : undefined;
  const isNever = only?.op === 'integer' && only.value === 0n;
  if (isNever && lowering.rehearsal === undefined) {
    rehearseBody(lowering, node, block);
    return undefined;
  }
  const body = loopBody(lowering, block, lowering.scope, () => {
    if (condition === undefined) attempt(lowering, node + 1, leaveUnless);
  });
  lowering.statement = node;
  const always = new Classical([{ op: 'integer', value: 1n }], { kind: 'bool' });
  lowering.flow.closeLoop({
    kind: 'while',
    condition: condition ?? always,
    body: body.operations,
    max: LIMITS.loopRounds,
  });
  forgetAll(lowering, body);
  return undefined;
}

/** The condition of a loop of the run; undefined where it takes operations, which each round then begins with. */
function plainCondition(lowering: Lowering, node: number): Classical | undefined {
  const { operations, out } = lowering;
  const { length } = out;
  let condition: Classical | undefined;
  lowering.perhaps(() => {
    try {
      condition = toCondition(lowering, node, evaluate(lowering, node));
    } catch (fault) {
      if (!(fault instanceof NeedsIndex)) throw fault;
    }
  });
  if (out.length === length) return condition;
  out.length = length;
  lowering.operations = operations;
  return undefined;
}

/** Leaves the loop around where a condition does not hold. */
function leaveUnless(lowering: Lowering, expression: number): void {
  const condition = toCondition(lowering, expression, evaluate(lowering, expression));
  lowering.add({
    kind: 'if',
    condition: condition.not(),
    body: Object.freeze(lowering.collect(() => lowering.add({ kind: 'break' }))),
    otherwise: Object.freeze([]),
  });
}

/** Forgets what a body that may run any number of times writes. */
function forgetAll(lowering: Lowering, { known: after }: Branch): void {
  for (const variable of after.keys()) lowering.setKnown(variable, undefined);
}

/** Whether a condition holds; undefined where only the run knows. */
function conditionOf(lowering: Lowering, node: number): boolean | undefined {
  const value = convert(lowering, node, evaluate(lowering, node), BOOL);
  return value.run === undefined ? value.known === 1n : undefined;
}

/** Ends rounds that are carried out one by one where only the run knows whether there is another one. */
class NotKnown extends Error {}

/** Carries out the rounds of a `while` one after another; `unknown` where only the run knows how many there are. */
function tryRounds(lowering: Lowering, node: number, block: number): Completion | 'unknown' {
  const { operations, rounds, out } = lowering;
  const written = out.length;
  try {
    return lowering.flow.guard(() =>
      unrolled(
        lowering,
        node,
        function* () {
          for (;;) {
            const goesOn = conditionOf(lowering, node + 1);
            if (goesOn === undefined) throw new NotKnown('a condition of the run');
            if (!goesOn) return;
            yield () => executeBlock(lowering, block);
          }
        },
        () => rehearseBody(lowering, node, block),
      ),
    );
  } catch (fault) {
    if (!(fault instanceof NotKnown || fault instanceof NeedsIndex)) throw fault;
    out.length = written;
    Object.assign(lowering, { operations, rounds });
    return 'unknown';
  }
}

/** `for type name in values …` */
export function executeFor(lowering: Lowering, node: number): Completion {
  const { tree } = lowering;
  const values = tree.extent(node + 1);
  const block = tree.extent(values);
  const type = scalarTypeOf(lowering, node + 1);
  const entry = evaluateEntry(lowering, values);
  const variable = lowering.variable(node, tree.name(node), type);
  if (tree.data(values) === IN_BRACKETS) {
    return executeRange(lowering, node, block, variable, entry as RangeEntry);
  }
  const list = listOf(lowering, values, entry);
  const numbers = list.map((value) => plainNumber(convert(lowering, values, value, type)));
  const isPlain = numbers.every((number) => number !== undefined);
  if (isPlain && !needsRounds(lowering, node, block)) {
    return executeLoop(lowering, node, block, variable, Object.freeze(numbers));
  }
  return unrolled(
    lowering,
    node,
    function* () {
      for (const value of list) {
        yield () =>
          executeRound(lowering, block, node, variable, convert(lowering, values, value, type));
      }
    },
    () => undefined,
  );
}

/** Looks through the body of a loop that has no rounds. */
function rehearseBody(lowering: Lowering, node: number, block: number): void {
  const wanted = behind(
    lowering,
    lowering.tree.kind(node) === Node.While ? node + 1 : lowering.tree.extent(node + 1),
  );
  rehearse(lowering, block, wanted, () => execute(lowering, node));
}

/** A value as the layer takes those of a `for`. */
function plainNumber(value: Value): number | undefined {
  if (value.run !== undefined || typeof value.known === 'object') return undefined;
  if (typeof value.known === 'number')
    return Number.isFinite(value.known) ? value.known : undefined;
  const number = Number(value.known);
  return Number.isSafeInteger(number) && !isReal(value.type) ? number : undefined;
}

/** The values that a `for` goes through one by one. */
function listOf(lowering: Lowering, node: number, entry: Entry): readonly Value[] {
  if (!isValue(entry)) {
    if (entry.kind === 'set') return entry.values;
    if (entry.kind === 'array' && entry.shape.length === 1) return entry.elements.map(readVariable);
    if (entry.kind === 'bits' && entry.isRegister) {
      return entry.bits.map((bit) =>
        read(lowering, node, { kind: 'bits', bits: [bit], isRegister: false }),
      );
    }
  }
  const value = read(lowering, node, entry);
  if (value.type.kind !== 'bits') {
    return lowering.error(
      node,
      'a for loop goes through a range, a set, an array of one dimension or a register',
    );
  }
  return Array.from({ length: widthOf(value.type) }, (_, place) =>
    bitsOfValue(value, [place], false),
  );
}

/** One round with a value of the variable. */
function executeRound(
  lowering: Lowering,
  block: number,
  node: number,
  variable: Variable,
  value: Value,
): Completion {
  const scope = new Scope(lowering.scope);
  const name = lowering.tree.data(node);
  declareWith(lowering, block, scope, name, { ...variable }, value);
  return executeBlock(lowering, block, new Scope(scope));
}

function executeRange(
  lowering: Lowering,
  node: number,
  block: number,
  variable: Variable,
  { start, step, end }: RangeEntry,
): Completion {
  if (start === undefined || end === undefined) {
    return lowering.error(node, 'the range of a for loop needs a start and an end');
  }
  for (const value of [start, end, ...(step === undefined ? [] : [step])]) {
    if (!isInteger(value.type)) lowering.error(node, 'the range of a for loop needs whole numbers');
  }
  if (step?.run !== undefined)
    return executeSteps(lowering, node, block, variable, [start, step, end]);
  const by = step === undefined ? 1 : toKnownInteger(lowering, node, step, 'a step');
  if (by === 0) return lowering.wrongValue(node, 'a range needs a step other than 0');
  if (start.run !== undefined || end.run !== undefined || !needsRounds(lowering, node, block)) {
    const bound = (value: Value): Classical => toLayer(convert(lowering, node, value, INT));
    const values = Object.freeze({ first: bound(start), last: bound(end), step: by });
    return executeLoop(lowering, node, block, variable, values);
  }
  const [first, last, stride] = [start.known as bigint, end.known as bigint, BigInt(by)];
  const span = by > 0 ? last - first : first - last;
  const rounds = span < 0n ? 0 : Number(span / BigInt(Math.abs(by))) + 1;
  lowering.expectRounds(node, rounds * (1 + leastRounds(lowering, block)));
  return unrolled(
    lowering,
    node,
    function* () {
      for (let at = first; by > 0 ? at <= last : at >= last; at += stride) {
        const value = convert(lowering, node, known(INT, at, false), variable.type);
        yield () => executeRound(lowering, block, node, variable, value);
      }
    },
    () => rehearseBody(lowering, node, block),
  );
}

/** A loop whose step only the run knows, and so whether it counts up or down; with a step of 0 it has no rounds. */
function executeSteps(
  lowering: Lowering,
  node: number,
  block: number,
  variable: Variable,
  range: readonly [start: Value, step: Value, end: Value],
): Completion {
  const { tree } = lowering;
  const [at, step, last] = range.map((value, k) => {
    const held = lowering.variable(node + 1 + k, ['_at', '_step', '_last'][k] as string, INT);
    write(lowering, node, held, convert(lowering, node, value, INT));
    lowering.setKnown(held, undefined);
    return held;
  }) as [Variable, Variable, Variable];
  const [a, by, end] = [at, step, last].map(variableTarget) as [Classical, Classical, Classical];
  forgetAssigned(lowering, block);
  const scope = new Scope(lowering.scope);
  scope.declare(tree.data(node), variable);
  const body = loopBody(lowering, block, scope, () => {
    write(lowering, node, variable, convert(lowering, node, readVariable(at), variable.type));
    // Before the body, which may go on with the next round.
    write(lowering, node, at, atRunTime(INT, a.add(by)));
  });
  lowering.statement = node;
  lowering.flow.closeLoop({
    kind: 'while',
    condition: by
      .gt(0)
      .and(a.le(end))
      .or(by.lt(0).and(a.ge(end))),
    body: body.operations,
    max: LIMITS.loopRounds,
  });
  forgetAll(lowering, body);
  return undefined;
}

/** A loop of the run. */
function executeLoop(
  lowering: Lowering,
  node: number,
  block: number,
  variable: Variable,
  values: ForOperation['values'],
): Completion {
  forgetAssigned(lowering, block);
  const scope = new Scope(lowering.scope);
  const held: Variable = { ...variable, known: undefined };
  scope.declare(lowering.tree.data(node), held);
  const body = loopBody(lowering, block, scope, () => undefined);
  lowering.statement = node;
  lowering.flow.closeLoop({
    kind: 'for',
    variable: variableTarget(held),
    values,
    body: body.operations,
  });
  forgetAll(lowering, body);
  return undefined;
}
