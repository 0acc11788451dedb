import { QuantumError } from '../errors.js';
import {
  checkArray,
  checkBit,
  checkDistinct,
  checkQubit,
  describe,
  invalidArgument,
} from './arguments.js';
import { resolveAngle } from './classical-checks.js';
import {
  checkDynamic,
  FIELDS,
  isDynamicKind,
  type Fields,
  type Surroundings,
} from './dynamic-checks.js';
import { checkAngle, Expression } from './expression.js';
import { Classical } from './classical.js';
import type { GateRow } from './gate-row.js';
import { findGate, nameUnderControls } from './gate-table.js';
import type {
  BarrierOperation,
  ControlState,
  GateOperation,
  MeasureOperation,
  Operation,
} from './operation.js';

/** Argument names for messages, by position. */
export interface GateArgumentNames {
  readonly params: (index: number) => string;
  readonly controls: (index: number) => string;
  readonly targets: (index: number) => string;
}

/** What a gate operation is made from, unchecked. */
export interface GateParts {
  readonly params: readonly unknown[];
  readonly controls: readonly unknown[];
  readonly controlStates?: readonly ControlState[] | undefined;
  readonly targets: readonly unknown[];
}

function checkQubits(
  values: readonly unknown[],
  names: (index: number) => string,
  qubits: number,
): readonly number[] {
  return Object.freeze(values.map((value, k) => checkQubit(value, names(k), qubits)));
}

/** A frozen gate operation, every angle and qubit checked; the counts must fit the row already. */
export function checkedGate(
  row: GateRow,
  parts: GateParts,
  size: Surroundings,
  names: GateArgumentNames,
): GateOperation {
  const params = parts.params.map((value, k) =>
    resolveAngle(checkAngle(value, names.params(k)), size, names.params(k)),
  );
  const controls = checkQubits(parts.controls, names.controls, size.qubits);
  const targets = checkQubits(parts.targets, names.targets, size.qubits);
  const count = controls.length;
  const last = targets.length > 0 ? names.targets(targets.length - 1) : names.controls(count - 1);
  checkDistinct([...controls, ...targets], last);
  return freezeGate({
    kind: 'gate',
    gate: nameUnderControls(row.name, count),
    params,
    controls,
    ...(parts.controlStates?.includes(0) ? { controlStates: parts.controlStates } : {}),
    targets,
  });
}

function freezeGate(operation: GateOperation): GateOperation {
  Object.freeze(operation.params);
  if (operation.controlStates !== undefined) Object.freeze(operation.controlStates);
  return Object.freeze(operation);
}

/** Checks how many angles, controls and targets a gate gets. */
export function checkCounts(row: GateRow, parts: GateParts, argument: string): void {
  const wrong = (what: string, expected: string, received: number): QuantumError =>
    new QuantumError(
      'ERR_INVALID_ARGUMENT',
      `Expected ${argument} '${row.name}' to have ${expected} ${what}, received ${received}.`,
      { argument, received },
    );
  const { params, controls, targets } = parts;
  if (params.length !== row.params.length) {
    throw wrong('angles', String(row.params.length), params.length);
  }
  if (controls.length < row.controls) {
    throw wrong('controls', `at least ${row.controls}`, controls.length);
  }
  if (targets.length !== row.targets) {
    throw wrong('targets', String(row.targets), targets.length);
  }
}

/** Checks control states given as a text such as '01', one character a control. */
export function checkStateText(
  value: unknown,
  argument: string,
  controls: number,
): readonly ControlState[] {
  if (typeof value === 'string' && value.length === controls && /^[01]*$/.test(value)) {
    return Array.from(value, (character) => (character === '1' ? 1 : 0));
  }
  throw invalidArgument(argument, `a text of ${controls} characters, each 0 or 1`, value);
}

function checkStates(
  value: unknown,
  argument: string,
  controls: number,
): readonly ControlState[] | undefined {
  if (value === undefined) return undefined;
  const states = checkArray(value, argument);
  if (states.length === controls && states.every((state) => state === 0 || state === 1)) {
    return states;
  }
  throw invalidArgument(argument, `an array of ${controls} control states, each 0 or 1`, value);
}

