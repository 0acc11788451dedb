// What `// => text` accepts: the value as it prints (inspect, JSON or String), spaces aside, and
// numbers to the digits written.
import { AssertionError } from 'node:assert';
import { format, inspect } from 'node:util';

const squeeze = (text) => text.replace(/\s+/g, '');
const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

function equalsNumber(value, expected) {
  const match = /^-?\d+(?:\.(\d+))?$/.exec(expected);
  if (!match) return false;
  const digits = match[1]?.length ?? 0;
  return digits === 0
    ? value === Number(expected)
    : Math.abs(value - Number(expected)) <= 0.5000001 * 10 ** -digits;
}

function printed(value) {
  const forms = [inspect(value, { depth: 10, breakLength: Infinity })];
  if (typeof value === 'object' || typeof value === 'string') forms.push(JSON.stringify(value));
  if (typeof value === 'object' && value !== null) forms.push(String(value));
  return forms.filter((text) => text !== undefined);
}

export function matches(value, expected) {
  if (typeof value === 'number' && equalsNumber(value, expected.trim())) return true;
  if (typeof value === 'string' && lines(value) === lines(expected)) return true;
  return printed(value).some((text) => squeeze(text) === squeeze(expected));
}

function fail(actual, expected, place) {
  const message = `${place}: expected ${expected.trim()}, got ${actual}`;
  throw new AssertionError({ message, actual, expected });
}

/** The value of an expression against its comment. */
export function check(value, expected, place) {
  if (!matches(value, expected)) fail(inspect(value, { depth: 10 }), expected, place);
  return value;
}

/** What `console.log` would print against its comment. */
export function log(values, expected, place) {
  const text = format(...values);
  const same = lines(text) === lines(expected) || squeeze(text) === squeeze(expected);
  if (!same && !(values.length === 1 && matches(values[0], expected))) fail(text, expected, place);
}
