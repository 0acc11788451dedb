import { Classical } from '../../circuit/classical.js';
import { inverseOperations } from '../../circuit/derived.js';
import type { Expression } from '../../circuit/expression.js';
import { nameUnderControls } from '../../circuit/gate-table.js';
import {
  type ControlState,
  type GateOperation,
  isUnitaryLike,
  type Operation,
  type UnitaryLike,
} from '../../circuit/operation.js';
import { LIMITS } from '../../limits.js';
import { variableTarget } from './entries.js';
import type { Lowering } from './lowering.js';
import { realPower } from './powers.js';
import { INT } from './types.js';

/** A modifier of a gate call. */
export type Modifier =
  | { readonly kind: 'inv' }
  /** `run` is a whole exponent that only the run knows; the other one is 1 then. */
  | { readonly kind: 'pow'; readonly exponent: number; readonly run?: Classical }
  | { readonly kind: 'ctrl'; readonly count: number; readonly state: ControlState };

/**
 * The product of the whole exponents that only the run knows; undefined where there are none. All that stands around
 * such a power may as well stand inside: controls, inverses, whole powers.
 */
export function runExponent(
  lowering: Lowering,
  node: number,
  modifiers: readonly Modifier[],
): Classical | undefined {
  let product: Classical | undefined;
  for (const modifier of [...modifiers].reverse()) {
    if (modifier.kind !== 'pow') continue;
    if (modifier.run !== undefined) product = product?.mul(modifier.run) ?? modifier.run;
    else if (product !== undefined && !Number.isInteger(modifier.exponent)) {
      const message =
        'a power that is not whole cannot stand around one whose exponent only the run knows';
      return lowering.unsupported(node, message, 'write it inside: pow(k) @ pow(0.5) @ x q[0];');
    }
  }
  return product;
}

/** Operations to the power of a whole number that only the run knows. */
export function runPower(
  lowering: Lowering,
  node: number,
  operations: readonly Operation[],
  exponent: Classical,
): Operation[] {
  const merged = mergedPower(operations, exponent);
  if (merged !== undefined) return merged;
  const variable = variableTarget(lowering.variable(node, '_power', INT));
  const first = new Classical([{ op: 'integer', value: 1n }], exponent.type);
  const repeated = (body: readonly Operation[], last: Classical): Operation => ({
    kind: 'for',
    variable,
    values: Object.freeze({ first, last, step: 1 }),
    body: Object.freeze(body.map((operation) => Object.freeze(operation))),
  });
  return [repeated(operations, exponent), repeated(inverse(operations), exponent.neg())];
}

/** How often the whole powers among modifiers repeat a gate. */
export function repetitions(modifiers: readonly Modifier[]): number {
  return modifiers.reduce((product, modifier) => {
    const isWhole = modifier.kind === 'pow' && Number.isInteger(modifier.exponent);
    return isWhole ? product * Math.max(1, Math.abs(modifier.exponent)) : product;
  }, 1);
}

/** Operations under modifiers, the last of which is the innermost; `controls` are those of the outermost first. */
export function applyModifiers(
  lowering: Lowering,
  node: number,
  operations: readonly Operation[],
  modifiers: readonly Modifier[],
  controls: readonly number[],
): Operation[] {
  let result = [...operations];
  let end = controls.length;
  for (const modifier of withoutChains(modifiers).reverse()) {
    if (modifier.kind === 'inv') result = inverse(result);
    else if (modifier.kind === 'pow') result = power(lowering, node, result, modifier.exponent);
    else {
      const first = end - modifier.count;
      result = controlled(result, controls.slice(first, end), modifier.state);
      end = first;
    }
  }
  return result;
}

/** Whole powers of whole powers as one, which never repeats what the inner one made. */
function withoutChains(modifiers: readonly Modifier[]): Modifier[] {
  const result: Modifier[] = [];
  for (const modifier of modifiers) {
    const last = result.at(-1);
    const isChain = modifier.kind === 'pow' && last?.kind === 'pow';
    if (isChain && Number.isInteger(modifier.exponent) && Number.isInteger(last.exponent)) {
      result[result.length - 1] = { kind: 'pow', exponent: modifier.exponent * last.exponent };
    } else result.push(modifier);
  }
  return result;
}

