// How operations are drawn that are no gates of the table: those with data, and those that decide.

import {
  operationExpressions,
  operationQubits,
  type BlockOperation,
  type ControlState,
  type DataOperation,
  type Operation,
} from '../circuit/operation.js';
import { formatAngle } from './angle.js';
import type { Box, DrawItem, FrameItem, FramePart, GateItem, Mark, Span, WireOf } from './item.js';

/** Draws one operation inside another. */
export type Drawer = (operation: Operation) => DrawItem | undefined;

/** Symbols of controls, closed or open. */
export function controlMarks(
  wires: readonly number[],
  states: readonly ControlState[] | undefined,
): Mark[] {
  return wires.map((wire, k) => ({ wire, symbol: states?.[k] === 0 ? 'open' : 'closed' }));
}

const DATA_LABELS = { unitary: 'U', diagonal: 'Diagonal', permutation: 'Permutation' } as const;
const DATA_FAMILIES = {
  unitary: 'superposition',
  diagonal: 'diagonal',
  permutation: 'permutation',
  pauliRotation: 'rotation',
} as const;

function span(wires: readonly number[]): Span {
  return { first: Math.min(...wires), last: Math.max(...wires) };
}

function drawn(qubits: readonly number[], wireOf: WireOf): number[] {
  return qubits.map(wireOf).filter((wire) => wire !== undefined);
}

function plainBox(wires: readonly number[], name: string, angles: readonly string[]): Box {
  const label = angles.length === 0 ? name : `${name}(${angles.join(', ')})`;
  return { wires, name, angles, label, numbered: wires.length > 1 };
}

/** An operation with data: a box under its controls. */
export function dataItem(operation: DataOperation, wireOf: WireOf): GateItem {
  const controls = drawn(operation.controls, wireOf);
  const targets = drawn(operation.targets, wireOf);
  const box =
    operation.kind === 'pauliRotation'
      ? plainBox(targets, `R${operation.pauli}`, [formatAngle(operation.params[0])])
      : plainBox(targets, DATA_LABELS[operation.kind], []);
  const marks = controlMarks(controls, operation.controlStates);
  const family = DATA_FAMILIES[operation.kind];
  return { kind: 'gate', family, marks, ...span([...controls, ...targets]), box };
}

/** Blocks as frames, everything else as a box over its qubits; nothing where it touches none. */
export function decisionItem(
  operation: Operation,
  wireOf: WireOf,
  draw: Drawer,
): GateItem | FrameItem | undefined {
  const wires = drawn(operationQubits(operation), wireOf);
  if (wires.length === 0) return undefined;
  switch (operation.kind) {
    case 'if':
    case 'while':
    case 'for':
    case 'switch': {
      const bits = operationExpressions(operation).flatMap((expression) => expression.bits);
      return { kind: 'frame', ...span(wires), parts: partsOf(operation, draw), bits };
    }
    default: {
      const box = plainBox(wires, boxName(operation), []);
      return { kind: 'gate', family: 'superposition', marks: [], ...span(wires), box };
    }
  }
}

function boxName(operation: Operation): string {
  switch (operation.kind) {
    case 'reset':
      return '|0>';
    case 'postselect':
      return `keep ${operation.outcome}`;
    case 'initialize':
      return operation.symbols === undefined ? 'Initialize' : `|${operation.symbols}>`;
    default:
      return operation.kind;
  }
}

function partsOf(operation: BlockOperation, draw: Drawer): FramePart[] {
  const part = (label: string, operations: readonly Operation[]): FramePart => ({
    label,
    items: operations.map(draw).filter((item) => item !== undefined),
  });
  switch (operation.kind) {
    case 'if': {
      const { condition, body, otherwise } = operation;
      const first = part(`if ${String(condition)}`, body);
      return otherwise.length === 0 ? [first] : [first, part('else', otherwise)];
    }
    case 'while':
      return [part(`while ${String(operation.condition)}`, operation.body)];
    case 'for':
      return [
        part(`for ${String(operation.variable)} in ${valuesText(operation)}`, operation.body),
      ];
    case 'switch': {
      const on = String(operation.on);
      const cases = operation.cases.map(({ values, body }) =>
        part(`${on} = ${values.join(', ')}`, body),
      );
      const { otherwise } = operation;
      return otherwise.length === 0 ? cases : [...cases, part(`${on} otherwise`, otherwise)];
    }
  }
}

function valuesText(operation: BlockOperation & { readonly kind: 'for' }): string {
  const { values } = operation;
  if (!('first' in values)) return `{${values.join(', ')}}`;
  const step = values.step === 1 ? '' : `:${values.step}`;
  return `[${String(values.first)}${step}:${String(values.last)}]`;
}
