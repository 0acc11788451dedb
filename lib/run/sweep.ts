import { checkInteger, checkNumber, describe, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import type { PauliSum } from '../observable/pauli.js';
import { parameterRow } from './parameters.js';

/** A value of each parameter, or a list of values; all lists are as long as each other. */
export type SweepValues<P extends string = string> = {
  readonly [K in P]: number | ArrayLike<number>;
} & Readonly<Record<string, number | ArrayLike<number>>>;

/** Values of the parameters, row after row. */
export interface SweepRows {
  readonly rows: number;
  readonly parameters: Float64Array;
}

/**
 * Numbers from `start` to `stop`, both included, at equal distances.
 *
 * @param count - how many, at least 1; a single one is `start`.
 * @throws QuantumError ERR_INVALID_ARGUMENT unless all are finite and `count` is a whole number.
 *
 * @example
 * ```ts
 * import { linspace } from 'qmlx';
 *
 * [...linspace(0, 1, 5)]; // => [0, 0.25, 0.5, 0.75, 1]
 * ```
 */
export function linspace(start: number, stop: number, count: number): Float64Array {
  checkNumber(start, 'start');
  checkNumber(stop, 'stop');
  checkInteger(count, 'count', 1, LIMITS.operations);
  const step = count === 1 ? 0 : (stop - start) / (count - 1);
  const values = Float64Array.from({ length: count }, (_, k) => start + k * step);
  // The last one is exact, whatever the rounding of the step.
  if (count > 1) values[count - 1] = stop;
  return values;
}

/** The rows of a sweep, checked: every parameter has its number or list, and the lists are equally long. */
export function sweepRows(names: readonly string[], values: unknown): SweepRows {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw invalidArgument('values', 'an object of lists such as { theta: [0, 0.1] }', values);
  }
  const given = values as Readonly<Record<string, unknown>>;
  let rows: number | undefined;
  const first: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const length = typeof value === 'number' ? undefined : lengthOf(name, value);
    if (length !== undefined && length !== (rows ?? length)) {
      throw new QuantumError(
        'ERR_INVALID_ARGUMENT',
        `Expected the values of ${name} to be as many as the others, ${rows}, received ${length}.`,
        { argument: name, received: value },
      );
    }
    rows ??= length;
    first[name] = 0;
  }
  parameterRow(names, first);
  const count = rows ?? 1;
  const parameters = new Float64Array(count * names.length);
  names.forEach((name, column) => {
    const value = given[name] as number | ArrayLike<number>;
    for (let row = 0; row < count; row++) {
      const number = typeof value === 'number' ? value : value[row];
      parameters[row * names.length + column] = checkNumber(number, name);
    }
  });
  return { rows: count, parameters };
}

function lengthOf(name: string, value: unknown): number {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return checkInteger(
      (value as ArrayLike<unknown>).length,
      `${name}.length`,
      0,
      LIMITS.operations,
    );
  }
  throw new QuantumError(
    'ERR_PARAMETER',
    `Expected the parameter ${name} to be a number or a list of numbers, received ${describe(value)}.`,
    { parameter: name },
  );
}

/**
 * A circuit with many values of its parameters, made by `circuit.sweep`. All rows run in one native call.
 *
 * @example
 * ```ts
 * import { circuit, linspace, param, pauli } from 'qmlx';
 *
 * const sweep = circuit(1).ry(param('theta'), 0).sweep({ theta: linspace(0, Math.PI, 3) });
 * const energies = await sweep.expectation(pauli.sum({ Z: 1 }));
 * Array.from(energies, (e) => Math.round(e)); // => [1, 0, -1]
 * ```
 */
export class Sweep<Options = object> {
  /** Number of rows. */
  readonly rows: number;
  readonly #evaluate: (observable: PauliSum, options: Options) => Promise<Float64Array>;

  /** @internal Use `circuit.sweep()`. */
  constructor(
    rows: number,
    evaluate: (observable: PauliSum, options: Options) => Promise<Float64Array>,
  ) {
    this.rows = rows;
    this.#evaluate = evaluate;
  }

  /**
   * The mean of an observable for each row.
   *
   * @param observable - a Pauli sum on as many qubits as the circuit.
   * @param options - device, threads, precision, memoryLimit, signal, onProgress.
   * @throws QuantumError ERR_MEASURED for a circuit that measures, ERR_INVALID_ARGUMENT for another observable.
   *
   * @example
   * ```ts
   * import { circuit, param, pauli } from 'qmlx';
   *
   * const sweep = circuit(1).ry(param('theta'), 0).sweep({ theta: [0, 1, 2] });
   * (await sweep.expectation(pauli.sum({ Z: 1 }))).length; // => 3
   * ```
   */
  expectation(observable: PauliSum, options: Options = {} as Options): Promise<Float64Array> {
    return this.#evaluate(observable, options);
  }
}
