import type { Circuit } from '../circuit/circuit.js';
import { type MeasureOperation, type Operation, operationQubits } from '../circuit/operation.js';
import { QuantumError } from '../errors.js';
import type { Elements } from './elements.js';
import { carriesData, plainGates } from './plain-gates.js';

/** What a statement is written for. A measurement is written with others, data as the gates that make it. */
export type SingleOperation = Exclude<Operation, MeasureOperation>;

/** The walk over the operations of a circuit that the writers of both versions share. */
export abstract class StatementWriter {
  /** Qubits that may have left |0>. */
  readonly #used = new Set<number>();

  constructor(
    protected readonly qubits: Elements,
    protected readonly bits: Elements,
  ) {}

  /** Whether it writes what is in no block: what stands in one may come upon qubits that were used. */
  protected abstract get isOutermost(): boolean;

  protected abstract line(text: string): void;

  protected abstract single(operation: SingleOperation): void;

  /** The statement that measures qubits into as many bits. */
  protected abstract measurement(qubits: string, bits: string): string;

  write(operations: readonly Operation[]): void {
    for (let at = 0; at < operations.length;) {
      const operation = operations[at] as Operation;
      const first = at;
      if (operation.kind === 'measure') at += this.#measure(operations, at, operation);
      else {
        if (carriesData(operation)) this.write(plainGates(operation, this.#isFresh));
        else this.single(operation);
        at += 1;
      }
      if (this.isOutermost) this.#noteUse(operations.slice(first, at));
    }
  }

  readonly #isFresh = (qubit: number): boolean => this.isOutermost && !this.#used.has(qubit);

  #noteUse(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.kind === 'barrier') continue;
      for (const qubit of operationQubits(operation)) this.#used.add(qubit);
    }
  }

  /** Writes one measurement, or those of a whole register at once; returns how many operations it took. */
  #measure(operations: readonly Operation[], at: number, first: MeasureOperation): number {
    const qubits = this.qubits.startingAt(first.qubit);
    const bits = this.bits.startingAt(first.bit);
    const isWhole =
      qubits !== undefined &&
      bits?.size === qubits.size &&
      Array.from({ length: qubits.size }, (_, k) => operations[at + k]).every(
        (next, k) =>
          next?.kind === 'measure' && next.qubit === first.qubit + k && next.bit === first.bit + k,
      );
    if (isWhole) {
      this.line(this.measurement(qubits.name, bits.name));
      return qubits.size;
    }
    this.line(this.measurement(this.qubits.text(first.qubit), this.bits.text(first.bit)));
    return 1;
  }
}

/** Why a circuit cannot be written in a version, and what to do about it. */
export function unsupported(version: 2 | 3, feature: string, advice: string): QuantumError {
  const message = `Expected a circuit that OpenQASM ${version} can express, received ${feature}: ${advice}.`;
  return new QuantumError('ERR_UNSUPPORTED', message, { feature });
}

/** A text of its parts, with the name of the circuit above them. */
export function textOf({ name }: Circuit, sections: readonly (readonly string[])[]): string {
  const [head, ...rest] = sections as [readonly string[], ...(readonly string[])[]];
  const title = name === undefined ? [] : [`// ${name}`];
  const texts = [[...title, ...head], ...rest].filter((lines) => lines.length > 0);
  return `${texts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
