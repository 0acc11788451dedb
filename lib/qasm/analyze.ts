import { LIMITS } from '../limits.js';
import type { Analysis } from './analysis.js';
import { constantAngle } from './angles.js';
import { addGate, analyzeGate, checkCounts, resolveGate, siblings } from './analyze-gates.js';
import { LANGUAGE_2, QELIB1 } from './gate-library.js';
import { quoted } from './printable.js';
import { Op, type Gate } from './program.js';
import { describeKind } from './symbols.js';
import { Included, Node } from './tree.js';

/** Qubits or bits of an operand: the first one, how many, and whether a register was named as a whole. */
interface Range {
  readonly node: number;
  readonly start: number;
  readonly size: number;
  readonly isRegister: boolean;
}

/** Checks the whole tree of a program of OpenQASM 2 and fills the program; errors end up in the diagnostics. */
export function analyzeProgram(analysis: Analysis): void {
  declareLanguage(analysis);
  const { tree } = analysis;
  for (let node = 0; node < tree.size; node = tree.extent(node)) analyzeStatement(analysis, node);
}

function declareLanguage(analysis: Analysis): void {
  const { global, tree } = analysis;
  global.declare(tree.names.number('pi'), { kind: 'constant', value: Math.PI });
  for (const gate of LANGUAGE_2) addGate(analysis, tree.names.number(gate.name), gate);
}

type Analyzer = (analysis: Analysis, node: number) => void;

const ANALYZERS: ReadonlyMap<number, Analyzer> = new Map<number, Analyzer>([
  [Node.Include, analyzeInclude],
  [Node.QuantumRegister, (analysis, node) => declareRegister(analysis, node, 'qubits')],
  [Node.ClassicalRegister, (analysis, node) => declareRegister(analysis, node, 'bits')],
  [Node.Gate, analyzeGate],
  [Node.Opaque, analyzeGate],
  [Node.GateCall, analyzeCall],
  [Node.Measure, analyzeMeasure],
  [Node.Barrier, analyzeBarrier],
  [Node.Reset, analyzeReset],
  [Node.If, analyzeIf],
]);

function analyzeStatement(analysis: Analysis, node: number): void {
  ANALYZERS.get(analysis.tree.kind(node))?.(analysis, node);
}

function analyzeInclude(analysis: Analysis, node: number): void {
  const { global, tree } = analysis;
  const included = tree.data(node);
  if (included === Included.File) return;
  if (included !== Included.Qelib1) {
    analysis.error(node, 'this file belongs to OpenQASM 3', 'OpenQASM 2 has `qelib1.inc`');
    return;
  }
  for (const gate of QELIB1) {
    const name = tree.names.number(gate.name);
    const known = global.own(name);
    if (known === undefined) addGate(analysis, name, gate);
    else if (known.kind !== 'gate') {
      const message = `this file defines the gate ${quoted(gate.name)}, which is ${describeKind(known.kind)}`;
      analysis.error(node, message, 'include the file first and choose another name');
    }
  }
}

function declareRegister(analysis: Analysis, node: number, kind: 'qubits' | 'bits'): void {
  const { global, program, tree } = analysis;
  const registers = kind === 'qubits' ? program.qubitRegisters : program.bitRegisters;
  const size = integerAt(analysis, node + 1);
  const name = tree.name(node);
  const known = global.own(tree.data(node));
  if (known !== undefined) {
    const hint = known.kind === 'gate' ? 'choose another name' : undefined;
    const message = `${quoted(name)} is declared already: it is ${describeKind(known.kind)}`;
    analysis.error(node, message, hint);
    return;
  }
  if (size === undefined) return;
  const last = registers.at(-1);
  const start = last === undefined ? 0 : last.start + last.size;
  const maximum = LIMITS[kind];
  if (start + size > maximum) {
    const what = kind === 'qubits' ? 'qubits' : 'classical bits';
    const message = `a program may have ${maximum} ${what}; with this register it has ${start + size}`;
    analysis.exceed(node, message, kind, maximum, start + size);
  }
  registers.push(Object.freeze({ name, start, size }));
  global.declare(tree.data(node), { kind, start, size });
}

