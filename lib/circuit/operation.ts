import type { Classical, ClassicalType } from './classical.js';
import type { Angle } from './expression.js';
import type { GateName } from './gates.gen.js';

/** 1 for a control that acts on 1 (closed), 0 for one that acts on 0 (open). */
export type ControlState = 0 | 1;

/** What all unitary operations have in common. */
interface Operands {
  /** Controls, the gate's own and extra ones; the order carries no meaning beyond drawing. */
  readonly controls: readonly number[];
  /** One state a control; absent when all controls act on 1. */
  readonly controlStates?: readonly ControlState[];
  readonly targets: readonly number[];
}

/** A gate of the table on some qubits. */
export interface GateOperation extends Operands {
  readonly kind: 'gate';
  readonly gate: GateName;
  /** Angles in radians, in the order of the gate's parameters. */
  readonly params: readonly Angle[];
}

/** exp(−iθ/2 P) for a string P of X, Y and Z, one letter a target. */
export interface PauliRotationOperation extends Operands {
  readonly kind: 'pauliRotation';
  readonly pauli: string;
  readonly params: readonly [Angle];
}

/** A unitary matrix on its targets, the first target most significant. */
export interface UnitaryOperation extends Operands {
  readonly kind: 'unitary';
  /** Row after row, interleaved re, im. */
  readonly matrix: readonly number[];
}

/** Phases e^{iφ}, one for each basis state of the targets. */
export interface DiagonalOperation extends Operands {
  readonly kind: 'diagonal';
  /** Radians, one for each value of the targets, the first target most significant. */
  readonly phases: readonly number[];
}

/** A permutation of the basis states of the targets: |x> becomes |table[x]>. */
export interface PermutationOperation extends Operands {
  readonly kind: 'permutation';
  readonly table: readonly number[];
}

/** Unitary operations that carry data, which no row of the gate table does. */
export type DataOperation =
  PauliRotationOperation | UnitaryOperation | DiagonalOperation | PermutationOperation;

/** Puts qubits into a state, whatever they were in. */
export interface InitializeOperation {
  readonly kind: 'initialize';
  /** One symbol of `01+-rl` a target; absent where amplitudes are given. */
  readonly symbols?: string;
  /** Amplitudes, interleaved re, im, of norm 1, the first target most significant. */
  readonly amplitudes?: readonly number[];
  readonly targets: readonly number[];
}

/** A measurement of one qubit in the computational basis into one classical bit. */
export interface MeasureOperation {
  readonly kind: 'measure';
  readonly qubit: number;
  readonly bit: number;
}

/** A line that drawings and {@link Circuit.depth} respect; it has no effect on the state. */
export interface BarrierOperation {
  readonly kind: 'barrier';
  readonly qubits: readonly number[];
}

/** Puts a qubit into |0>, measuring it without keeping the outcome. */
export interface ResetOperation {
  readonly kind: 'reset';
  readonly qubit: number;
}

/** Keeps only the shots in which the qubit measures the outcome. */
export interface PostselectOperation {
  readonly kind: 'postselect';
  readonly qubit: number;
  readonly outcome: 0 | 1;
}

/** Fails the run where a classical bit has another value. */
export interface ExpectBitOperation {
  readonly kind: 'expectBit';
  readonly bit: number;
  readonly value: 0 | 1;
}

/** A place in the circuit where the state can be looked at afterwards. */
export interface SnapshotOperation {
  readonly kind: 'snapshot';
  readonly name: string;
}

/** Writes a value into a bit, a register or a variable. */
export interface AssignOperation {
  readonly kind: 'assign';
  /** A bit, some consecutive bits or a variable, as an expression of this one item. */
  readonly target: Classical;
  readonly value: Classical;
}

/** Operations carried out where a condition holds, and others where it does not. */
export interface IfOperation {
  readonly kind: 'if';
  readonly condition: Classical;
  readonly body: readonly Operation[];
  readonly otherwise: readonly Operation[];
}

/** Operations repeated while a condition holds; more than `max` rounds fail the run. */
export interface WhileOperation {
  readonly kind: 'while';
  readonly condition: Classical;
  readonly body: readonly Operation[];
  readonly max: number;
}

/** Values from `first` to `last`, both included, in steps of `step`. */
export interface ForRange {
  readonly first: Classical;
  readonly last: Classical;
  readonly step: number;
}

/** Operations repeated for each value of a variable. */
export interface ForOperation {
  readonly kind: 'for';
  readonly variable: Classical;
  readonly values: ForRange | readonly number[];
  readonly body: readonly Operation[];
}

/** Operations chosen by a whole number. */
export interface SwitchOperation {
  readonly kind: 'switch';
  readonly on: Classical;
  readonly cases: readonly {
    readonly values: readonly number[];
    readonly body: readonly Operation[];
  }[];
  readonly otherwise: readonly Operation[];
}

