// Checks of operations given as data: everything beyond gates, measurements and barriers.

import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import {
  checkArray,
  checkBit,
  checkDistinct,
  checkInteger,
  checkName,
  checkQubit,
  invalidArgument,
} from './arguments.js';
import { checkClassical, checkTarget } from './classical-checks.js';
import { converted, type Classical } from './classical.js';
import { isWhole } from './classical-items.js';
import {
  checkMatrix,
  checkPauli,
  checkPhases,
  checkPreparation,
  checkTable,
} from './data-checks.js';
import { checkAngle } from './expression.js';
import { resolveAngle } from './classical-checks.js';
import type {
  AssignOperation,
  BlockOperation,
  ControlState,
  DataOperation,
  ForOperation,
  ForRange,
  InitializeOperation,
  JumpOperation,
  Operation,
} from './operation.js';
import type { Register } from './registers.js';

/** What an operation must fit, and where it stands. */
export interface Surroundings {
  readonly qubits: number;
  readonly bits: number;
  readonly bitRegisters: readonly Register[];
  /** Whether a loop is around, so that `break` and `continue` mean something. */
  readonly inLoop: boolean;
  /** Blocks around. */
  readonly nesting: number;
}

/** Fields of an operation from outside. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads the operations of a block in its surroundings. */
export type BlockReader = (
  value: unknown,
  around: Surroundings,
  argument: string,
) => readonly Operation[];

/** The surroundings inside a block. */
export function inside(around: Surroundings, loop: boolean): Surroundings {
  const { qubits, bits, bitRegisters } = around;
  const nesting = around.nesting + 1;
  if (nesting <= LIMITS.nesting)
    return { qubits, bits, bitRegisters, inLoop: loop || around.inLoop, nesting };
  throw new QuantumError(
    'ERR_LIMIT',
    `Expected at most ${LIMITS.nesting} nested blocks, received ${nesting}.`,
    { limit: 'nesting', maximum: LIMITS.nesting, received: nesting },
  );
}

/** Distinct qubits of a circuit as a frozen list. */
export function checkTargets(value: unknown, qubits: number, argument: string): readonly number[] {
  const list = checkArray(value, argument).map((qubit, k) =>
    checkQubit(qubit, `${argument}[${k}]`, qubits),
  );
  checkDistinct(list, argument);
  return Object.freeze(list);
}

export function checkOutcome(value: unknown, argument: string): 0 | 1 {
  return checkInteger(value, argument, 0, 1) as 0 | 1;
}

/** A condition: any whole number, true where it is not 0. */
export function checkCondition(value: unknown, around: Surroundings, argument: string): Classical {
  const condition = checkClassical(value, around, argument);
  if (isWhole(condition.type)) return condition;
  throw invalidArgument(argument, 'a condition: a comparison, a bit or a whole number', value);
}

function checkControls(
  operation: Fields,
  around: Surroundings,
  prefix: string,
): { readonly controls: readonly number[]; readonly controlStates?: readonly ControlState[] } {
  const given = operation['controls'] ?? [];
  const controls = checkTargets(given, around.qubits, `${prefix}controls`);
  const states = operation['controlStates'];
  if (states === undefined) return { controls };
  const list = checkArray(states, `${prefix}controlStates`).map((state, k) =>
    checkOutcome(state, `${prefix}controlStates[${k}]`),
  );
  if (list.length !== controls.length) {
    throw invalidArgument(`${prefix}controlStates`, `an array of ${controls.length}`, states);
  }
  return list.includes(0) ? { controls, controlStates: Object.freeze(list) } : { controls };
}

/** A unitary operation with data, from data. */
export function checkData(operation: Fields, around: Surroundings, prefix: string): DataOperation {
  const targets = checkTargets(operation['targets'], around.qubits, `${prefix}targets`);
  const controls = checkControls(operation, around, prefix);
  checkDistinct([...controls.controls, ...targets], `${prefix}targets`);
  const field = (name: string): [unknown, number, string] => [
    operation[name],
    targets.length,
    `${prefix}${name}`,
  ];
  switch (operation['kind'] as DataOperation['kind']) {
    case 'pauliRotation': {
      const [angle] = checkArray(operation['params'], `${prefix}params`);
      const theta = resolveAngle(checkAngle(angle, `${prefix}theta`), around, `${prefix}theta`);
      const pauli = checkPauli(...field('pauli'));
      if (targets.length === 0 || pauli.includes('I'))
        throw invalidArgument(`${prefix}pauli`, 'letters X, Y and Z', pauli);
      return Object.freeze({
        kind: 'pauliRotation',
        pauli,
        params: Object.freeze([theta] as const),
        ...controls,
        targets,
      });
    }
    case 'unitary':
      return Object.freeze({
        kind: 'unitary',
        matrix: checkMatrix(...field('matrix')),
        ...controls,
        targets,
      });
    case 'diagonal':
      return Object.freeze({
        kind: 'diagonal',
        phases: checkPhases(...field('phases')),
        ...controls,
        targets,
      });
    case 'permutation':
      return Object.freeze({
        kind: 'permutation',
        table: checkTable(...field('table')),
        ...controls,
        targets,
      });
  }
}

