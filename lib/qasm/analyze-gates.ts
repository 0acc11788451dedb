import { LIMITS } from '../limits.js';
import type { Analysis } from './analysis.js';
import { compileAngle } from './angles.js';
import { IntList } from './number-list.js';
import { quoted } from './printable.js';
import { Op, type Gate } from './program.js';
import { describeKind, SymbolScope } from './symbols.js';
import { Node } from './tree.js';

/** Children of a node of some kinds that follow one another, from `node` on. */
export function* siblings(
  analysis: Analysis,
  node: number,
  end: number,
  kind: number,
): Generator<number> {
  const { tree } = analysis;
  for (let child = node; child < end && tree.kind(child) === kind; child = tree.extent(child)) {
    yield child;
  }
}

/** A gate's body while it is compiled. */
interface Body {
  readonly scope: SymbolScope;
  readonly code: IntList;
  operations: number;
  depth: number;
  opaque: string | undefined;
}

/** Checks a Gate or Opaque node and declares the gate. */
export function analyzeGate(analysis: Analysis, node: number): void {
  const { tree } = analysis;
  const end = tree.extent(node);
  const scope = new SymbolScope(analysis.global);
  const angles = declareOperands(analysis, scope, node + 1, end, 'angle');
  const qubits = declareOperands(analysis, scope, node + 1 + angles, end, 'argument');
  const name = tree.name(node);
  const signature = { name, angles, qubits, isReplaceable: false };
  if (tree.kind(node) === Node.Opaque) {
    declareGate(analysis, node, { ...signature, opaque: name, operations: 0, depth: 0 });
    return;
  }
  const body: Body = { scope, code: new IntList(), operations: 0, depth: 0, opaque: undefined };
  compileBody(analysis, node + 1 + angles + qubits, end, body);
  const { code, operations, depth, opaque } = body;
  const gate = { ...signature, body: code, operations, depth: depth + 1 };
  if (gate.depth > LIMITS.nesting) {
    const message = `gates may be defined by one another ${LIMITS.nesting} deep`;
    analysis.exceed(node, message, 'nesting', LIMITS.nesting, gate.depth);
  }
  declareGate(analysis, node, opaque === undefined ? gate : { ...gate, opaque });
}

/** Declares the Parameter or Argument nodes from `first` on; returns how many there are. */
function declareOperands(
  analysis: Analysis,
  scope: SymbolScope,
  first: number,
  end: number,
  kind: 'angle' | 'argument',
): number {
  const { tree } = analysis;
  let index = 0;
  const wanted = kind === 'angle' ? Node.Parameter : Node.Argument;
  for (const child of siblings(analysis, first, end, wanted)) {
    if (scope.own(tree.data(child)) !== undefined) {
      const message = `${quoted(tree.name(child))} stands twice in the head of this gate`;
      analysis.error(child, message);
    }
    scope.declare(tree.data(child), { kind, index });
    index += 1;
  }
  return index;
}

function declareGate(analysis: Analysis, node: number, gate: Gate): void {
  const { tree, program, global } = analysis;
  const known = global.own(tree.data(node));
  if (known !== undefined) {
    const name = quoted(gate.name);
    const replaced = known.kind === 'gate' && (program.gates[known.gate] as Gate).isReplaceable;
    if (!replaced) {
      analysis.error(node, `${name} is declared already: it is ${describeKind(known.kind)}`);
      return;
    }
    const { offset, length } = { offset: tree.offset(node), length: tree.length(node) };
    const message = `this definition replaces the gate ${name} of the included file`;
    analysis.diagnostics.warn(offset, length, message);
  }
  addGate(analysis, tree.data(node), gate);
}

/** Adds a gate to the program under a name. */
export function addGate(analysis: Analysis, name: number, gate: Gate): void {
  const { gates } = analysis.program;
  gates.push(gate);
  analysis.global.declare(name, { kind: 'gate', gate: gates.length - 1 });
}

