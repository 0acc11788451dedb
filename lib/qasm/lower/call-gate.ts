import { Keyword } from '../keywords.js';
import { quoted } from '../printable.js';
import { Node } from '../tree.js';
import { callWithQubits } from './subroutines.js';
import { convert, toKnownInteger } from './convert.js';
import { read } from './entries.js';
import { evaluate } from './evaluate.js';
import {
  angleOf,
  checkCounts,
  expandGate,
  expandModified,
  exponentOf,
  type GateDefinition,
  type StepModifier,
} from './gates.js';
import { libraryHas } from './library.js';
import type { Lowering } from './lowering.js';
import { type Modifier, runExponent, runPower } from './modifiers.js';
import { qubitsOf, targetOf, targetType, toValueTarget, write } from './places.js';
import type { Qubits } from './symbols.js';
import { DURATION, INT, isInteger, isTruth } from './types.js';
import { toLayer, type Value } from './values.js';

/** The parts of a GateCall node. */
export interface CallParts {
  readonly modifiers: readonly number[];
  readonly angles: readonly number[];
  readonly operands: readonly number[];
  readonly designator: number | undefined;
  readonly target: number | undefined;
}

/** Sorts the children of a GateCall. */
export function partsOf({ tree }: Lowering, node: number): CallParts {
  const [modifiers, angles, operands]: [number[], number[], number[]] = [[], [], []];
  let designator: number | undefined;
  let target: number | undefined;
  for (let child = node + 1; child < tree.extent(node); child = tree.extent(child)) {
    const kind = tree.kind(child);
    if (kind === Node.Operand) operands.push(child);
    else if (kind === Node.Expression) angles.push(child);
    else if (kind === Node.Modifier) modifiers.push(child);
    else if (kind === Node.Designator) designator = child;
    else target = child;
  }
  return { modifiers, angles, operands, designator, target };
}

/** A gate call, or a call of a subroutine in the same form. */
export function callGate(lowering: Lowering, node: number): void {
  const { tree } = lowering;
  const symbol = lowering.scope.find(tree.data(node));
  const parts = partsOf(lowering, node);
  if (symbol?.kind === 'def' || symbol?.kind === 'extern') {
    callAndKeep(lowering, node, parts.target);
    return;
  }
  const gate = gateOf(lowering, node);
  if (parts.target !== undefined) lowering.error(node, 'a gate returns nothing');
  checkDesignator(lowering, parts.designator);
  const modifiers: Modifier[] = [];
  for (const child of parts.modifiers) modifiers.push(modifierOf(lowering, child) as Modifier);
  const controls = controlCount(modifiers);
  const angles: Value[] = [];
  for (const angle of parts.angles) angles.push(angleOf(lowering, angle));
  const registers: Qubits[] = [];
  for (const operand of parts.operands) registers.push(qubitsOf(lowering, operand));
  checkCounts(lowering, node, gate, angles.length, registers.length, controls);
  const times = broadcast(lowering, parts.operands, registers);
  writeCalls(lowering, node, gate, modifiers, angles, registers, times);
}

/** The result of a subroutine called in the form of a gate goes to the bits behind the arrow. */
function callAndKeep(lowering: Lowering, node: number, target: number | undefined): void {
  const value = callWithQubits(lowering, node);
  if (target === undefined) return;
  const place = toValueTarget(lowering, target, targetOf(lowering, target + 1));
  const type = targetType(place);
  write(lowering, node, place, convert(lowering, node, read(lowering, node, value), type));
}

/** The gate that a GateCall names. */
export function gateOf(lowering: Lowering, node: number): GateDefinition {
  const isInLibrary = libraryHas(lowering.tree.name(node));
  return lowering.resolve(node, ['gate'], isInLibrary ? 'include "stdgates.inc";' : undefined).gate;
}

function checkDesignator(lowering: Lowering, node: number | undefined): void {
  if (node === undefined) return;
  convert(lowering, node, evaluate(lowering, node + 1), DURATION);
}