/** A preparation of qubits, from data. */
export function checkInitialize(
  operation: Fields,
  around: Surroundings,
  prefix: string,
): InitializeOperation {
  const targets = checkTargets(operation['targets'], around.qubits, `${prefix}targets`);
  const { symbols, amplitudes } = operation;
  const state =
    symbols ?? (Array.isArray(amplitudes) ? Float64Array.from(amplitudes as number[]) : amplitudes);
  return Object.freeze({
    kind: 'initialize',
    ...checkPreparation(state, targets.length, `${prefix}state`),
    targets,
  });
}

/** An assignment, its value converted to the type of its target. */
export function checkAssign(
  target: unknown,
  value: unknown,
  around: Surroundings,
  prefix: string,
): AssignOperation {
  const place = checkTarget(target, around, `${prefix}target`);
  const given = checkClassical(value, around, `${prefix}value`);
  if (
    isWhole(place.type) &&
    !isWhole(given.type) &&
    place.type.kind !== 'int' &&
    place.type.kind !== 'uint'
  ) {
    throw invalidArgument(`${prefix}value`, 'a whole number; convert it with toInt()', value);
  }
  return Object.freeze({ kind: 'assign', target: place, value: converted(given, place.type) });
}

function checkRange(value: Fields, around: Surroundings, prefix: string): ForRange {
  const bound = (name: 'first' | 'last'): Classical => {
    const expression = checkClassical(value[name], around, `${prefix}.${name}`);
    if (isWhole(expression.type)) return expression;
    throw invalidArgument(`${prefix}.${name}`, 'a whole number', value[name]);
  };
  const step = checkInteger(value['step'] ?? 1, `${prefix}.step`, -Number.MAX_SAFE_INTEGER);
  if (step === 0) throw invalidArgument(`${prefix}.step`, 'a whole number other than 0', step);
  return Object.freeze({ first: bound('first'), last: bound('last'), step });
}

/** What a `for` goes through: a range or a list. */
export function checkLoop(
  variable: unknown,
  values: unknown,
  around: Surroundings,
  prefix: string,
): Pick<ForOperation, 'variable' | 'values'> {
  const place = checkTarget(variable, around, `${prefix}variable`);
  if (place.items[0]?.op !== 'variable')
    throw invalidArgument(`${prefix}variable`, 'a variable', variable);
  if (Array.isArray(values)) {
    const whole = isWhole(place.type);
    const list = values.map((value: unknown, k) => {
      if (whole) return checkInteger(value, `${prefix}values[${k}]`, -Number.MAX_SAFE_INTEGER);
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw invalidArgument(`${prefix}values[${k}]`, 'a finite number', value);
    });
    return { variable: place, values: Object.freeze(list) };
  }
  if (typeof values !== 'object' || values === null) {
    throw invalidArgument(`${prefix}values`, 'a list of numbers or { first, last, step }', values);
  }
  return { variable: place, values: checkRange(values as Fields, around, `${prefix}values`) };
}

/** Most rounds of a loop. */
export function checkMax(value: unknown, argument: string): number {
  return value === undefined ? LIMITS.loopRounds : checkInteger(value, argument, 0, 2 ** 31 - 1);
}

/** Keys of the fields of each kind, besides `kind`. */
export const FIELDS: Readonly<
  Record<Exclude<Operation['kind'], 'gate' | 'measure' | 'barrier'>, readonly string[]>
> = {
  pauliRotation: ['pauli', 'params', 'controls', 'controlStates', 'targets'],
  unitary: ['matrix', 'controls', 'controlStates', 'targets'],
  diagonal: ['phases', 'controls', 'controlStates', 'targets'],
  permutation: ['table', 'controls', 'controlStates', 'targets'],
  initialize: ['symbols', 'amplitudes', 'targets'],
  reset: ['qubit'],
  postselect: ['qubit', 'outcome'],
  expectBit: ['bit', 'value'],
  snapshot: ['name'],
  assign: ['target', 'value'],
  if: ['condition', 'body', 'otherwise'],
  while: ['condition', 'body', 'max'],
  for: ['variable', 'values', 'body'],
  switch: ['on', 'cases', 'otherwise'],
  break: [],
  continue: [],
};

