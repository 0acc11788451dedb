// How operations are drawn that are no gates of the table: those with data, and those that decide.

import {
  operationBits,
  operationExpressions,
  operationQubits,
  type AssignOperation,
  type BlockOperation,
  type ControlState,
  type DataOperation,
  type ExpectBitOperation,
  type ForOperation,
  type JumpOperation,
  type Operation,
  type SnapshotOperation,
} from '../circuit/operation.js';
import { formatAngle } from './angle.js';
import type {
  Box,
  DrawItem,
  FrameItem,
  FramePart,
  GateItem,
  Mark,
  Scene,
  SignItem,
  Span,
  WireOf,
} from './item.js';

/** Characters of the longest condition shown whole. */
const LABEL_WIDTH = 48;

/** Draws one operation inside another. */
export type Drawer = (operation: Operation, scene: Scene) => DrawItem | undefined;

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

/** Blocks as frames, boxes over the qubits of what resets them, signs for what happens to bits alone. */
export function decisionItem(
  operation: Operation,
  scene: Scene,
  draw: Drawer,
): GateItem | SignItem | FrameItem | undefined {
  const wires = drawn(operationQubits(operation), scene.wireOf);
  switch (operation.kind) {
    case 'if':
    case 'while':
    case 'for':
    case 'switch': {
      const around = wires.length === 0 ? scene.around : span(wires);
      if (around.last < around.first) return undefined;
      const bits = operationExpressions(operation).flatMap((expression) => expression.bits);
      return {
        kind: 'frame',
        ...around,
        parts: partsOf(operation, { ...scene, around }, draw),
        bits,
      };
    }
    case 'snapshot':
    case 'expectBit':
    case 'assign':
    case 'break':
    case 'continue':
      if (scene.around.last < scene.around.first) return undefined;
      return {
        kind: 'sign',
        ...scene.around,
        label: signText(operation, scene),
        bits: operationBits(operation),
      };
    default: {
      if (wires.length === 0) return undefined;
      const box = plainBox(wires, boxName(operation), []);
      return { kind: 'gate', family: 'superposition', marks: [], ...span(wires), box };
    }
  }
}

type Sign = SnapshotOperation | ExpectBitOperation | AssignOperation | JumpOperation;

function signText(operation: Sign, { textOf, bitName }: Scene): string {
  switch (operation.kind) {
    case 'snapshot':
      return `snapshot ${operation.name}`;
    case 'expectBit':
      return `expect ${bitName(operation.bit)} = ${operation.value}`;
    case 'assign':
      return shortened(`${textOf(operation.target)} = ${valueText(textOf(operation.value))}`);
    default:
      return operation.kind;
  }
}

/** A number converted to a bit is compared with 0; the sign shows the outcome. */
function valueText(text: string): string {
  return text.replace(/^(-?\d+) != 0$/, (_, value: string) => (Number(value) === 0 ? '0' : '1'));
}

function shortened(text: string): string {
  return text.length <= LABEL_WIDTH ? text : `${text.slice(0, LABEL_WIDTH - 1)}…`;
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

function partsOf(operation: BlockOperation, scene: Scene, draw: Drawer): FramePart[] {
  const { textOf } = scene;
  const part = (label: string, operations: readonly Operation[]): FramePart => ({
    label: shortened(label),
    items: operations.map((inner) => draw(inner, scene)).filter((item) => item !== undefined),
  });
  switch (operation.kind) {
    case 'if': {
      const { condition, body, otherwise } = operation;
      const first = part(`if ${textOf(condition)}`, body);
      return otherwise.length === 0 ? [first] : [first, part('else', otherwise)];
    }
    case 'while':
      return [part(`while ${textOf(operation.condition)}`, operation.body)];
    case 'for': {
      const label = `for ${textOf(operation.variable)} in ${valuesText(operation, scene)}`;
      return [part(label, operation.body)];
    }
    case 'switch': {
      const on = textOf(operation.on);
      const cases = operation.cases.map(({ values, body }) =>
        part(`${on} = ${values.join(', ')}`, body),
      );
      const { otherwise } = operation;
      return otherwise.length === 0 ? cases : [...cases, part(`${on} otherwise`, otherwise)];
    }
  }
}

function valuesText({ values }: ForOperation, { textOf }: Scene): string {
  if (!('first' in values)) return `{${values.join(', ')}}`;
  const step = values.step === 1 ? '' : `:${values.step}`;
  return `[${textOf(values.first)}${step}:${textOf(values.last)}]`;
}
