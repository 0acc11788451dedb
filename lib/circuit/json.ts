import { LIMITS } from '../limits.js';
import {
  checkArray,
  checkInteger,
  checkName,
  checkNumber,
  checkOptions,
  invalidArgument,
} from './arguments.js';
import {
  BINARY,
  Expression,
  UNARY,
  type Angle,
  type BinaryOperator,
  type ExpressionItem,
  type UnaryOperator,
} from './expression.js';
import { Classical } from './classical.js';
import { classicalToJSON, readClassical, type ClassicalJSON } from './classical-json.js';
import type { ControlState, Operation } from './operation.js';
import { placeRegisters, shapeOf, type CircuitShape, type Register } from './registers.js';

/** Version of the format, the value of its field `qmlx`. */
export const FORMAT_VERSION = 1;

/** One item of an expression: a constant, a parameter, or the name of an operator or function. */
export type ExpressionItemJSON =
  number | { readonly parameter: string } | ClassicalJSON | BinaryOperator | UnaryOperator;

/** An angle in radians: a number, or an expression in postfix order. */
export type AngleJSON = number | { readonly postfix: readonly ExpressionItemJSON[] };

/** An operation, with angles as {@link AngleJSON}. */
export type OperationJSON =
  | {
      readonly kind: 'gate';
      readonly gate: string;
      readonly params: readonly AngleJSON[];
      readonly controls: readonly number[];
      readonly controlStates?: readonly ControlState[];
      readonly targets: readonly number[];
    }
  | { readonly kind: 'measure'; readonly qubit: number; readonly bit: number }
  | { readonly kind: 'barrier'; readonly qubits: readonly number[] }
  | {
      /** As {@link Operation}, expressions in it as JSON. */
      readonly kind: Exclude<Operation['kind'], 'gate' | 'measure' | 'barrier'>;
      readonly [field: string]: unknown;
    };

/** A register by name and size, in the order of declaration. */
export interface RegisterJSON {
  readonly name: string;
  readonly size: number;
}

/** A circuit as plain data; `qmlx` is the version of this format. */
export interface CircuitJSON {
  readonly qmlx: typeof FORMAT_VERSION;
  readonly name?: string;
  readonly qubits: readonly RegisterJSON[];
  readonly bits: readonly RegisterJSON[];
  readonly operations: readonly OperationJSON[];
}

/** What of a circuit goes into its JSON. */
interface Source extends CircuitShape {
  readonly name: string | undefined;
  readonly operations: readonly Operation[];
}

function itemToJSON(item: ExpressionItem): ExpressionItemJSON {
  if (item.op === 'constant') return item.value;
  if (item.op === 'classical') return classicalToJSON(item.value);
  return item.op === 'parameter' ? { parameter: item.name } : item.op;
}

const angleToJSON = (angle: Angle): AngleJSON =>
  typeof angle === 'number' ? angle : { postfix: angle.items.map(itemToJSON) };

const registerToJSON = ({ name, size }: Register): RegisterJSON => ({ name, size });

/** Plain data with the expressions in it as JSON. */
function dataToJSON(value: unknown): unknown {
  if (value instanceof Expression) return angleToJSON(value as Expression);
  if (value instanceof Classical) return classicalToJSON(value as Classical);
  if (Array.isArray(value)) return value.map(dataToJSON);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, dataToJSON(field)]));
}

/** A circuit as plain data. */
export function circuitToJSON(source: Source): CircuitJSON {
  return {
    qmlx: FORMAT_VERSION,
    ...(source.name === undefined ? {} : { name: source.name }),
    qubits: source.qubitRegisters.map(registerToJSON),
    bits: source.bitRegisters.map(registerToJSON),
    operations: source.operations.map((operation) => dataToJSON(operation) as OperationJSON),
  };
}