/** Whether a kind is one of those here. */
export function isDynamicKind(kind: unknown): kind is keyof typeof FIELDS {
  return typeof kind === 'string' && Object.hasOwn(FIELDS, kind);
}

/** An operation from data, its fields known, everything checked and frozen. */
export function checkDynamic(
  operation: Fields,
  around: Surroundings,
  argument: string,
  block: BlockReader,
): Operation {
  const prefix = argument === '' ? '' : `${argument}.`;
  const kind = operation['kind'] as keyof typeof FIELDS;
  switch (kind) {
    case 'pauliRotation':
    case 'unitary':
    case 'diagonal':
    case 'permutation':
      return checkData(operation, around, prefix);
    case 'initialize':
      return checkInitialize(operation, around, prefix);
    case 'reset':
      return Object.freeze({
        kind,
        qubit: checkQubit(operation['qubit'], `${prefix}qubit`, around.qubits),
      });
    case 'postselect': {
      const qubit = checkQubit(operation['qubit'], `${prefix}qubit`, around.qubits);
      return Object.freeze({
        kind,
        qubit,
        outcome: checkOutcome(operation['outcome'], `${prefix}outcome`),
      });
    }
    case 'expectBit': {
      const bit = checkBit(operation['bit'], `${prefix}bit`, around.bits);
      return Object.freeze({
        kind,
        bit,
        value: checkOutcome(operation['value'], `${prefix}value`),
      });
    }
    case 'snapshot':
      return Object.freeze({
        kind,
        name: checkName(operation['name'], `${prefix}name`, LIMITS.nameLength),
      });
    case 'assign':
      return checkAssign(operation['target'], operation['value'], around, prefix);
    default:
      return checkBlocks(operation, around, argument, block);
  }
}

/** A condition, a loop, or a way out of one. */
function checkBlocks(
  operation: Fields,
  around: Surroundings,
  argument: string,
  block: BlockReader,
): Operation {
  const prefix = argument === '' ? '' : `${argument}.`;
  const kind = operation['kind'] as BlockOperation['kind'] | JumpOperation['kind'];
  const list = (name: string, loop: boolean): readonly Operation[] =>
    block(operation[name] ?? [], inside(around, loop), `${prefix}${name}`);
  switch (kind) {
    case 'if': {
      const condition = checkCondition(operation['condition'], around, `${prefix}condition`);
      return Object.freeze({
        kind,
        condition,
        body: list('body', false),
        otherwise: list('otherwise', false),
      });
    }
    case 'while': {
      const condition = checkCondition(operation['condition'], around, `${prefix}condition`);
      return Object.freeze({
        kind,
        condition,
        body: list('body', true),
        max: checkMax(operation['max'], `${prefix}max`),
      });
    }
    case 'for': {
      const loop = checkLoop(operation['variable'], operation['values'], around, prefix);
      return Object.freeze({ kind, ...loop, body: list('body', true) });
    }
    case 'switch':
      return checkSwitch(operation, around, prefix, block);
    case 'break':
    case 'continue':
      if (around.inLoop) return Object.freeze({ kind });
      throw invalidArgument(argument || 'operation', `inside a loop`, kind);
  }
}

function checkSwitch(
  operation: Fields,
  around: Surroundings,
  prefix: string,
  block: BlockReader,
): Operation {
  const on = checkCondition(operation['on'], around, `${prefix}on`);
  const seen = new Set<number>();
  const cases = checkArray(operation['cases'], `${prefix}cases`).map((value, k) => {
    const place = `${prefix}cases[${k}]`;
    const { values, body } = (typeof value === 'object' && value !== null ? value : {}) as Fields;
    const checked = checkArray(values, `${place}.values`).map((entry, i) => {
      const number = checkInteger(entry, `${place}.values[${i}]`, -Number.MAX_SAFE_INTEGER);
      if (seen.has(number))
        throw invalidArgument(`${place}.values[${i}]`, 'a value of no other case', entry);
      seen.add(number);
      return number;
    });
    return Object.freeze({
      values: Object.freeze(checked),
      body: block(body, inside(around, false), `${place}.body`),
    });
  });
  const otherwise = block(
    operation['otherwise'] ?? [],
    inside(around, false),
    `${prefix}otherwise`,
  );
  return Object.freeze({ kind: 'switch', on, cases: Object.freeze(cases), otherwise });
}
