// Inverses and powers of unitary operations, and circuits without their measurements.

import { ANGLES, inverseGates, powerGates } from './gate-calls.js';
import { innerLists, type Operation, type UnitaryLike } from './operation.js';

function adjoint(matrix: readonly number[], size: number): number[] {
  const result: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = 2 * (column * size + row);
      result.push(matrix[at] as number, 0 - (matrix[at + 1] as number));
    }
  }
  return result;
}

/** Operations whose product, applied first to last, undoes the operation. */
export function inverseOperations(operation: UnitaryLike): UnitaryLike[] {
  switch (operation.kind) {
    case 'gate':
      return inverseGates(operation);
    case 'pauliRotation':
      return [{ ...operation, params: [ANGLES.neg(operation.params[0])] }];
    case 'unitary':
      return [{ ...operation, matrix: adjoint(operation.matrix, 2 ** operation.targets.length) }];
    case 'diagonal':
      return [{ ...operation, phases: operation.phases.map((phase) => 0 - phase) }];
    case 'permutation': {
      const table = new Array<number>(operation.table.length);
      operation.table.forEach((to, from) => (table[to] = from));
      return [{ ...operation, table }];
    }
  }
}

/** Operations whose product is the operation to a real power; undefined where there is no closed rule. */
export function powerOperations(
  operation: UnitaryLike,
  exponent: number,
): UnitaryLike[] | undefined {
  switch (operation.kind) {
    case 'gate':
      return powerGates(operation, exponent);
    case 'pauliRotation':
      return [{ ...operation, params: [ANGLES.mul(operation.params[0], exponent)] }];
    case 'diagonal':
      return [{ ...operation, phases: operation.phases.map((phase) => phase * exponent) }];
    default:
      return undefined;
  }
}

/** Operations without the measurements among them, blocks included. */
export function unmeasured(operations: readonly Operation[]): readonly Operation[] {
  const list = (inner: readonly Operation[]): readonly Operation[] =>
    Object.freeze(unmeasured(inner));
  const kept = operations.filter(({ kind }) => kind !== 'measure');
  return kept.map((operation): Operation => {
    if (innerLists(operation).length === 0) return operation;
    switch (operation.kind) {
      case 'if': {
        const { body, otherwise } = operation;
        return Object.freeze({ ...operation, body: list(body), otherwise: list(otherwise) });
      }
      case 'while':
      case 'for':
        return Object.freeze({ ...operation, body: list(operation.body) });
      case 'switch': {
        const cases = operation.cases.map((one) => Object.freeze({ ...one, body: list(one.body) }));
        return Object.freeze({
          ...operation,
          cases: Object.freeze(cases),
          otherwise: list(operation.otherwise),
        });
      }
      default:
        return operation;
    }
  });
}
