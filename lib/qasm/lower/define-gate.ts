import { GATES } from '../../circuit/gates.gen.js';
import { writtenDefinition } from '../definitions-3.js';
import type { TableCall } from '../program.js';
import { LIMITS } from '../../limits.js';
import { quoted } from '../printable.js';
import { IN_BRACKETS, Node } from '../tree.js';
import { controlCount, gateOf, modifierOf, partsOf } from './call-gate.js';
import { evaluate, evaluateEntry, scalarTypeOf } from './evaluate.js';
import { convert, toKnownInteger } from './convert.js';
import { type Entry, isValue, type RangeEntry } from './entries.js';
import { checkCounts, type GateDefinition, type GateStep } from './gates.js';
import { Fault, type Lowering } from './lowering.js';
import { behind, rehearse } from './rehearse.js';
import { type Modifier, repetitions } from './modifiers.js';
import { type Constant, isLasting, Scope } from './symbols.js';
import { FLOAT, INT, type Type } from './types.js';
import { known, type Value } from './values.js';

/** A body while its steps are collected. */
interface Body {
  readonly steps: GateStep[];
  operations: number;
  depth: number;
}

/** `gate name(angles) qubits { … }` */
export function defineGate(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  if (lowering.scope !== lowering.global)
    lowering.error(node, 'gates are defined outside of blocks');
  const scope = new Scope(lowering.global, isLasting);
  const parameters: Constant[] = [];
  let child = node + 1;
  let qubits = 0;
  for (; tree.kind(child) === Node.Parameter; child += 1) {
    // An angle that no number is: it has one while steps are written.
    const parameter: Constant = { kind: 'constant', value: known(FLOAT, 1, false) };
    declareOnce(lowering, scope, child);
    scope.declare(tree.data(child), parameter);
    parameters.push(parameter);
  }
  for (; tree.kind(child) === Node.Argument && child < tree.extent(node); child += 1) {
    declareOnce(lowering, scope, child);
    scope.declare(tree.data(child), { kind: 'argument', index: qubits });
    qubits += 1;
  }
  const body: Body = { steps: [], operations: 0, depth: 0 };
  lowering.within(scope, node, () => addSteps(lowering, child, tree.extent(node), body));
  const gate: GateDefinition = {
    name: tree.name(node),
    angles: parameters.length,
    qubits,
    steps: body.steps,
    parameters,
    operations: body.operations,
    depth: body.depth + 1,
  };
  if (gate.depth > LIMITS.nesting) {
    const message = `gates may be defined by one another ${LIMITS.nesting} deep`;
    lowering.exceed(node, message, 'nesting', LIMITS.nesting, gate.depth);
  }
  lowering.declare(node, { kind: 'gate', gate: ofTable(lowering, node) ?? gate });
}

/** The gate of the table that a definition of `stringify` stands for, so that what was written is read again. */
function ofTable({ tree, diagnostics }: Lowering, node: number): GateDefinition | undefined {
  const row = GATES.find(({ name, qasm3 }) => name === tree.name(node) && qasm3 === '');
  const text = row === undefined ? undefined : writtenDefinition(row.name)?.slice('gate '.length);
  if (row === undefined || text === undefined) return undefined;
  // Laid out the text has more blanks, but not twice as many characters.
  const source = diagnostics.sources.slice(tree.offset(node), 2 * text.length);
  if (!source.replace(/\s/g, '').startsWith(text.replace(/\s/g, ''))) return undefined;
  const targets = Array.from({ length: row.targets }, (_, k) => k);
  const call: TableCall = { gate: row.name, controls: [], targets, angles: (given) => given };
  const { name, params } = row;
  return {
    name,
    angles: params.length,
    qubits: row.targets,
    table: [call],
    operations: 1,
    depth: 0,
  };
}

function declareOnce(lowering: Lowering, scope: Scope, node: number): void {
  const { tree } = lowering;
  if (scope.own(tree.data(node)) === undefined) return;
  try {
    lowering.error(node, `${quoted(tree.name(node))} stands twice in the head of this gate`);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
  }
}

/** Collects the steps of the statements from a node on. */
function addSteps(lowering: Lowering, first: number, end: number, body: Body): void {
  const { tree } = lowering;
  for (let node = first; node < end; node = tree.extent(node)) {
    try {
      addStep(lowering, node, body);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
    }
  }
}

function addStep(lowering: Lowering, node: number, body: Body): void {
  const { tree } = lowering;
  switch (tree.kind(node)) {
    case Node.GateCall:
      addCall(lowering, node, body);
      return;
    case Node.Barrier:
      body.steps.push({
        node,
        modifiers: [],
        angles: [],
        operands: operandsOf(lowering, partsOf(lowering, node).operands),
        scope: lowering.scope,
      });
      body.operations += 1;
      return;
    case Node.Delay:
    case Node.Nop:
      operandsOf(lowering, partsOf(lowering, node).operands);
      return;
    case Node.Block:
      lowering.within(new Scope(lowering.scope), node, () =>
        addSteps(lowering, node + 1, tree.extent(node), body),
      );
      return;
    case Node.For:
      addRounds(lowering, node, body);
      return;
    default:
      lowering.error(
        node,
        'only gates, barriers and for loops may stand in the definition of a gate',
      );
  }
}

