import { checkArray, checkDistinct, invalidArgument } from './arguments.js';
import type { ControlState, Operation } from './operation.js';

/** The same operation on other qubits and bits. */
export function relocate(
  operation: Operation,
  qubit: (index: number) => number,
  bit: (index: number) => number,
): Operation {
  switch (operation.kind) {
    case 'gate':
      return {
        ...operation,
        controls: operation.controls.map(qubit),
        targets: operation.targets.map(qubit),
      };
    case 'measure':
      return { ...operation, qubit: qubit(operation.qubit), bit: bit(operation.bit) };
    case 'barrier':
      return { ...operation, qubits: operation.qubits.map(qubit) };
  }
}

/** The same operation under further controls on qubits 0 to `states.length - 1`, its own qubits moved up. */
export function underControls(operation: Operation, states: readonly ControlState[]): Operation {
  const moved = relocate(
    operation,
    (qubit) => qubit + states.length,
    (bit) => bit,
  );
  if (moved.kind !== 'gate') return moved;
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
