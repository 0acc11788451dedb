import { QuantumError } from '../errors.js';
import { checkArray, checkDistinct, invalidArgument } from './arguments.js';
import { Classical, type ClassicalItem } from './classical.js';
import { Expression, type Angle } from './expression.js';
import { isUnitaryLike, type ControlState, type Operation } from './operation.js';

type Place = (index: number) => number;

/** The same operation on other qubits and bits. */
export function relocate(operation: Operation, qubit: Place, bit: Place): Operation {
  const value = (expression: Classical): Classical => relocateValue(expression, bit);
  const list = (operations: readonly Operation[]): readonly Operation[] =>
    operations.map((inner) => relocate(inner, qubit, bit));
  if (isUnitaryLike(operation)) {
    const { controls, targets } = operation;
    const moved = { ...operation, controls: controls.map(qubit), targets: targets.map(qubit) };
    if (!('params' in moved)) return moved;
    return {
      ...moved,
      params: moved.params.map((angle) => relocateAngle(angle, bit)),
    } as Operation;
  }
  switch (operation.kind) {
    case 'measure':
      return { ...operation, qubit: qubit(operation.qubit), bit: bit(operation.bit) };
    case 'reset':
    case 'postselect':
      return { ...operation, qubit: qubit(operation.qubit) };
    case 'barrier':
      return { ...operation, qubits: operation.qubits.map(qubit) };
    case 'initialize':
      return { ...operation, targets: operation.targets.map(qubit) };
    case 'expectBit':
      return { ...operation, bit: bit(operation.bit) };
    case 'assign':
      return {
        ...operation,
        target: relocateTarget(operation.target, bit),
        value: value(operation.value),
      };
    case 'if': {
      const { condition, body, otherwise } = operation;
      return {
        ...operation,
        condition: value(condition),
        body: list(body),
        otherwise: list(otherwise),
      };
    }
    case 'while':
      return { ...operation, condition: value(operation.condition), body: list(operation.body) };
    case 'for': {
      const { values, body } = operation;
      if (!('first' in values)) return { ...operation, body: list(body) };
      const range = { first: value(values.first), last: value(values.last), step: values.step };
      return { ...operation, values: range, body: list(body) };
    }
    case 'switch': {
      const cases = operation.cases.map((one) => ({ ...one, body: list(one.body) }));
      return { ...operation, on: value(operation.on), cases, otherwise: list(operation.otherwise) };
    }
    default:
      return operation;
  }
}

function relocateAngle(angle: Angle, bit: Place): Angle {
  if (typeof angle === 'number' || angle.items.every(({ op }) => op !== 'classical')) return angle;
  return new Expression(
    angle.items.map((item) =>
      item.op === 'classical'
        ? { op: 'classical' as const, value: relocateValue(item.value, bit) }
        : item,
    ),
  );
}

function relocateValue(expression: Classical, bit: Place): Classical {
  return new Classical(
    expression.items.flatMap((item) => relocateItem(item, bit)),
    expression.type,
  );
}

const together = (first: number, count: number, bit: Place): boolean =>
  Array.from({ length: count }, (_, k) => bit(first + k)).every(
    (place, k) => place === bit(first) + k,
  );

/** Bits that stood side by side and do no more are put together one by one. */
function relocateItem(item: ClassicalItem, bit: Place): readonly ClassicalItem[] {
  if (item.op === 'bit') return [{ op: 'bit', bit: bit(item.bit) }];
  if (item.op !== 'bits') return [item];
  const { first, count } = item;
  if (together(first, count, bit)) return [{ op: 'bits', first: bit(first), count }];
  return Array.from({ length: count }, (_, k): readonly ClassicalItem[] => {
    const one: ClassicalItem = { op: 'bit', bit: bit(first + k) };
    if (k === 0) return [one];
    return [one, { op: 'integer', value: BigInt(k) }, { op: 'shiftLeft' }, { op: 'bitOr' }];
  }).flat();
}

function relocateTarget(target: Classical, bit: Place): Classical {
  const [item] = target.items;
  if (item?.op !== 'bits' || together(item.first, item.count, bit))
    return relocateValue(target, bit);
  throw new QuantumError(
    'ERR_UNSUPPORTED',
    'An assignment to a register is supported only where its bits stay side by side and in order.',
    { feature: 'assignment to scattered bits' },
  );
}

/** The same unitary operation under further controls on qubits 0 to `states.length - 1`, its own qubits moved up. */
export function underControls(operation: Operation, states: readonly ControlState[]): Operation {
  const moved = relocate(
    operation,
    (qubit) => qubit + states.length,
    (bit) => bit,
  );
  if (!isUnitaryLike(moved)) return moved;
  const own = moved.controlStates ?? moved.controls.map(() => 1 as const);
  return {
    ...moved,
    controls: [...states.keys(), ...moved.controls],
    controlStates: [...states, ...own],
  };
}

/** A list of places, one for each of `count` qubits or bits, as a function; without a list nothing moves. */
export function checkPlaces(
  value: unknown,
  argument: string,
  count: number,
  check: (place: unknown, argument: string) => number,
): (index: number) => number {
  if (value === undefined) return (index) => index;
  const list = checkArray(value, argument);
  if (list.length !== count) throw invalidArgument(argument, `an array of ${count}`, value);
  const places = list.map((place, k) => check(place, `${argument}[${k}]`));
  checkDistinct(places, argument);
  return (index) => places[index] as number;
}