/** A modifier; the exponent of `pow` as its node where `isLater`. */
export function modifierOf(lowering: Lowering, node: number, isLater = false): StepModifier {
  const { tree } = lowering;
  const keyword = tree.data(node);
  const hasValue = tree.extent(node) > node + 1;
  if (keyword === Keyword.inv) return { kind: 'inv' };
  if (keyword === Keyword.pow) {
    if (isLater) return { kind: 'pow', expression: node + 1 };
    const exponent = evaluate(lowering, node + 1);
    const isWhole = isInteger(exponent.type) || isTruth(exponent.type);
    if (exponent.run !== undefined && isWhole) {
      const run = toLayer(convert(lowering, node, exponent, INT));
      return { kind: 'pow', exponent: 1, run };
    }
    return { kind: 'pow', exponent: exponentOf(lowering, node + 1) };
  }
  const state = keyword === Keyword.ctrl ? 1 : 0;
  if (!hasValue) return { kind: 'ctrl', count: 1, state };
  const value = evaluate(lowering, node + 1);
  if (value.run !== undefined || !value.isConst) {
    lowering.error(node, 'a number of controls must be a constant', 'declare it with const');
  }
  const count = toKnownInteger(lowering, node, value, 'a number of controls');
  if (count >= 1) return { kind: 'ctrl', count, state };
  return lowering.wrongValue(node, `a gate needs at least 1 control; this number is ${count}`);
}

/** Controls that modifiers add. */
export function controlCount(modifiers: readonly StepModifier[]): number {
  let count = 0;
  for (const modifier of modifiers) if (modifier.kind === 'ctrl') count += modifier.count;
  return count;
}

/** How often a call on some operands repeats: registers run in step, single qubits stay. */
function broadcast(
  lowering: Lowering,
  nodes: readonly number[],
  operands: readonly Qubits[],
): number {
  const leader = operands.findIndex(({ isRegister }) => isRegister);
  const size = operands[leader]?.qubits.length ?? 1;
  if (leader >= 0) checkSizes(lowering, nodes, operands, leader);
  if (operands.length > 1) checkDistinct(lowering, nodes, operands, size);
  return size;
}

/** Registers that run in step are as long as the first of them. */
function checkSizes(
  lowering: Lowering,
  nodes: readonly number[],
  operands: readonly Qubits[],
  leader: number,
): void {
  const { tree } = lowering;
  const size = (operands[leader] as Qubits).qubits.length;
  for (const [k, { qubits, isRegister }] of operands.entries()) {
    if (!isRegister || qubits.length === size) continue;
    const names = [
      quoted(tree.name(nodes[leader] as number)),
      quoted(tree.name(nodes[k] as number)),
    ];
    const message = `registers of different sizes: ${names[0]} has ${size} elements, ${names[1]} has ${qubits.length}`;
    lowering.wrongValue(nodes[k] as number, message);
  }
}

/** Qubits that meet in one call must differ. */
function checkDistinct(
  lowering: Lowering,
  nodes: readonly number[],
  operands: readonly Qubits[],
  times: number,
): void {
  for (let repetition = 0; repetition < times; repetition += 1) {
    for (let k = 1; k < operands.length; k += 1) {
      const qubit = qubitAt(operands[k] as Qubits, repetition);
      for (let other = 0; other < k; other += 1) {
        if (qubitAt(operands[other] as Qubits, repetition) !== qubit) continue;
        lowering.wrongValue(
          nodes[k] as number,
          'this qubit stands twice; a gate needs distinct qubits',
        );
      }
    }
  }
}

function qubitAt({ qubits, isRegister }: Qubits, repetition: number): number {
  return qubits[isRegister ? repetition : 0] as number;
}

function writeCalls(
  lowering: Lowering,
  node: number,
  gate: GateDefinition,
  modifiers: readonly Modifier[],
  angles: readonly Value[],
  registers: readonly Qubits[],
  times: number,
): void {
  const count = gate.operations * times;
  lowering.reserve(node, count);
  if (gate.operations === 0 || lowering.rehearsal !== undefined) return;
  if (modifiers.length === 0 && times === 1) {
    const qubits: number[] = [];
    for (const register of registers) qubits.push(qubitAt(register, 0));
    for (const operation of expandGate(lowering, node, gate, angles, qubits)) {
      lowering.push(operation);
    }
    return;
  }
  const exponent = runExponent(lowering, node, modifiers);
  let written = 0;
  for (let repetition = 0; repetition < times; repetition += 1) {
    const qubits = registers.map((register) => qubitAt(register, repetition));
    const made =
      modifiers.length === 0
        ? expandGate(lowering, node, gate, angles, qubits)
        : expandModified(lowering, node, gate, modifiers, angles, qubits);
    const powers = exponent && runPower(lowering, node, made, exponent);
    written += made.length * (powers?.length ?? 1);
    for (const operation of powers ?? made) lowering.push(operation);
  }
  // Powers repeat, or merge, what was counted once.
  lowering.reserve(node, written - count);
}
