import type { Operation } from '../../circuit/operation.js';
import { Keyword } from '../keywords.js';
import { Node } from '../tree.js';
import { assign, evaluateStatement, measureArrow } from './assign.js';
import { callGate } from './call-gate.js';
import { executeIf, executeSwitch } from './control.js';
import { executeFor, executeWhile } from './loops.js';
import {
  declareAlias,
  declareConstant,
  declareInput,
  declareOldBits,
  declareOutput,
  declareQubits,
  declareVariable,
} from './declarations.js';
import { defineGate } from './define-gate.js';
import type { Context, Jump } from './flow.js';
import { NeedsIndex } from './indices.js';
import { includeLibrary } from './library.js';
import { Fault, type Lowering } from './lowering.js';
import { rehearse } from './rehearse.js';
import { barrier, checkDelay, checkNop, reset } from './simple-statements.js';
import { declareCallable, returnValue } from './subroutines.js';
import { Scope, type Variable } from './symbols.js';
import { type Known, sameKnown } from './values.js';

/** How a statement ends: as usual, with a jump that comes before the run, or where nothing follows. */
export type Completion = Jump | 'unreachable' | undefined;

/** Carries out what stands at a node. */
type Executor = (lowering: Lowering, node: number) => unknown;

const EXECUTORS: ReadonlyMap<number, Executor> = new Map<number, Executor>([
  [Node.Include, includeLibrary],
  [Node.QuantumRegister, declareQubits],
  [Node.ClassicalRegister, declareOldBits],
  [Node.Variable, declareVariable],
  [Node.Constant, declareConstant],
  [Node.Input, declareInput],
  [Node.Output, declareOutput],
  [Node.Alias, declareAlias],
  [Node.Gate, defineGate],
  [Node.Def, declareCallable],
  [Node.Extern, declareCallable],
  [Node.GateCall, callGate],
  [Node.Measure, measureArrow],
  [Node.Assign, assign],
  [Node.Evaluate, evaluateStatement],
  [Node.Reset, reset],
  [Node.Barrier, barrier],
  [Node.Delay, checkDelay],
  [Node.Nop, checkNop],
  [Node.Block, executeScope],
  [Node.Box, executeBox],
  [Node.IfElse, executeIf],
  [Node.For, executeFor],
  [Node.While, executeWhile],
  [Node.Switch, executeSwitch],
  [Node.Return, returnValue],
  [Node.Jump, executeJump],
  [Node.Calibration, warnCalibration],
]);

/** Carries out one statement. After an error the next one is carried out as if nothing had happened. */
export function execute(lowering: Lowering, node: number): Completion {
  const executor = EXECUTORS.get(lowering.tree.kind(node));
  if (executor === undefined) return undefined;
  const { statement } = lowering;
  lowering.statement = node;
  try {
    return attempt(lowering, node, executor);
  } finally {
    lowering.statement = statement;
  }
}

/** Carries out work that may fail, or may need to know an index. */
export function attempt(lowering: Lowering, node: number, work: Executor): Completion {
  const written = lowering.out.length;
  const { contexts } = lowering.flow;
  const around = contexts.length;
  const { calls, changed } = lowering;
  lowering.calls = 0;
  lowering.changed = undefined;
  try {
    return work(lowering, node) as Completion;
  } catch (fault) {
    contexts.length = around;
    if (fault instanceof NeedsIndex) {
      lowering.takeBack();
      return executeForEach(lowering, node, work, fault, lowering.out.length - written);
    }
    if (!(fault instanceof Fault)) throw fault;
    lowering.faults += 1;
    lowering.out.length = written;
    return undefined;
  } finally {
    lowering.calls = calls;
    lowering.changed = changed;
  }
}

/** Carries out the statements from a node on, up to one that jumps. */
export function executeAll(lowering: Lowering, first: number, end: number): Completion {
  const { tree } = lowering;
  for (let node = first; node < end; node = tree.extent(node)) {
    const completion = execute(lowering, node);
    if (completion === undefined) continue;
    const rest = tree.extent(node);
    // What was left on a condition may be what the condition keeps the run away from.
    const wanted = JUMPS.has(tree.kind(node)) ? 'all' : 'types';
    if (rest < end) rehearse(lowering, rest, wanted, () => executeAll(lowering, rest, end));
    return completion;
  }
  return undefined;
}

/** Statements that are left wherever they stand. */
const JUMPS: ReadonlySet<number> = new Set([Node.Jump, Node.Return]);

/** Carries out the statements of a Block in a scope of their own. */
export function executeBlock(
  lowering: Lowering,
  node: number,
  scope = new Scope(lowering.scope),
): Completion {
  const end = lowering.tree.extent(node);
  return lowering.within(scope, node, () => executeAll(lowering, node + 1, end));
}