function compileBody(analysis: Analysis, first: number, end: number, body: Body): void {
  const { tree } = analysis;
  for (let node = first; node < end; node = tree.extent(node)) {
    const kind = tree.kind(node);
    if (kind === Node.GateCall) compileCall(analysis, node, body);
    else if (kind === Node.Barrier) compileBarrier(analysis, node, body);
    else analysis.error(node, 'only gates and barriers may stand in the definition of a gate');
  }
}

function compileCall(analysis: Analysis, node: number, body: Body): void {
  const { tree, program } = analysis;
  const symbol = resolveGate(analysis, node);
  const angles: (number | undefined)[] = [];
  let child = node + 1;
  for (const angle of siblings(analysis, child, tree.extent(node), Node.Expression)) {
    angles.push(compileAngle(analysis, angle, body.scope));
    child = tree.extent(angle);
  }
  const operands = argumentsOf(analysis, child, tree.extent(node), body.scope);
  if (symbol === undefined || operands === undefined) return;
  const gate = program.gates[symbol] as Gate;
  if (!checkCounts(analysis, node, gate, angles.length, operands.length)) return;
  for (const word of [Op.Call, symbol, node, ...angles, ...operands]) {
    if (word === undefined) return;
    body.code.push(word);
  }
  body.operations += gate.operations;
  body.depth = Math.max(body.depth, gate.depth);
  body.opaque ??= gate.opaque;
}

function compileBarrier(analysis: Analysis, node: number, body: Body): void {
  const { tree } = analysis;
  const operands = argumentsOf(analysis, node + 1, tree.extent(node), body.scope);
  if (operands === undefined) return;
  for (const word of [Op.Barrier, node, operands.length, ...operands]) body.code.push(word);
  body.operations += 1;
}

/** Numbers of the gate's qubits that the Operand nodes name; undefined after an error. */
function argumentsOf(
  analysis: Analysis,
  first: number,
  end: number,
  scope: SymbolScope,
): number[] | undefined {
  const { tree } = analysis;
  const operands: number[] = [];
  let isValid = true;
  for (const node of siblings(analysis, first, end, Node.Operand)) {
    const symbol = analysis.resolve(node, scope, ['argument']);
    if (symbol === undefined) isValid = false;
    else if (tree.extent(node) > node + 1) {
      analysis.error(node, `${quoted(tree.name(node))} is a single qubit and has no index`);
      isValid = false;
    } else if (operands.includes(symbol.index)) {
      analysis.error(node, `${quoted(tree.name(node))} stands twice; a gate needs distinct qubits`);
      isValid = false;
    } else operands.push(symbol.index);
  }
  return isValid ? operands : undefined;
}

/** The number of the gate that a GateCall names; undefined after an error. */
export function resolveGate(analysis: Analysis, node: number): number | undefined {
  const { global, tree } = analysis;
  const name = tree.data(node);
  if (global.find(name) === undefined) {
    const hint = analysis.libraryHas(tree.name(node)) ? 'include "qelib1.inc";' : undefined;
    analysis.unknown(node, global, ['gate'], hint);
    return undefined;
  }
  return analysis.resolve(node, global, ['gate'])?.gate;
}

/** Whether a call has as many angles and qubits as the gate. */
export function checkCounts(
  analysis: Analysis,
  node: number,
  gate: Gate,
  angles: number,
  qubits: number,
): boolean {
  const name = quoted(gate.name);
  if (angles !== gate.angles) {
    const expected = gate.angles === 1 ? '1 angle' : `${gate.angles} angles`;
    analysis.error(node, `${name} takes ${expected}, received ${angles}`);
  } else if (qubits !== gate.qubits) {
    const expected = gate.qubits === 1 ? '1 qubit' : `${gate.qubits} qubits`;
    analysis.error(node, `${name} takes ${expected}, received ${qubits}`);
  } else return true;
  return false;
}
