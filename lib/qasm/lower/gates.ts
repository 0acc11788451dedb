import type { Angle } from '../../circuit/expression.js';
import type { Operation } from '../../circuit/operation.js';
import type { TableCall } from '../program.js';
import { quoted } from '../printable.js';
import { toReal } from './convert.js';
import { evaluate } from './evaluate.js';
import type { Lowering } from './lowering.js';
import { applyModifiers, type Modifier } from './modifiers.js';
import type { Constant, Scope } from './symbols.js';
import { toAngle, type Value } from './values.js';

/** One call in the body of a gate. */
export interface GateStep {
  readonly node: number;
  /** Absent for a barrier. */
  readonly gate?: GateDefinition;
  readonly modifiers: readonly StepModifier[];
  /** Expressions of the angles. */
  readonly angles: readonly number[];
  /** Numbers of the gate's qubits. */
  readonly operands: readonly number[];
  /** Names that the angles can use. */
  readonly scope: Scope;
}

/** A modifier whose exponent may depend on the angles of the gate around: then it is an Expression node. */
export type StepModifier = Modifier | { readonly kind: 'pow'; readonly expression: number };

interface GateShape {
  readonly name: string;
  readonly angles: number;
  readonly qubits: number;
  /** Operations that one call becomes. May be far beyond any limit. */
  readonly operations: number;
  /** Definitions that lie within one another. */
  readonly depth: number;
}

/** A gate that is built in, with its calls of the table. */
interface TableGate extends GateShape {
  readonly table: readonly TableCall[];
}

/** A gate that the program defines. */
interface DefinedGate extends GateShape {
  readonly table?: undefined;
  readonly steps: readonly GateStep[];
  /** What the names of the angles hold while the steps are written. */
  readonly parameters: readonly Constant[];
}

export type GateDefinition = TableGate | DefinedGate;

/** Operations of one call of a gate on qubits of the circuit, unitary ones and barriers. */
export function expandGate(
  lowering: Lowering,
  node: number,
  gate: GateDefinition,
  angles: readonly Value[],
  qubits: readonly number[],
): Operation[] {
  if (gate.table !== undefined) return fromTable(lowering, node, gate.table, angles, qubits);
  const operations: Operation[] = [];
  const outer = gate.parameters.map(({ value }) => value);
  for (const step of gate.steps) {
    gate.parameters.forEach((parameter, k) => (parameter.value = angles[k] as Value));
    const operands = step.operands.map((operand) => qubits[operand] as number);
    if (step.gate === undefined) operations.push({ kind: 'barrier', qubits: operands });
    else for (const made of expandStep(lowering, step, step.gate, operands)) operations.push(made);
  }
  gate.parameters.forEach((parameter, k) => (parameter.value = outer[k] as Value));
  return operations;
}

function expandStep(
  lowering: Lowering,
  step: GateStep,
  gate: GateDefinition,
  qubits: readonly number[],
): Operation[] {
  const outer = lowering.scope;
  lowering.scope = step.scope;
  try {
    const angles = step.angles.map((angle) => angleOf(lowering, angle));
    const modifiers = step.modifiers.map((modifier): Modifier => {
      if (!('expression' in modifier)) return modifier;
      return { kind: 'pow', exponent: exponentOf(lowering, modifier.expression) };
    });
    return expandModified(lowering, step.node, gate, modifiers, angles, qubits);
  } finally {
    lowering.scope = outer;
  }
}

/** The angle that an Expression gives to a gate. */
export function angleOf(lowering: Lowering, node: number): Value {
  return toReal(lowering, node, evaluate(lowering, node));
}

/** The exponent of `pow`, which must be known. */
export function exponentOf(lowering: Lowering, node: number): number {
  const value = toReal(lowering, node, evaluate(lowering, node));
  if (value.run !== undefined) {
    const message = 'expected an exponent that is known before the run, or a whole one';
    return lowering.unsupported(
      node,
      message,
      'cast it with int(…), or use a gate that takes an angle',
    );
  }
  const exponent = value.known as number;
  if (Number.isFinite(exponent)) return exponent;
  return lowering.wrongValue(
    node,
    `this exponent is ${exponent}; an exponent must be a finite number`,
  );
}

/** Operations of a call with modifiers; the qubits are those of the controls, then those of the gate. */
export function expandModified(
  lowering: Lowering,
  node: number,
  gate: GateDefinition,
  modifiers: readonly Modifier[],
  angles: readonly Value[],
  qubits: readonly number[],
): Operation[] {
  if (modifiers.length === 0) return expandGate(lowering, node, gate, angles, qubits);
  const controls = qubits.length - gate.qubits;
  const operations = expandGate(lowering, node, gate, angles, qubits.slice(controls));
  return applyModifiers(lowering, node, operations, modifiers, qubits.slice(0, controls));
}

// The loops of plain calls are written out: engines of JavaScript compile them once, where arrays that `map` makes differ
// in kind from one tier to the next.
function fromTable(
  lowering: Lowering,
  node: number,
  table: readonly TableCall[],
  values: readonly Value[],
  qubits: readonly number[],
): Operation[] {
  const given: Angle[] = [];
  for (const value of values) given.push(plainAngle(lowering, node, value));
  const operations: Operation[] = [];
  for (const { gate, angles, controls, targets } of table) {
    const params = angles(given);
    for (const angle of params) {
      if (typeof angle !== 'number' || Number.isFinite(angle)) continue;
      const message = `an angle of this gate becomes ${angle}; an angle must be a finite number`;
      lowering.wrongValue(node, message);
    }
    operations.push({
      kind: 'gate',
      gate,
      params: Object.freeze(params),
      controls: pick(controls, qubits),
      targets: pick(targets, qubits),
    });
  }
  return operations;
}

function plainAngle(lowering: Lowering, node: number, value: Value): Angle {
  if (value.run !== undefined) return toAngle(value.run);
  const angle = value.known as number;
  if (Number.isFinite(angle)) return angle;
  return lowering.wrongValue(node, `this angle is ${angle}; an angle must be a finite number`);
}

/** The qubits with some numbers. */
function pick(operands: readonly number[], qubits: readonly number[]): readonly number[] {
  const picked: number[] = [];
  for (const operand of operands) picked.push(qubits[operand] as number);
  return Object.freeze(picked);
}

/** Checks that a call has as many angles and qubits as the gate. */
export function checkCounts(
  lowering: Lowering,
  node: number,
  gate: GateDefinition,
  angles: number,
  qubits: number,
  controls: number,
): void {
  const name = quoted(gate.name);
  const count = (size: number, what: string): string => `${size} ${what}${size === 1 ? '' : 's'}`;
  if (angles !== gate.angles) {
    lowering.error(node, `${name} takes ${count(gate.angles, 'angle')}, received ${angles}`);
  }
  const wanted = gate.qubits + controls;
  if (qubits === wanted) return;
  const under = controls === 0 ? '' : ` under ${count(controls, 'control')}`;
  lowering.error(node, `${name}${under} takes ${count(wanted, 'qubit')}, received ${qubits}`);
}