function executeScope(lowering: Lowering, node: number): Completion {
  return executeBlock(lowering, node);
}

/** A box is a block; its duration means nothing here. */
function executeBox(lowering: Lowering, node: number): Completion {
  const { tree } = lowering;
  const first = node + 1;
  const block = tree.kind(first) === Node.Block ? first : tree.extent(first);
  return executeBlock(lowering, block);
}

function executeJump(lowering: Lowering, node: number): Completion {
  const keyword = lowering.tree.data(node);
  if (keyword === Keyword.end) {
    return { target: lowering.flow.contexts[0] as Context, kind: 'break' };
  }
  const loop = lowering.loops.at(-1);
  if (loop !== undefined) return keyword === Keyword.break ? loop.leave : loop.goOn;
  return lowering.error(node, `\`${lowering.tree.names.text(keyword)}\` must stand inside a loop`);
}

function warnCalibration(lowering: Lowering, node: number): void {
  lowering.warn(node, 'calibrations are not read: gates act as they are defined');
}

/** Operations of a branch that the run may take, and what variables hold after it. */
export interface Branch {
  readonly operations: readonly Operation[];
  readonly known: ReadonlyMap<Variable, Known | undefined>;
  readonly isUnreachable: boolean;
}

const NOTHING: ReadonlyMap<Variable, Known | undefined> = new Map();

/** Carries out what the run may or may not do. A jump at its end becomes one of the run. */
export function branch(lowering: Lowering, work: () => Completion): Branch {
  let completion: Completion;
  let operations: Operation[] = [];
  const after = lowering.perhaps(() => {
    operations = lowering.collect(() => {
      completion = work();
      if (completion !== undefined && completion !== 'unreachable') lowering.flow.jump(completion);
    });
  });
  const known = after ?? NOTHING;
  return { operations: Object.freeze(operations), known, isUnreachable: completion !== undefined };
}

/** Lets variables hold what all branches agree on. */
export function join(lowering: Lowering, branches: readonly Branch[]): Completion {
  const reached = branches.filter(({ isUnreachable }) => !isUnreachable);
  const changed = new Set(reached.flatMap(({ known }) => [...known.keys()]));
  for (const variable of changed) {
    const values = reached.map(({ known }) =>
      known.has(variable) ? known.get(variable) : variable.known,
    );
    const [first] = values;
    lowering.setKnown(
      variable,
      values.every((value) => sameKnown(value, first)) ? first : undefined,
    );
  }
  return branches.length > 0 && reached.length === 0 ? 'unreachable' : undefined;
}

/** How many rounds of a loop one of the cases takes as long as. */
const CASE = 32;

/** Reports a value that is wrong for all indices; one that is wrong for some does nothing there. */
function settleDoubt(lowering: Lowering, isPossible: boolean): void {
  const { doubt } = lowering;
  lowering.doubt = undefined;
  if (doubt === undefined || isPossible) return;
  lowering.report('ERR_QASM_SEMANTIC', doubt.node, doubt.message, doubt.hint);
}

/**
 * Writes work once for each value of an index that only the run knows.
 *
 * @param done - operations at the end of the list, of calls that come before the index: each case would begin with them
 */
function executeForEach(
  lowering: Lowering,
  node: number,
  work: Executor,
  { key, value, size }: NeedsIndex,
  done: number,
): Completion {
  const branches: Branch[] = [];
  const { faults, cases: outer, diagnostics } = lowering;
  const errors = diagnostics.errorCount;
  let isPossible = false;
  const count = size * (outer?.node === node ? outer.count : 1);
  // Refused before the first of them where a statement has too many.
  lowering.expectRounds(node, count * CASE, 0);
  lowering.cases = { node, count };
  try {
    for (let index = 0; index < size; index += 1) {
      lowering.countRound(node, CASE);
      lowering.assumed.set(key, index);
      const before = lowering.faults;
      branches.push(branch(lowering, () => attempt(lowering, node, work)));
      isPossible ||= lowering.faults === before;
      // In a rehearsal one is as good as any other; what is wrong in all of them is said once.
      if (lowering.rehearsal !== undefined || diagnostics.errorCount > errors) break;
    }
  } finally {
    lowering.assumed.delete(key);
    lowering.cases = outer;
  }
  if (isPossible) lowering.faults = faults;
  if (lowering.assumed.size === 0) settleDoubt(lowering, isPossible);
  const cases = branches.map(({ operations }, index) =>
    Object.freeze({ values: Object.freeze([index]), body: Object.freeze(operations.slice(done)) }),
  );
  lowering.statement = node;
  lowering.add({
    kind: 'switch',
    on: value,
    cases: Object.freeze(cases),
    otherwise: Object.freeze([]),
  });
  return join(lowering, branches);
}
