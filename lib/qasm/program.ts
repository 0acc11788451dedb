import type { Angle } from '../circuit/expression.js';
import type { GateName } from '../circuit/gates.gen.js';
import type { Register } from '../circuit/registers.js';
import { FloatList, IntList } from './number-list.js';

/** A gate of the table that does (part of) what a built-in gate of the language does. */
export interface TableCall {
  readonly gate: GateName;
  /** Operands of the built-in gate that are the controls, and those that are the targets, of the table gate. */
  readonly controls: readonly number[];
  readonly targets: readonly number[];
  /** Angles of the table gate from the angles of the built-in one. */
  readonly angles: (given: readonly Angle[]) => readonly Angle[];
}

/** Instructions of a gate's body and of the program itself, in an {@link IntList}. */
export const Op = {
  /** gate, node, angle…, operand… (as many as the gate has). */
  Call: 0,
  /** node, count, operand… */
  Barrier: 1,
  /** node, qubit, bit, count: measures `count` neighbours. */
  Measure: 2,
  /** node, first qubit, count */
  Reset: 3,
  /** node, first bit, count, place of a number in `constants`: what follows up to EndIf happens where the bits are this number. */
  If: 4,
  /** node */
  EndIf: 5,
} as const;

/**
 * A gate as the program knows it. It is one of three: a gate of the table (`table`), a definition (`body`), or
 * opaque (neither).
 */
export interface Gate {
  readonly name: string;
  readonly angles: number;
  readonly qubits: number;
  /** Whether an included file of the language declares it: then a program may define it anew. */
  readonly isReplaceable: boolean;
  readonly table?: readonly TableCall[];
  /** Instructions; angles are places in `expressions`, operands are numbers of arguments. */
  readonly body?: IntList;
  /** Name of an opaque gate that this one needs, which nobody can simulate. */
  readonly opaque?: string;
  /** Operations of the circuit that one call becomes. May be far beyond any limit. */
  readonly operations: number;
  /** Definitions that lie within one another. */
  readonly depth: number;
}

/**
 * A checked program: every name resolved, every size known, nothing expanded yet. Angles of the program's own calls
 * are numbers; operands are pairs of a first qubit and a step (1 in a register, 0 for a single qubit).
 */
export class Program {
  readonly qubitRegisters: Register[] = [];
  readonly bitRegisters: Register[] = [];
  readonly gates: Gate[] = [];
  /** Instructions. A call is: Call, gate, node, repetitions, first angle, then the operands. */
  readonly code = new IntList();
  readonly angles = new FloatList();
  /** Code of the angles in bodies, see `expression.ts`. */
  readonly expressions = new IntList();
  readonly constants = new FloatList();
  /** Operations of the circuit that the program becomes. */
  operations = 0;
}
