// Where everything goes, in wires and columns. Renderers turn these into characters or shapes.

import type { Operation } from '../circuit/operation.js';
import type { Register } from '../circuit/registers.js';
import { formatAngle } from './angle.js';
import { isGlobalPhase, itemOf, type DrawItem } from './item.js';

/** What a drawing needs to know of a circuit. */
export interface DrawableCircuit {
  readonly operations: readonly Operation[];
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
}

/** How a measurement shows its bit: a line down to the register, or the bit's name in the box. */
export type MeasurementStyle = 'arrow' | 'label';

/** A circuit in wires and columns. */
export interface Layout {
  /** Name of each qubit, such as `q0`. */
  readonly qubits: readonly string[];
  /** Classical registers, one wire each below the qubits; none if measurements are labelled. */
  readonly registers: readonly Register[];
  /** Name of each classical bit, such as `c0`. */
  readonly bits: readonly string[];
  /** Items by column, left to right. Items of a column share no wire. */
  readonly columns: readonly (readonly DrawItem[])[];
  /** The global phase in words; empty if there is none. */
  readonly globalPhase: string;
}

/** Places every operation in the first column in which all its wires are free. */
export function layOut(circuit: DrawableCircuit, style: MeasurementStyle): Layout {
  const qubits = namesOf(circuit.qubitRegisters);
  const registers = style === 'arrow' ? circuit.bitRegisters : [];
  const free = new Array<number>(qubits.length + registers.length).fill(0);
  const columns: DrawItem[][] = [];
  for (const operation of circuit.operations) {
    const item = itemOf(operation);
    if (item === undefined) continue;
    const column = occupy(free, item, qubits.length, registers);
    (columns[column] ??= []).push(item);
  }
  const bits = namesOf(circuit.bitRegisters);
  return { qubits, registers, bits, columns, globalPhase: globalPhaseOf(circuit.operations) };
}

/** Index of the register that holds a bit. */
export function registerOf(bit: number, registers: readonly Register[]): number {
  return registers.findIndex(({ start, size }) => bit >= start && bit < start + size);
}

/** Takes the first column in which all wires of an item are free, those its line crosses included. */
function occupy(
  free: number[],
  item: DrawItem,
  qubits: number,
  registers: readonly Register[],
): number {
  const { first } = item;
  const lands = item.kind === 'measure' && registers.length > 0;
  const last = lands ? qubits + registerOf(item.bit, registers) : item.last;
  // A barrier covers its own qubits only; a line may pass between them.
  const skipped = (wire: number): boolean => item.kind === 'barrier' && !item.qubits.includes(wire);
  let column = 0;
  for (let wire = first; wire <= last; wire++) {
    if (!skipped(wire)) column = Math.max(column, free[wire] as number);
  }
  for (let wire = first; wire <= last; wire++) if (!skipped(wire)) free[wire] = column + 1;
  return column;
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