function inverse(operations: readonly Operation[]): Operation[] {
  const inverted: Operation[] = [];
  for (const operation of [...operations].reverse()) {
    if (isUnitaryLike(operation)) inverted.push(...inverseOperations(operation));
    else inverted.push(operation);
  }
  return inverted;
}

function power(
  lowering: Lowering,
  node: number,
  operations: readonly Operation[],
  exponent: number,
): Operation[] {
  if (!Number.isInteger(exponent)) {
    const unitary = operations.filter(isUnitaryLike);
    const result = realPower(unitary, exponent);
    if (result !== undefined) return result.map((made) => underControls(made, [], []));
    const message =
      'a power that is not whole is only known of gates that act on one qubit or have a rule';
    return lowering.unsupported(node, message);
  }
  const once = exponent < 0 ? inverse(operations) : operations;
  const times = Math.abs(exponent);
  const merged =
    mergedPower(once, times) ?? (times > MANY ? closedPower(operations, exponent) : undefined);
  if (merged !== undefined) return merged;
  const total = once.length * times;
  if (total > LIMITS.operations) lowering.reserve(node, total);
  const repeated: Operation[] = [];
  for (let k = 0; k < times; k += 1) for (const operation of once) repeated.push(operation);
  return repeated;
}

/** Powers beyond this are computed from the matrix of a gate on one qubit, not by repeating it. */
const MANY = 64;

function closedPower(operations: readonly Operation[], exponent: number): Operation[] | undefined {
  const unitary = operations.filter(isUnitaryLike);
  // Beyond this the phases of a power are noise.
  if (Math.abs(exponent) > 2 ** 40) return undefined;
  return realPower(unitary, exponent)?.map((made) => underControls(made, [], []));
}

/** Phases and rotations whose angles add up, so that no power repeats them. */
const ADDING: ReadonlySet<string> = new Set([
  'p',
  'rx',
  'ry',
  'rz',
  'rxx',
  'ryy',
  'rzz',
  'rzx',
  'gphase',
  'cp',
  'crx',
  'cry',
  'crz',
  'mcp',
]);

function mergedPower(
  operations: readonly Operation[],
  times: number | Classical,
): Operation[] | undefined {
  const [only] = operations;
  if (operations.length !== 1 || only?.kind !== 'gate' || !ADDING.has(only.gate)) return undefined;
  const [angle] = only.params;
  if (times === 0) return [];
  if (typeof times !== 'number') {
    if (typeof angle !== 'number') return undefined;
    return [{ ...only, params: Object.freeze([times.toFloat().mul(angle).angle()]) }];
  }
  const multiple = typeof angle === 'number' ? angle * times : (angle as Expression).mul(times);
  return [{ ...only, params: [multiple] }];
}

/** Operations under further controls, which come before their own. */
function controlled(
  operations: readonly Operation[],
  controls: readonly number[],
  state: ControlState,
): Operation[] {
  const states = controls.map(() => state);
  return operations.map((operation) =>
    isUnitaryLike(operation) ? underControls(operation, controls, states) : operation,
  );
}

function underControls(
  operation: UnitaryLike,
  controls: readonly number[],
  states: readonly ControlState[],
): UnitaryLike {
  const own = operation.controlStates ?? operation.controls.map(() => 1 as const);
  const all = [...controls, ...operation.controls];
  const allStates = [...states, ...own];
  // Texts have no matrices: all that is unitary in them is a gate of the table.
  const gate = nameUnderControls((operation as GateOperation).gate, all.length);
  return { ...withoutStates(operation), controls: all, ...stated(allStates), gate } as UnitaryLike;
}

/** Control states as a field, which stands only where one of them is 0. */
function stated(states: readonly ControlState[]): { controlStates?: readonly ControlState[] } {
  return states.includes(0) ? { controlStates: Object.freeze(states) } : {};
}

function withoutStates<T extends UnitaryLike>(operation: T): T {
  const copy: { controlStates?: unknown } & T = { ...operation };
  delete copy.controlStates;
  return copy;
}