function readItem(value: unknown, argument: string): ExpressionItem {
  if (typeof value === 'object' && value !== null) {
    if ('classical' in value) return { op: 'classical', value: readClassical(value, argument) };
    const { parameter } = checkOptions(value, argument, ['parameter']);
    return { op: 'parameter', name: checkName(parameter, argument, LIMITS.nameLength) };
  }
  if (typeof value === 'string') {
    if (Object.hasOwn(BINARY, value)) return { op: value as BinaryOperator };
    if (Object.hasOwn(UNARY, value)) return { op: value as UnaryOperator };
    throw invalidArgument(argument, 'an operator or function of expressions', value);
  }
  return { op: 'constant', value: checkNumber(value, argument) };
}

/** How many operands an item takes from the stack. */
function arity({ op }: ExpressionItem): number {
  if (op === 'constant' || op === 'parameter' || op === 'classical') return 0;
  return Object.hasOwn(BINARY, op) ? 2 : 1;
}

function readExpression(value: object, argument: string): Expression {
  const { postfix } = checkOptions(value, argument, ['postfix']);
  const list = checkArray(postfix, `${argument}.postfix`);
  if (list.length > LIMITS.expressionItems) {
    throw invalidArgument(`${argument}.postfix`, `at most ${LIMITS.expressionItems} items`, list);
  }
  const items = list.map((item, k) => readItem(item, `${argument}.postfix[${k}]`));
  let depth = 0;
  let complete = true;
  for (const item of items) {
    complete &&= depth >= arity(item);
    depth += 1 - arity(item);
  }
  if (complete && depth === 1) return new Expression(items);
  throw invalidArgument(`${argument}.postfix`, 'one expression in postfix order', list);
}

/** Lists, operations and expressions that may lie in one another: blocks, each a list in an operation. */
const DEEPEST = 4 * LIMITS.nesting + 8;

/** An operation with its expressions read; every other field is left for the circuit to check. */
export function readOperation(value: unknown, argument: string, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Expression) return value;
  if (depth > DEEPEST)
    throw invalidArgument(argument, `at most ${LIMITS.nesting} nested blocks`, value);
  if (Array.isArray(value)) {
    return value.map((entry, k) => readOperation(entry, `${argument}[${k}]`, depth + 1));
  }
  if ('postfix' in value) return readExpression(value, argument);
  if ('classical' in value) return readClassical(value, argument);
  return Object.fromEntries(
    Object.entries(value).map(([key, field]: [string, unknown]) => {
      const place = `${argument}.${key}`;
      const angles = key === 'params' && Array.isArray(field);
      return [key, angles ? readAngles(field, place) : readOperation(field, place, depth + 1)];
    }),
  );
}

function readAngles(angles: readonly unknown[], argument: string): readonly unknown[] {
  return checkArray(angles, argument).map((angle, k) =>
    typeof angle === 'object' && angle !== null
      ? readExpression(angle, `${argument}[${k}]`)
      : angle,
  );
}

function readRegisters(value: unknown, argument: string, limit: 'qubits' | 'bits'): Register[] {
  const sizes = checkArray(value, argument).map((register, k) => {
    const place = `${argument}[${k}]`;
    const { name, size } = checkOptions(register, place, ['name', 'size']);
    return [
      checkName(name, `${place}.name`, LIMITS.nameLength),
      checkInteger(size, `${place}.size`, 1),
    ] as const;
  });
  return placeRegisters(sizes, limit);
}

/** What stands in the JSON of a circuit; operations are still to be read one by one. */
export interface ReadCircuit {
  readonly name: string | undefined;
  readonly shape: CircuitShape;
  readonly operations: readonly unknown[];
}

/** Reads the frame of a circuit's JSON. */
export function readCircuit(value: unknown): ReadCircuit {
  const json = checkOptions(value, 'json', ['qmlx', 'name', 'qubits', 'bits', 'operations']);
  if (json.qmlx !== FORMAT_VERSION) {
    throw invalidArgument('json.qmlx', `the format version ${FORMAT_VERSION}`, json.qmlx);
  }
  const name =
    json.name === undefined ? undefined : checkName(json.name, 'json.name', LIMITS.nameLength);
  return {
    name,
    shape: shapeOf(
      readRegisters(json.qubits, 'json.qubits', 'qubits'),
      readRegisters(json.bits, 'json.bits', 'bits'),
    ),
    operations: checkArray(json.operations, 'json.operations'),
  };
}
