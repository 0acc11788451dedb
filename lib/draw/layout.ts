// Where everything goes, in wires and columns. Renderers turn these into characters or shapes.

import { classicalText, type ClassicalItem } from '../circuit/classical-items.js';
import { operationBits, operationQubits, type Operation } from '../circuit/operation.js';
import type { Register } from '../circuit/registers.js';
import { formatAngle } from './angle.js';
import {
  isGlobalPhase,
  itemOf,
  type ColumnItem,
  type DrawItem,
  type FrameItem,
  type Scene,
} from './item.js';

/** What a drawing needs to know of a circuit. */
export interface DrawableCircuit {
  readonly operations: readonly Operation[];
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
}

/** How a measurement shows its bit: a line down to the register, or the bit's name in the box. */
export type MeasurementStyle = 'arrow' | 'label';

/** What is placed where, as `draw` was asked to. */
export interface LayoutStyle {
  readonly measurements: MeasurementStyle;
  /** Qubits from top to bottom, all of them. */
  readonly wireOrder: readonly number[];
  /** Whether wires that nothing happens on are shown. */
  readonly idleWires: boolean;
  /** An operation to mark. */
  readonly marked?: Operation | undefined;
}

/** A circuit in wires and columns. */
export interface Layout {
  /** Name of the qubit on each wire, such as `q0`. */
  readonly wires: readonly string[];
  /** Classical registers, one wire each below the qubits; none if measurements are labelled. */
  readonly registers: readonly Register[];
  /** Name of each classical bit, such as `c0`. */
  readonly bits: readonly string[];
  /** Items by column, left to right. Items of a column share no wire. */
  readonly columns: readonly (readonly ColumnItem[])[];
  /** The global phase in words; empty if there is none. */
  readonly globalPhase: string;
}

/** Places every operation in the first column in which all its wires are free. */
export function layOut(circuit: DrawableCircuit, style: LayoutStyle): Layout {
  const { operations, bitRegisters } = circuit;
  const shown = style.idleWires ? style.wireOrder : busyQubits(operations, style.wireOrder);
  const wires = new Map(shown.map((qubit, wire) => [qubit, wire]));
  const names = namesOf(circuit.qubitRegisters);
  const bits = namesOf(bitRegisters);
  const scene: Scene = {
    wireOf: (qubit) => wires.get(qubit),
    textOf: ({ items }) => classicalText(namedItems(items, bitRegisters, bits)),
    bitName: (bit) => bits[bit] as string,
    around: { first: 0, last: shown.length - 1 },
    marked: style.marked,
    gates: new Map(),
  };
  const items = operations.map((operation) => itemOf(operation, scene));
  return {
    wires: shown.map((qubit) => names[qubit] as string),
    bits,
    globalPhase: globalPhaseOf(operations),
    ...placeItems(
      items.filter((item) => item !== undefined),
      shown.length,
      shownRegisters(circuit, style),
    ),
  };
}

/** Index of the register that holds a bit. */
export function registerOf(bit: number, registers: readonly Register[]): number {
  return registers.findIndex(({ start, size }) => bit >= start && bit < start + size);
}

/** Packs items to the left, over wires of qubits and of classical registers. */
export function placeItems(
  items: readonly DrawItem[],
  wires: number,
  registers: readonly Register[],
): Pick<Layout, 'registers' | 'columns'> {
  const placement = new Placement(wires, registers);
  for (const item of items) placement.place(item, 0);
  return { registers, columns: placement.columns };
}

function busyQubits(operations: readonly Operation[], order: readonly number[]): number[] {
  const busy = new Set<number>();
  for (const operation of operations) {
    if (operation.kind !== 'barrier')
      for (const qubit of operationQubits(operation)) busy.add(qubit);
  }
  return order.filter((qubit) => busy.has(qubit));
}

function shownRegisters(circuit: DrawableCircuit, style: LayoutStyle): readonly Register[] {
  const { bitRegisters, operations } = circuit;
  if (style.measurements === 'label') return [];
  if (style.idleWires) return bitRegisters;
  const touched = new Set(
    operations.flatMap(operationBits).map((bit) => registerOf(bit, bitRegisters)),
  );
  return bitRegisters.filter((_, index) => touched.has(index));
}

