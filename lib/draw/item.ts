// What each operation of a circuit is drawn as, in terms that suit text, SVG and LaTeX alike.

import { gateRow } from '../circuit/gate-table.js';
import type { GateRow } from '../circuit/gate-row.js';
import {
  innerLists,
  operationQubits,
  type ControlState,
  type DataOperation,
  type GateOperation,
  type Operation,
} from '../circuit/operation.js';
import { formatAngle } from './angle.js';

/** A symbol on a wire: a closed or open control, the circled plus of a flip, the cross of a swap. */
export type MarkSymbol = 'closed' | 'open' | 'flip' | 'cross';

/** A symbol and the qubit it stands on. */
export interface Mark {
  readonly qubit: number;
  readonly symbol: MarkSymbol;
}

/** A labelled box over one or more qubits, listed in the order of the gate's operands. */
export interface Box {
  readonly qubits: readonly number[];
  readonly label: string;
}

/** The first and the last qubit that an item touches. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Marks and at most one box, joined by a vertical line. */
export interface GateItem extends Span {
  readonly kind: 'gate';
  readonly marks: readonly Mark[];
  readonly box?: Box;
  /** Text beside the lowest mark. */
  readonly note?: string;
}

/** A measurement of a qubit into a classical bit of the circuit. */
export interface MeasureItem extends Span {
  readonly kind: 'measure';
  readonly qubit: number;
  readonly bit: number;
}

/** A barrier across some qubits. */
export interface BarrierItem extends Span {
  readonly kind: 'barrier';
  readonly qubits: readonly number[];
}

/** One thing in one column of a drawing. */
export type DrawItem = GateItem | MeasureItem | BarrierItem;

/** How an operation is drawn; `undefined` for a global phase, which stands on no wire. */
export function itemOf(operation: Operation): DrawItem | undefined {
  switch (operation.kind) {
    case 'measure':
      return { ...operation, first: operation.qubit, last: operation.qubit };
    case 'barrier':
      return { ...operation, ...spanOf(operation.qubits, []) };
    case 'gate':
      return isGlobalPhase(operation) ? undefined : gateItem(operation);
    case 'pauliRotation':
    case 'unitary':
    case 'diagonal':
    case 'permutation':
      return dataItem(operation);
    default:
      return boxItem(operation);
  }
}

function controlMarks(
  controls: readonly number[],
  states: readonly ControlState[] | undefined,
): Mark[] {
  return controls.map((qubit, k) => ({ qubit, symbol: states?.[k] === 0 ? 'open' : 'closed' }));
}

const DATA_LABELS = { unitary: 'U', diagonal: 'Diagonal', permutation: 'Permutation' } as const;

function dataItem(operation: DataOperation): GateItem {
  const { controls, controlStates, targets } = operation;
  const label =
    operation.kind === 'pauliRotation'
      ? `R${operation.pauli}(${formatAngle(operation.params[0])})`
      : DATA_LABELS[operation.kind];
  const marks = controlMarks(controls, controlStates);
  return { kind: 'gate', ...spanOf(controls, targets), marks, box: { qubits: targets, label } };
}

/** A box over the qubits of an operation that is no gate; nothing where it touches none. */
function boxItem(operation: Operation): GateItem | undefined {
  const touched = operationQubits(operation);
  const sorted = touched.toSorted((a, b) => a - b);
  const qubits = operation.kind === 'initialize' ? touched : sorted;
  if (qubits.length === 0) return undefined;
  return {
    kind: 'gate',
    ...spanOf(qubits, []),
    marks: [],
    box: { qubits, label: boxLabel(operation) },
  };
}

function boxLabel(operation: Operation): string {
  switch (operation.kind) {
    case 'reset':
      return '|0>';
    case 'postselect':
      return `keep ${operation.outcome}`;
    case 'initialize':
      return operation.symbols === undefined ? 'Initialize' : `|${operation.symbols}>`;
    case 'if':
    case 'while':
      return `${operation.kind} ${String(operation.condition)}${contents(operation)}`;
    case 'for':
      return `for ${String(operation.variable)}${contents(operation)}`;
    case 'switch':
      return `switch ${String(operation.on)}${contents(operation)}`;
    default:
      return operation.kind;
  }
}

/** Names of what a block holds, as far as they fit. */
function contents(operation: Operation): string {
  const names = innerLists(operation).map((list) =>
    list.map((inner) => (inner.kind === 'gate' ? inner.gate : inner.kind)).join(' '),
  );
  return `: ${names.filter((text) => text !== '').join(' | ')}`;
}

/** Whether a gate has neither targets nor controls. */
export function isGlobalPhase({ targets, controls }: GateOperation): boolean {
  return targets.length === 0 && controls.length === 0;
}

function gateItem(operation: GateOperation): GateItem {
  const { controls, controlStates, targets } = operation;
  const row = gateRow(operation.gate);
  const marks = controlMarks(controls, controlStates);
  const label = labelOf(row, operation);
  const { first, last } = spanOf(controls, targets);
  if (targets.length === 0) return { kind: 'gate', first, last, marks, note: label };
  const symbol = targetSymbol(row, controls.length > 0);
  if (symbol === undefined) {
    return { kind: 'gate', first, last, marks, box: { qubits: targets, label } };
  }
  for (const qubit of targets) marks.push({ qubit, symbol });
  return { kind: 'gate', first, last, marks };
}

function spanOf(controls: readonly number[], targets: readonly number[]): Span {
  return {
    first: Math.min(...controls, ...targets),
    last: Math.max(...controls, ...targets),
  };
}

function labelOf(row: GateRow, { params }: GateOperation): string {
  return params.length === 0 ? row.label : `${row.label}(${params.map(formatAngle).join(', ')})`;
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
