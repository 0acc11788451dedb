import { QuantumError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { nearest } from './suggest.js';

const SHOWN_CHARACTERS = 40;

/** A received value as error messages show it, with its type where the value alone would mislead. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    const text = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
    return `the string ${JSON.stringify(text)}`;
  }
  if (typeof value === 'bigint') return `the BigInt ${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === null || typeof value !== 'object') return String(value);
  return 'an object';
}

/** The error for an argument of the wrong type or value. */
export function invalidArgument(
  argument: string,
  expected: string,
  received: unknown,
): QuantumError {
  return new QuantumError(
    'ERR_INVALID_ARGUMENT',
    `Expected ${argument} to be ${expected}, received ${describe(received)}.`,
    { argument, received },
  );
}

/** Checks a whole number from `minimum` to `maximum`, up to 2^53 - 1 without one. */
export function checkInteger(
  value: unknown,
  argument: string,
  minimum: number,
  maximum: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum) {
    return (value as number) + 0; // -0 becomes 0
  }
  const range =
    maximum === Number.MAX_SAFE_INTEGER
      ? `of at least ${minimum}`
      : `from ${minimum} to ${maximum}`;
  throw invalidArgument(argument, `a whole number ${range}`, value);
}

/** Checks a finite number. */
export function checkNumber(value: unknown, argument: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidArgument(argument, 'a finite number', value);
}

/** A copy of an array, in which a hole is an undefined member that later checks refuse. */
export function checkArray(value: unknown, argument: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidArgument(argument, 'an array', value);
  if (value.length <= LIMITS.operations) return Array.from<unknown>(value);
  throw invalidArgument(argument, `an array of at most ${LIMITS.operations}`, value);
}

/** Checks one of a few texts. */
export function checkChoice<T extends string>(
  value: unknown,
  argument: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalidArgument(argument, `one of ${choices.map((c) => `'${c}'`).join(', ')}`, value);
}

function meant(key: string, known: readonly string[]): string {
  const name = nearest(key, known);
  return name === undefined ? '' : ` Did you mean ${JSON.stringify(name)}?`;
}

/** Checks an object of options and names any option it does not know. */
export function checkOptions<K extends string>(
  value: unknown,
  argument: string,
  known: readonly K[],
): { readonly [Key in K]?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidArgument(argument, 'an object', value);
  }
  for (const key of Object.keys(value)) {
    if (!(known as readonly string[]).includes(key)) {
      throw new QuantumError(
        'ERR_INVALID_ARGUMENT',
        `Expected ${argument} to have only ${known.join(', ')}, received the unknown key ${JSON.stringify(key)}.${meant(key, known)}`,
        { argument: `${argument}.${key}`, received: key },
      );
    }
  }
  return value;
}

const isIndex = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

function rangeText(what: string, count: number): string {
  return count === 0 ? `a ${what}, but there is none` : `a ${what} from 0 to ${count - 1}`;
}

/** A qubit index of a circuit: `ERR_INVALID_ARGUMENT` if it is no index at all, `ERR_QUBIT_RANGE` outside. */
export function checkQubit(value: unknown, argument: string, qubits: number): number {
  if (!isIndex(value)) throw invalidArgument(argument, rangeText('qubit', qubits), value);
  if (value < qubits) return value + 0; // -0 becomes 0
  throw new QuantumError(
    'ERR_QUBIT_RANGE',
    `Expected ${argument} to be ${rangeText('qubit', qubits)}, received ${value}.`,
    { qubit: value, qubits },
  );
}

/** A classical bit index of a circuit, with the same two errors: `ERR_BIT_RANGE` outside. */
export function checkBit(value: unknown, argument: string, bits: number): number {
  if (!isIndex(value)) throw invalidArgument(argument, rangeText('classical bit', bits), value);
  if (value < bits) return value + 0; // -0 becomes 0
  throw new QuantumError(
    'ERR_BIT_RANGE',
    `Expected ${argument} to be ${rangeText('classical bit', bits)}, received ${value}. Bits are declared by circuit(qubits, bits).`,
    { bit: value, bits },
  );
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** A name of a register, parameter or circuit: a letter or underscore, then letters, digits, underscores. */
export function checkName(value: unknown, argument: string, maximumLength: number): string {
  if (typeof value === 'string' && value.length <= maximumLength && NAME.test(value)) return value;
  throw invalidArgument(
    argument,
    `a name of letters, digits and underscores that starts with no digit (at most ${maximumLength} characters)`,
    value,
  );
}

/** Checks that no qubit stands twice in a list. */
export function checkDistinct(qubits: readonly number[], argument: string): void {
  for (let i = 1; i < qubits.length; i++) {
    if (qubits.indexOf(qubits[i] as number) < i) {
      throw new QuantumError(
        'ERR_INVALID_ARGUMENT',
        `Expected ${argument} to name each qubit once, received qubit ${qubits[i]} twice.`,
        { argument, received: qubits[i] },
      );
    }
  }
}
