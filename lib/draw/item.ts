// What each operation of a circuit is drawn as, in terms that suit text, SVG and LaTeX alike.

import { gateRow } from '../circuit/gate-table.js';
import type { Classical } from '../circuit/classical.js';
import type { GateRow } from '../circuit/gate-row.js';
import type { Angle } from '../circuit/expression.js';
import type { GateOperation, Operation } from '../circuit/operation.js';
import { formatAngle } from './angle.js';
import { controlMarks, dataItem, decisionItem } from './decision-item.js';

/** A symbol on a wire: a closed or open control, the circled plus of a flip, the cross of a swap. */
export type MarkSymbol = 'closed' | 'open' | 'flip' | 'cross';

/** A symbol and the wire it stands on. */
export interface Mark {
  readonly wire: number;
  readonly symbol: MarkSymbol;
}

/** A labelled box over one or more wires, listed in the order of the gate's operands. */
export interface Box {
  readonly wires: readonly number[];
  /** The label without angles. */
  readonly name: string;
  readonly angles: readonly string[];
  /** Name and angles in one line. */
  readonly label: string;
  /** Whether the wires carry numbers that tell operands apart. */
  readonly numbered: boolean;
}

/** The first and the last wire that an item touches. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Whether an item is the one to look at. */
interface Marked {
  readonly marked?: boolean;
}

/**
 * What a gate does to basis states: exchanges them, gives them phases, or superposes them, by a fixed amount
 * or by an angle.
 */
export type Family = 'permutation' | 'diagonal' | 'superposition' | 'rotation';

/** Marks and at most one box, joined by a vertical line. */
export interface GateItem extends Span, Marked {
  readonly kind: 'gate';
  readonly family: Family;
  readonly marks: readonly Mark[];
  readonly box?: Box;
  /** Text beside the lowest mark. */
  readonly note?: string;
  /** Classical bits that angles depend on. */
  readonly bits?: readonly number[];
}

/** A measurement of a qubit into a classical bit of the circuit. */
export interface MeasureItem extends Span, Marked {
  readonly kind: 'measure';
  readonly wire: number;
  readonly bit: number;
}

/** A barrier across some wires. */
export interface BarrierItem extends Span, Marked {
  readonly kind: 'barrier';
  readonly wires: readonly number[];
}

/** Something that happens to no qubit, such as an assignment: a sign over all wires around it. */
export interface SignItem extends Span, Marked {
  readonly kind: 'sign';
  readonly label: string;
  /** Classical bits that it reads or writes. */
  readonly bits: readonly number[];
}

/** Items under a label, such as a condition and what runs if it holds. */
export interface FramePart {
  readonly label: string;
  readonly items: readonly DrawItem[];
}

/** A frame around parts that stand side by side: a branch, a loop, a named group. Frames nest. */
export interface FrameItem extends Span, Marked {
  readonly kind: 'frame';
  readonly parts: readonly FramePart[];
  /** Classical bits that decide about the frame. */
  readonly bits: readonly number[];
}

/** What an operation is drawn as. */
export type DrawItem = GateItem | MeasureItem | BarrierItem | SignItem | FrameItem;

/** The column in which a frame opens, in which its next part begins, or in which it closes. */
export interface EdgeItem extends Span, Marked {
  readonly kind: 'edge';
  readonly edge: 'open' | 'next' | 'close';
  readonly label: string;
  readonly bits: readonly number[];
  /** Number of frames around the frame. */
  readonly depth: number;
}

/** One thing in one column of a drawing. */
export type ColumnItem = Exclude<DrawItem, FrameItem> | EdgeItem;

/** Finds the wire of a qubit; `undefined` for a qubit that is not drawn. */
export type WireOf = (qubit: number) => number | undefined;

/** What surrounds an operation, and how it calls what is classical. */
export interface Scene {
  readonly wireOf: WireOf;
  /** Name of a bit or text of an expression. */
  readonly textOf: (expression: Classical) => string;
  readonly bitName: (bit: number) => string;
  /** Wires of the circuit, or of the frame around the operation. */
  readonly around: Span;
  /** An operation to mark. */
  readonly marked?: Operation | undefined;
  /** Items of gates by what they were made of: large circuits repeat a few gates again and again. */
  readonly gates: Map<string, GateItem>;
}