function checkFields(operation: Fields, argument: string, known: readonly string[]): void {
  for (const key of Object.keys(operation)) {
    if (key === 'kind' || known.includes(key)) continue;
    throw new QuantumError(
      'ERR_INVALID_ARGUMENT',
      `Expected ${argument} to have only ${['kind', ...known].join(', ')}, received the unknown key ${JSON.stringify(key)}.`,
      { argument: `${argument}.${key}`, received: key },
    );
  }
}

function checkGate(operation: Fields, size: Surroundings, argument: string): GateOperation {
  checkFields(operation, argument, ['gate', 'params', 'controls', 'controlStates', 'targets']);
  const row = findGate(operation['gate'], `${argument}.gate`);
  const list = (key: string): readonly unknown[] =>
    checkArray(operation[key], `${argument}.${key}`);
  const controls = list('controls');
  const parts: GateParts = {
    params: list('params'),
    controls,
    controlStates: checkStates(
      operation['controlStates'],
      `${argument}.controlStates`,
      controls.length,
    ),
    targets: list('targets'),
  };
  checkCounts(row, parts, `${argument}.gate`);
  const named = (key: string) => (k: number) => `${argument}.${key}[${k}]`;
  return checkedGate(row, parts, size, {
    params: named('params'),
    controls: named('controls'),
    targets: named('targets'),
  });
}

function checkMeasure(operation: Fields, size: Surroundings, argument: string): MeasureOperation {
  checkFields(operation, argument, ['qubit', 'bit']);
  return checkedMeasure(operation['qubit'], operation['bit'], size, `${argument}.`);
}

/** A frozen measurement, both indices checked. */
export function checkedMeasure(
  qubit: unknown,
  bit: unknown,
  size: Pick<Surroundings, 'qubits' | 'bits'>,
  prefix = '',
): MeasureOperation {
  return Object.freeze({
    kind: 'measure',
    qubit: checkQubit(qubit, `${prefix}qubit`, size.qubits),
    bit: checkBit(bit, `${prefix}bit`, size.bits),
  });
}

/** A frozen barrier on distinct qubits. */
export function checkedBarrier(
  qubits: unknown,
  size: Surroundings,
  argument: string,
): BarrierOperation {
  const names = (k: number): string => `${argument}[${k}]`;
  const checked = checkQubits(checkArray(qubits, argument), names, size.qubits);
  checkDistinct(checked, argument);
  return Object.freeze({ kind: 'barrier', qubits: checked });
}

/** An operation from outside: every field checked, unknown ones refused, the result frozen. */
export function checkOperation(
  operation: unknown,
  size: Surroundings,
  argument: string,
): Operation {
  if (typeof operation !== 'object' || operation === null) {
    throw invalidArgument(argument, 'an operation', operation);
  }
  const fields = operation as Fields;
  switch (fields['kind']) {
    case 'gate':
      return checkGate(fields, size, argument);
    case 'measure':
      return checkMeasure(fields, size, argument);
    case 'barrier':
      checkFields(fields, argument, ['qubits']);
      return checkedBarrier(fields['qubits'], size, `${argument}.qubits`);
    default:
      break;
  }
  if (isDynamicKind(fields['kind'])) {
    checkFields(fields, argument, FIELDS[fields['kind']]);
    return checkDynamic(fields, size, argument, checkBlock);
  }
  throw new QuantumError(
    'ERR_INVALID_ARGUMENT',
    `Expected ${argument}.kind to be the kind of an operation such as 'gate' or 'measure', received ${describe(fields['kind'])}.`,
    { argument: `${argument}.kind`, received: fields['kind'] },
  );
}

function checkBlock(value: unknown, around: Surroundings, argument: string): readonly Operation[] {
  const list = checkArray(value, argument);
  return Object.freeze(list.map((entry, k) => checkOperation(entry, around, `${argument}[${k}]`)));
}

/** Whether two operations are the same. */
export function sameOperation(a: Operation, b: Operation): boolean {
  return sameData(a, b);
}

/** Equality of plain data, in which expressions count as values. */
function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Expression || a instanceof Classical) return a.equals(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameData((a as Fields)[key], (b as Fields)[key]))
  );
}