/** The integer that an Expression is; undefined after an error. */
function integerAt(analysis: Analysis, expression: number): number | undefined {
  const { tree } = analysis;
  const isLiteral =
    tree.extent(expression) === expression + 2 && tree.kind(expression + 1) === Node.Integer;
  if (isLiteral) return tree.number(expression + 1);
  analysis.unsupported(expression, 'qmlx reads only integers as sizes and indices yet');
  return undefined;
}

/** The qubits or bits that an Operand names; undefined after an error. */
function rangeOf(analysis: Analysis, node: number, kind: 'qubits' | 'bits'): Range | undefined {
  const { global, tree } = analysis;
  const register = analysis.resolve(node, global, [kind]);
  if (register === undefined) return undefined;
  const { start, size } = register;
  if (tree.extent(node) === node + 1) return { node, start, size, isRegister: true };
  // The parser takes nothing but an integer.
  const index = tree.number(node + 2);
  if (index < size) return { node, start: start + index, size: 1, isRegister: false };
  const name = quoted(tree.name(node));
  const range = size === 0 ? 'it has no elements' : `its indices go from 0 to ${size - 1}`;
  analysis.error(node, `${name} has no element ${index}: ${range}`);
  return undefined;
}

/** The qubits of the Operand nodes from `first` on; undefined after an error. */
function qubitRanges(analysis: Analysis, first: number, end: number): Range[] | undefined {
  const ranges: Range[] = [];
  let isValid = true;
  for (const node of siblings(analysis, first, end, Node.Operand)) {
    const range = rangeOf(analysis, node, 'qubits');
    if (range === undefined) isValid = false;
    else ranges.push(range);
  }
  return isValid ? ranges : undefined;
}

function analyzeCall(analysis: Analysis, node: number): void {
  const { tree, program } = analysis;
  const end = tree.extent(node);
  const symbol = resolveGate(analysis, node);
  const angles: (number | undefined)[] = [];
  let child = node + 1;
  for (const angle of siblings(analysis, child, end, Node.Expression)) {
    angles.push(constantAngle(analysis, angle));
    child = tree.extent(angle);
  }
  const ranges = qubitRanges(analysis, child, end);
  if (symbol === undefined || ranges === undefined) return;
  const gate = program.gates[symbol] as Gate;
  if (!checkCounts(analysis, node, gate, angles.length, ranges.length)) return;
  const repetitions = broadcast(analysis, ranges);
  if (repetitions === undefined || angles.includes(undefined)) return;
  if (gate.opaque !== undefined) {
    const message = `the gate ${quoted(gate.opaque)} is opaque: without a definition it cannot be simulated`;
    analysis.unsupported(node, message, 'replace `opaque` by a definition with `gate`');
    return;
  }
  count(analysis, node, gate.operations * repetitions);
  if (gate.operations === 0 || repetitions === 0) return;
  const { code } = program;
  code.push(Op.Call);
  code.push(symbol);
  code.push(node);
  code.push(repetitions);
  code.push(program.angles.size);
  for (const angle of angles) program.angles.push(angle as number);
  for (const { start, isRegister } of ranges) {
    code.push(start);
    code.push(isRegister ? 1 : 0);
  }
}

/** How often a call on some operands repeats: registers run in step, single qubits stay. */
function broadcast(analysis: Analysis, ranges: readonly Range[]): number | undefined {
  const { tree } = analysis;
  const leader = ranges.find(({ isRegister }) => isRegister);
  for (const [position, range] of ranges.entries()) {
    if (range.isRegister && range.size !== (leader as Range).size) {
      const message = `registers of different sizes: ${quoted(tree.name((leader as Range).node))} has ${(leader as Range).size} elements, ${quoted(tree.name(range.node))} has ${range.size}`;
      analysis.error(range.node, message);
      return undefined;
    }
    const twin = ranges.slice(0, position).find((other) => overlaps(range, other));
    if (twin === undefined) continue;
    const message = 'this qubit stands twice; a gate needs distinct qubits';
    analysis.error(range.node, message);
    return undefined;
  }
  return leader?.size ?? 1;
}