/** Leaves the innermost loop, or goes on with its next round. */
export interface JumpOperation {
  readonly kind: 'break' | 'continue';
}

/** Operations that hold lists of operations. */
export type BlockOperation = IfOperation | WhileOperation | ForOperation | SwitchOperation;

/** Unitary operations. */
export type UnitaryLike = GateOperation | DataOperation;

/** One operation of a circuit: plain frozen data, told apart by `kind`. */
export type Operation =
  | UnitaryLike
  | InitializeOperation
  | MeasureOperation
  | BarrierOperation
  | ResetOperation
  | PostselectOperation
  | ExpectBitOperation
  | SnapshotOperation
  | AssignOperation
  | BlockOperation
  | JumpOperation;

/** Whether an operation is a gate, or does as a gate does with data of its own. */
export function isUnitaryLike(operation: Operation): operation is UnitaryLike {
  return 'controls' in operation;
}

const NONE: readonly never[] = Object.freeze([]);

/** The lists of operations inside an operation. */
export function innerLists(operation: Operation): readonly (readonly Operation[])[] {
  switch (operation.kind) {
    case 'if':
      return [operation.body, operation.otherwise];
    case 'while':
    case 'for':
      return [operation.body];
    case 'switch':
      return [...operation.cases.map(({ body }) => body), operation.otherwise];
    default:
      return NONE;
  }
}

/** The classical expressions of an operation, those in angles not included. */
export function operationExpressions(operation: Operation): readonly Classical[] {
  switch (operation.kind) {
    case 'if':
    case 'while':
      return [operation.condition];
    case 'switch':
      return [operation.on];
    case 'assign':
      return [operation.target, operation.value];
    case 'for': {
      const { variable, values } = operation;
      return 'first' in values ? [variable, values.first, values.last] : [variable];
    }
    default:
      return NONE;
  }
}

/** The angles of an operation. */
export function operationAngles(operation: Operation): readonly Angle[] {
  return 'params' in operation ? operation.params : NONE;
}

/** All operations, those inside others included, from first to last. */
export function* eachOperation(operations: readonly Operation[]): Generator<Operation> {
  for (const operation of operations) {
    yield operation;
    for (const list of innerLists(operation)) yield* eachOperation(list);
  }
}

/** The qubits an operation touches: controls before targets. */
export function operationQubits(operation: Operation): readonly number[] {
  if (isUnitaryLike(operation)) return [...operation.controls, ...operation.targets];
  if ('qubit' in operation) return [operation.qubit];
  if (operation.kind === 'barrier') return operation.qubits;
  if (operation.kind === 'initialize') return operation.targets;
  const inner = innerLists(operation).flat();
  return inner.length === 0 ? [] : [...new Set(inner.flatMap(operationQubits))];
}

/** The classical bits an operation reads or writes. */
export function operationBits(operation: Operation): readonly number[] {
  const own = 'bit' in operation ? [operation.bit] : [];
  const read = operationExpressions(operation).flatMap((expression) => expression.bits);
  const turned = operationAngles(operation).flatMap((angle) =>
    typeof angle === 'number' ? [] : angle.bits,
  );
  const inner = innerLists(operation).flat().flatMap(operationBits);
  return [...new Set([...own, ...read, ...turned, ...inner])];
}

/** Types of the variables that operations use, by name. */
export function variablesOf(operations: readonly Operation[]): ReadonlyMap<string, ClassicalType> {
  const types = new Map<string, ClassicalType>();
  for (const operation of eachOperation(operations)) {
    for (const { variables } of operationExpressions(operation)) {
      for (const [name, type] of variables) types.set(name, type);
    }
    for (const angle of operationAngles(operation)) {
      if (typeof angle === 'number') continue;
      for (const [name, type] of angle.variables) types.set(name, type);
    }
  }
  return types;
}

const DECIDING = new Set<Operation['kind']>(['measure', 'reset', 'postselect']);

/** Whether operations leave one final state: no outcome is drawn and nothing classical happens. */
export function isUnitaryList(operations: readonly Operation[]): boolean {
  const used = new Set<number>();
  for (const operation of operations) {
    const { kind } = operation;
    if (DECIDING.has(kind) || kind === 'assign' || kind === 'expectBit') return false;
    if (innerLists(operation).length > 0) return false;
    if (kind === 'initialize' && operation.targets.some((qubit) => used.has(qubit))) return false;
    if (kind === 'barrier') continue;
    for (const qubit of operationQubits(operation)) used.add(qubit);
  }
  return true;
}

/** Whether operations write any classical bit, so that a run has something to count. */
export function writesBits(operations: readonly Operation[]): boolean {
  for (const operation of eachOperation(operations)) {
    if (operation.kind === 'measure') return true;
    if (operation.kind === 'assign' && operation.target.bits.length > 0) return true;
  }
  return false;
}