class Placement {
  readonly columns: ColumnItem[][] = [];
  readonly #wires: number;
  readonly #registers: readonly Register[];
  /** The first free column of each wire. */
  readonly #free: number[];
  /** The first free column of each bit, which counts where registers are not shown, too. */
  readonly #freeBits = new Map<number, number>();

  constructor(wires: number, registers: readonly Register[]) {
    this.#wires = wires;
    this.#registers = registers;
    this.#free = new Array<number>(wires + registers.length).fill(0);
  }

  place(item: DrawItem, depth: number): void {
    if (item.kind === 'frame') this.#placeFrame(item, depth);
    else (this.columns[this.#occupy(item)] ??= []).push(item);
  }

  /** A frame is columns of its own on all its wires: its edges, and between them what it holds. */
  #placeFrame({ parts, bits, first, last, marked }: FrameItem, depth: number): void {
    const edge = (kind: 'open' | 'next' | 'close', label: string): void => {
      const item: ColumnItem = {
        kind: 'edge',
        edge: kind,
        label,
        bits: kind === 'open' ? bits : [],
        first,
        last,
        depth,
        ...(marked && kind === 'open' ? { marked } : {}),
      };
      (this.columns[this.#occupy(item)] ??= []).push(item);
    };
    parts.forEach(({ label, items }, part) => {
      edge(part === 0 ? 'open' : 'next', label);
      for (const item of items) this.place(item, depth + 1);
    });
    edge('close', '');
  }

  /** Takes the first column in which all wires of an item are free, those its line crosses included. */
  #occupy(item: ColumnItem): number {
    const bits = bitsOf(item);
    const last = this.#lastWire(item, bits);
    // A barrier covers its own wires only; a line may pass between them.
    const skipped = (wire: number): boolean =>
      item.kind === 'barrier' && !item.wires.includes(wire);
    let column = Math.max(0, ...bits.map((bit) => this.#freeBits.get(bit) ?? 0));
    for (let wire = item.first; wire <= last; wire++) {
      if (!skipped(wire)) column = Math.max(column, this.#free[wire] as number);
    }
    for (let wire = item.first; wire <= last; wire++) {
      if (!skipped(wire)) this.#free[wire] = column + 1;
    }
    for (const bit of bits) this.#freeBits.set(bit, column + 1);
    return column;
  }

  #lastWire(item: ColumnItem, bits: readonly number[]): number {
    if (this.#registers.length === 0 || item.kind === 'gate') return item.last;
    const registers = bits.map((bit) => this.#wires + registerOf(bit, this.#registers));
    return Math.max(item.last, ...registers);
  }
}

/** Classical bits that an item reads or writes. */
function bitsOf(item: ColumnItem): readonly number[] {
  if (item.kind === 'measure') return [item.bit];
  return 'bits' in item ? item.bits : [];
}

/** Bits of expressions under the names that the drawing shows: those of whole registers as the register. */
function namedItems(
  items: readonly ClassicalItem[],
  registers: readonly Register[],
  bits: readonly string[],
): ClassicalItem[] {
  const named = (name: string): ClassicalItem => ({ op: 'variable', name, type: { kind: 'bit' } });
  return items.map((item) => {
    if (item.op === 'bit') return named(bits[item.bit] as string);
    if (item.op !== 'bits') return item;
    const { first, count } = item;
    const whole = registers.find(({ start, size }) => start === first && size === count);
    return named(whole?.name ?? `${bits[first] as string}:${bits[first + count - 1] as string}`);
  });
}

/** Names by index: register and number, with brackets where the register's name ends in a digit. */
function namesOf(registers: readonly Register[]): readonly string[] {
  return registers.flatMap(({ name, size }) =>
    Array.from({ length: size }, (_, k) => (/\d$/.test(name) ? `${name}[${k}]` : `${name}${k}`)),
  );
}

function globalPhaseOf(operations: readonly Operation[]): string {
  let constant = 0;
  const parts: string[] = [];
  for (const operation of operations) {
    if (operation.kind !== 'gate' || !isGlobalPhase(operation)) continue;
    for (const angle of operation.params) {
      if (typeof angle === 'number') constant += angle;
      else parts.push(formatAngle(angle));
    }
  }
  if (constant !== 0) parts.push(formatAngle(constant));
  return parts.join(' + ');
}