function overlaps(a: Range, b: Range): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size;
}

/** Counts operations before anything expands, and stops at the limit. */
function count(analysis: Analysis, node: number, operations: number): void {
  const { program } = analysis;
  program.operations += operations;
  const maximum = LIMITS.operations;
  if (program.operations <= maximum) return;
  const message = `a program may have ${maximum} operations; with this one it has ${program.operations}`;
  analysis.exceed(node, message, 'operations', maximum, program.operations);
}

function analyzeMeasure(analysis: Analysis, node: number): void {
  const { tree, program } = analysis;
  const first = node + 1;
  const second = tree.extent(first);
  const qubits = rangeOf(analysis, first, 'qubits');
  const bits = rangeOf(analysis, second, 'bits');
  if (qubits === undefined || bits === undefined) return;
  if (qubits.size !== bits.size) {
    const message = `cannot measure ${counted(qubits.size, 'qubit')} into ${counted(bits.size, 'bit')}`;
    analysis.error(node, message, 'measure a register into one of the same size');
    return;
  }
  count(analysis, node, qubits.size);
  for (const word of [Op.Measure, node, qubits.start, bits.start, qubits.size]) {
    program.code.push(word);
  }
}

function counted(size: number, what: string): string {
  return `${size} ${what}${size === 1 ? '' : 's'}`;
}

function analyzeBarrier(analysis: Analysis, node: number): void {
  const { tree, program } = analysis;
  const ranges = qubitRanges(analysis, node + 1, tree.extent(node));
  if (ranges === undefined) return;
  const qubits = new Set<number>();
  for (const { start, size } of ranges) for (let k = 0; k < size; k += 1) qubits.add(start + k);
  if (ranges.length === 0) {
    for (const { start, size } of program.qubitRegisters) {
      for (let k = 0; k < size; k += 1) qubits.add(start + k);
    }
  }
  if (qubits.size === 0) return;
  count(analysis, node, 1);
  for (const word of [Op.Barrier, node, qubits.size, ...qubits]) program.code.push(word);
}

function analyzeReset(analysis: Analysis, node: number): void {
  const qubits = rangeOf(analysis, node + 1, 'qubits');
  if (qubits === undefined) return;
  count(analysis, node, qubits.size);
  for (const word of [Op.Reset, node, qubits.start, qubits.size]) analysis.program.code.push(word);
}

/** Conditions compare 64-bit numbers. */
const LONGEST_CONDITION = 64;

function analyzeIf(analysis: Analysis, node: number): void {
  const { tree, program } = analysis;
  const expression = tree.extent(node + 1);
  const body = tree.extent(expression);
  const bits = rangeOf(analysis, node + 1, 'bits');
  const kind = tree.kind(body);
  if (kind !== Node.GateCall && kind !== Node.Measure && kind !== Node.Reset) {
    analysis.error(body, 'only a gate, a measurement or a reset may follow "if"');
    return;
  }
  const value = bits && integerAt(analysis, expression);
  if (bits !== undefined && (bits.size === 0 || bits.size > LONGEST_CONDITION)) {
    const message = `a condition takes a register of 1 to ${LONGEST_CONDITION} bits; this one has ${bits.size}`;
    analysis.unsupported(node + 1, message);
    return;
  }
  if (bits === undefined || value === undefined) {
    analyzeStatement(analysis, body);
    return;
  }
  count(analysis, node, 1);
  for (const word of [Op.If, node, bits.start, bits.size, program.constants.size]) {
    program.code.push(word);
  }
  program.constants.push(value);
  analyzeStatement(analysis, body);
  for (const word of [Op.EndIf, node]) program.code.push(word);
}