function addCall(lowering: Lowering, node: number, body: Body): void {
  const gate = gateOf(lowering, node);
  const { modifiers: nodes, angles, operands } = partsOf(lowering, node);
  const modifiers = nodes.map((child) => modifierOf(lowering, child, true));
  const numbers = operandsOf(lowering, operands);
  checkCounts(lowering, node, gate, angles.length, numbers.length, controlCount(modifiers));
  // Finds what is wrong with the angles at their place, once.
  for (const angle of angles) convert(lowering, angle, evaluate(lowering, angle), FLOAT, true);
  const times = modifiers.map((modifier): Modifier => {
    if (!('expression' in modifier)) return modifier;
    const exponent = evaluate(lowering, modifier.expression);
    const isKnown = exponent.run === undefined && exponent.isConst;
    return { kind: 'pow', exponent: isKnown ? Number(exponent.known) : 1 };
  });
  body.steps.push({ node, gate, modifiers, angles, operands: numbers, scope: lowering.scope });
  body.operations += gate.operations * repetitions(times);
  body.depth = Math.max(body.depth, gate.depth);
}

/** Numbers of the gate's qubits that Operand nodes name. */
function operandsOf(lowering: Lowering, nodes: readonly number[]): number[] {
  const { tree } = lowering;
  const numbers: number[] = [];
  for (const node of nodes) {
    const { index } = lowering.resolve(node, ['argument']);
    const name = quoted(tree.name(node));
    if (tree.extent(node) > node + 1)
      lowering.error(node, `${name} is a single qubit and has no index`);
    if (numbers.includes(index)) {
      lowering.error(node, `${name} stands twice; a gate needs distinct qubits`);
    }
    numbers.push(index);
  }
  return numbers;
}

/** The rounds of a `for` in a body, which are known where the gate is defined. */
function addRounds(lowering: Lowering, node: number, body: Body): void {
  const { tree } = lowering;
  const values = tree.extent(node + 1);
  const block = tree.extent(values);
  const type = scalarTypeOf(lowering, node + 1);
  let count = 0;
  for (const value of roundsOf(lowering, values, evaluateEntry(lowering, values), type)) {
    count += 1;
    lowering.countRound(node);
    addRound(lowering, node, value, body);
    if (lowering.rehearsal !== undefined) return;
    if (body.operations > LIMITS.operations) lowering.reserve(node, body.operations);
  }
  if (count > 0) return;
  // A body without rounds is looked through all the same.
  const any = convert(lowering, node, known(INT, 1n, false), type);
  const nothing: Body = { steps: [], operations: 0, depth: 0 };
  rehearse(lowering, block, behind(lowering, values), () => addRound(lowering, node, any, nothing));
}

function addRound(lowering: Lowering, node: number, value: Value, body: Body): void {
  const { tree } = lowering;
  const block = tree.extent(tree.extent(node + 1));
  const scope = new Scope(lowering.scope);
  scope.declare(tree.data(node), { kind: 'constant', value });
  lowering.within(scope, node, () => addSteps(lowering, block + 1, tree.extent(block), body));
}

function* roundsOf(lowering: Lowering, node: number, entry: Entry, type: Type): Generator<Value> {
  const isRange = lowering.tree.data(node) === IN_BRACKETS;
  const list = !isValue(entry) && entry.kind === 'set' ? entry.values : undefined;
  if (!isRange && list === undefined) {
    lowering.error(node, 'a for loop in a gate goes through a range or a set');
  }
  if (list !== undefined) {
    for (const value of list) {
      if (value.run !== undefined || !value.isConst)
        lowering.error(node, 'a loop in a gate needs constants');
      yield convert(lowering, node, value, type);
    }
    return;
  }
  const { start, step, end } = entry as RangeEntry;
  const bound = (value: Value | undefined): number => {
    if (value === undefined)
      return lowering.error(node, 'the range of a for loop needs a start and an end');
    return toKnownInteger(lowering, node, value, 'a bound');
  };
  const [first, last] = [bound(start), bound(end)];
  const by = step === undefined ? 1 : toKnownInteger(lowering, node, step, 'a step');
  if (by === 0) lowering.wrongValue(node, 'a range needs a step other than 0');
  for (let at = first; by > 0 ? at <= last : at >= last; at += by) {
    yield convert(lowering, node, known(INT, BigInt(at)), type);
  }
}
