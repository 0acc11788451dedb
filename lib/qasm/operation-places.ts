import type { Circuit } from '../circuit/circuit.js';
import type { Operation } from '../circuit/operation.js';
import type { SourceMap } from './source.js';

/** A circuit and where its operations come from. */
export interface Lowered {
  readonly circuit: Circuit;
  /** Offsets of the statements that operations come from; made when they are asked for. */
  readonly offsets: () => ReadonlyMap<Operation, number>;
}

/**
 * A place in an OpenQASM text, as `tryParse` gives it for an operation. Lines and columns start at 1.
 *
 * @example
 * ```ts
 * import { qasm } from 'qmlx';
 * const read = qasm.tryParse('OPENQASM 3.0;\nqubit q;\nU(1, 0, 0) q;', { file: 'a.qasm' });
 * const last = read.ok ? read.circuit.operations.at(-1) : undefined;
 * const place: qasm.SourcePlace | undefined = read.ok && last ? read.placeOf(last) : undefined;
 * place; // => { file: 'a.qasm', line: 3, column: 1, offset: 23 }
 * ```
 */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** UTF-16 units from the start of the file. */
  readonly offset: number;
}

/** Finds the places of operations, the first time after one pass over all of them. */
export function placesOf(
  lowered: Lowered,
  sources: SourceMap,
): (operation: Operation) => SourcePlace | undefined {
  let offsets: ReadonlyMap<Operation, number> | undefined;
  const reader = sources.reader();
  return (operation) => {
    offsets ??= lowered.offsets();
    const at = offsets.get(operation);
    if (at === undefined) return undefined;
    const { file, line, column, offset } = reader.locate(at, 0);
    return { file, line, column, offset };
  };
}
