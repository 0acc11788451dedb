import { describe } from '../circuit/arguments.js';
import { checkParameterValues } from '../circuit/expression.js';
import { QuantumError } from '../errors.js';

/** Values by name in the order of `names`; every name has its number, and there is no other. */
export function parameterRow(names: readonly string[], params: unknown): Float64Array {
  const values = checkParameterValues(params ?? {}, names);
  for (const name of Object.keys(params ?? {})) {
    if (!values.has(name)) throw unknownParameter(name, names);
  }
  return Float64Array.from(values.values());
}

function unknownParameter(name: string, names: readonly string[]): QuantumError {
  const expected = names.length === 0 ? 'no parameters' : `only the parameters ${names.join(', ')}`;
  return new QuantumError(
    'ERR_PARAMETER',
    `Expected ${expected}, received a value for ${JSON.stringify(name)}, which the circuit does not use.`,
    { parameter: name },
  );
}

/** Values in order, as `runSync` takes them, checked and written into `row`. */
export function fillRow(
  row: Float64Array,
  names: readonly string[],
  values: ArrayLike<number>,
): Float64Array {
  if (!isList(values) || values.length !== row.length) throw badRow(names, values);
  for (let k = 0; k < row.length; k++) {
    const value = values[k];
    if (!Number.isFinite(value)) throw badRow(names, values);
    row[k] = value as number;
  }
  return row;
}

function isList(values: unknown): values is ArrayLike<number> {
  return Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
}

/** The error for values that `runSync` cannot take. */
export function badRow(names: readonly string[], values: unknown): QuantumError {
  const list: readonly unknown[] | undefined = isList(values) ? Array.from(values) : undefined;
  if (list === undefined || list.length !== names.length) {
    const received = list === undefined ? describe(values) : `${list.length} values`;
    const order = names.length === 0 ? '' : ` in the order ${names.join(', ')}`;
    return new QuantumError(
      'ERR_PARAMETER',
      `Expected a list of ${names.length} parameter values${order}, received ${received}.`,
      { parameter: names[Math.min(list?.length ?? 0, names.length - 1)] ?? '' },
    );
  }
  const wrong = list.findIndex((value) => !Number.isFinite(value));
  const parameter = names[wrong] as string;
  return new QuantumError(
    'ERR_PARAMETER',
    `Expected the parameter ${parameter} to be a finite number, received ${describe(list[wrong])}.`,
    { parameter },
  );
}
