import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { declareVariables } from './classical-checks.js';
import type { ClassicalType } from './classical-items.js';
import { innerLists, type Operation } from './operation.js';

/** The operations of a circuit in order. */
export class OperationList {
  readonly #operations: Operation[] = [];
  #variables = new Map<string, ClassicalType>();
  #snapshot: readonly Operation[] | undefined;
  #frozen = false;

  get length(): number {
    return this.#operations.length;
  }

  get isFrozen(): boolean {
    return this.#frozen;
  }

  /** The operations so far, as a list that never changes. */
  snapshot(): readonly Operation[] {
    this.#snapshot ??= Object.freeze([...this.#operations]);
    return this.#snapshot;
  }

  freeze(): void {
    this.#frozen = true;
  }

  refuseFrozen(): void {
    if (!this.#frozen) return;
    throw new QuantumError(
      'ERR_FROZEN',
      'Expected a circuit that may change, but this one is frozen: call clone() and change the copy.',
    );
  }

  /** Throws before `count` more operations would pass the limit. */
  reserve(count: number): void {
    const received = this.#operations.length + count;
    if (received <= LIMITS.operations) return;
    throw new QuantumError(
      'ERR_LIMIT',
      `Expected at most ${LIMITS.operations} operations in a circuit, received ${received}.`,
      { limit: 'operations', maximum: LIMITS.operations, received },
    );
  }

  /** Appends a checked operation. */
  push(operation: Operation): void {
    this.refuseFrozen();
    this.reserve(1);
    if (usesClassical(operation)) declareVariables(this.#variables, operation);
    this.#operations.push(operation);
    this.#snapshot = undefined;
  }

  /** Runs work that appends several operations; if it throws, none of them stays. */
  allOrNone(work: () => void): void {
    const before = this.#operations.length;
    const variables = new Map(this.#variables);
    try {
      work();
    } catch (error) {
      this.#operations.length = before;
      this.#snapshot = undefined;
      this.#variables = variables;
      throw error;
    }
  }
}

/** Whether an operation may use classical variables; most are gates with plain angles. */
function usesClassical(operation: Operation): boolean {
  if ('params' in operation) return operation.params.some((angle) => typeof angle !== 'number');
  return operation.kind === 'assign' || innerLists(operation).length > 0;
}