/** How an operation is drawn; `undefined` where it stands on no wire, as a global phase. */
export function itemOf(operation: Operation, scene: Scene): DrawItem | undefined {
  const item = plainItem(operation, scene);
  return operation === scene.marked && item !== undefined ? { ...item, marked: true } : item;
}

function plainItem(operation: Operation, scene: Scene): DrawItem | undefined {
  const { wireOf } = scene;
  switch (operation.kind) {
    case 'measure': {
      const wire = wireOf(operation.qubit) as number;
      return { kind: 'measure', wire, bit: operation.bit, first: wire, last: wire };
    }
    case 'barrier': {
      const wires = wiresOf(operation.qubits, wireOf);
      return wires.length === 0 ? undefined : { kind: 'barrier', wires, ...spanOf(wires, []) };
    }
    case 'gate':
      return isGlobalPhase(operation) ? undefined : sharedGateItem(operation, scene);
    case 'pauliRotation':
    case 'unitary':
    case 'diagonal':
    case 'permutation':
      return dataItem(operation, wireOf);
    default:
      return decisionItem(operation, scene, itemOf);
  }
}

/** Whether a gate has neither targets nor controls. */
export function isGlobalPhase({ targets, controls }: GateOperation): boolean {
  return targets.length === 0 && controls.length === 0;
}

function wiresOf(qubits: readonly number[], wireOf: WireOf): number[] {
  return qubits.map(wireOf).filter((wire) => wire !== undefined);
}

function sharedGateItem(operation: GateOperation, { wireOf, gates }: Scene): GateItem {
  const { gate, controls, controlStates = '', targets, params } = operation;
  if (params.some((angle) => typeof angle !== 'number')) return gateItem(operation, wireOf);
  const key = [gate, controls, controlStates, targets, params].join(';');
  let item = gates.get(key);
  if (item === undefined) {
    item = gateItem(operation, wireOf);
    gates.set(key, item);
  }
  return item;
}

function gateItem(operation: GateOperation, wireOf: WireOf): GateItem {
  const { controlStates, params } = operation;
  const row = gateRow(operation.gate);
  const controls = wiresOf(operation.controls, wireOf);
  const wires = wiresOf(operation.targets, wireOf);
  const marks = controlMarks(controls, controlStates);
  const bits = anglesBits(params);
  const read = bits.length === 0 ? {} : { bits };
  const span = spanOf(controls, wires);
  const head = { kind: 'gate', family: familyOf(row), marks, ...span, ...read } as const;
  const angles = params.map(formatAngle);
  const label = angles.length === 0 ? row.label : `${row.label}(${angles.join(', ')})`;
  if (wires.length === 0) return { ...head, note: label };
  const symbol = targetSymbol(row, controls.length > 0);
  const numbered = wires.length > 1;
  if (symbol === undefined)
    return { ...head, box: { wires, name: row.label, angles, label, numbered } };
  for (const wire of wires) marks.push({ wire, symbol });
  return head;
}

function anglesBits(angles: readonly Angle[]): number[] {
  return angles.flatMap((angle) => (typeof angle === 'number' ? [] : angle.bits));
}

function spanOf(controls: readonly number[], targets: readonly number[]): Span {
  return {
    first: Math.min(...controls, ...targets),
    last: Math.max(...controls, ...targets),
  };
}

const families = new Map<GateRow, Family>();

/** The family of a gate, read off its steps. */
function familyOf(row: GateRow): Family {
  const known = families.get(row);
  if (known !== undefined) return known;
  const only = (...primitives: string[]): boolean =>
    row.steps.every(({ primitive }) => primitives.includes(primitive));
  const moving: Family = row.params.length > 0 ? 'rotation' : 'superposition';
  const permuting = only('phase', 'flip', 'swap') ? 'permutation' : moving;
  const family = only('phase', 'parity') ? 'diagonal' : permuting;
  families.set(row, family);
  return family;
}

/** The symbol that stands for a gate on its targets, where there is one: read off what the gate does. */
function targetSymbol(row: GateRow, controlled: boolean): MarkSymbol | undefined {
  const [step] = row.steps;
  if (step === undefined || row.steps.length > 1) return undefined;
  if (step.primitive === 'swap') return 'cross';
  if (!controlled) return undefined;
  if (step.primitive === 'flip') return 'flip';
  return step.primitive === 'phase' && step.angles[0] === 'pi' ? 'closed' : undefined;
}
