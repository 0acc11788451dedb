import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import type { Operation } from './operation.js';

const LATER =
  'is not supported in this version: circuits that go on after a measurement come later';

/** The operations of a circuit in order, and the rules about what may follow what. */
export class OperationList {
  readonly #operations: Operation[] = [];
  /** Position of the measurement of each measured qubit, and of the one that wrote each bit. */
  readonly #measuredAt = new Map<number, number>();
  readonly #writtenAt = new Map<number, number>();
  #snapshot: readonly Operation[] | undefined;
  #frozen = false;

  get length(): number {
    return this.#operations.length;
  }

  get isFrozen(): boolean {
    return this.#frozen;
  }

  get measured(): boolean {
    return this.#measuredAt.size > 0;
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
    this.#refuseAfterMeasurement(operation);
    if (operation.kind === 'measure') {
      this.#measuredAt.set(operation.qubit, this.#operations.length);
      this.#writtenAt.set(operation.bit, this.#operations.length);
    }
    this.#operations.push(operation);
    this.#snapshot = undefined;
  }

  /** Runs work that appends several operations; if it throws, none of them stays. */
  allOrNone(work: () => void): void {
    const before = this.#operations.length;
    try {
      work();
    } catch (error) {
      this.#operations.length = before;
      this.#snapshot = undefined;
      for (const positions of [this.#measuredAt, this.#writtenAt]) {
        for (const [key, position] of positions) if (position >= before) positions.delete(key);
      }
      throw error;
    }
  }

  #refuseAfterMeasurement(operation: Operation): void {
    if (this.#measuredAt.size === 0 || operation.kind === 'barrier') return;
    if (operation.kind === 'measure') {
      if (this.#measuredAt.has(operation.qubit)) {
        throw unsupported(`Measuring qubit ${operation.qubit} twice ${LATER}.`);
      }
      if (this.#writtenAt.has(operation.bit)) {
        throw unsupported(`Measuring into bit ${operation.bit} twice ${LATER}.`);
      }
      return;
    }
    for (const qubits of [operation.controls, operation.targets]) {
      for (const qubit of qubits) {
        if (this.#measuredAt.has(qubit)) {
          throw unsupported(
            `The gate ${operation.gate} on qubit ${qubit} after its measurement ${LATER}.`,
          );
        }
      }
    }
  }
}

function unsupported(message: string): QuantumError {
  return new QuantumError('ERR_UNSUPPORTED', message, { feature: 'dynamic circuits' });
}
