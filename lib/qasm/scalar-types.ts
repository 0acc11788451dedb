import { Keyword } from './keywords.js';

const SCALAR_TYPES: ReadonlySet<number> = new Set([
  Keyword.bit,
  Keyword.int,
  Keyword.uint,
  Keyword.float,
  Keyword.angle,
  Keyword.bool,
  Keyword.duration,
  Keyword.stretch,
  Keyword.complex,
]);

/** Types that cannot have a width in brackets. */
const WITHOUT_WIDTH: ReadonlySet<number> = new Set([
  Keyword.bool,
  Keyword.duration,
  Keyword.stretch,
]);

/** Whether a name, by its number, is a classical type. */
export function isScalarType(name: number): boolean {
  return SCALAR_TYPES.has(name);
}

/** Whether a type may have a width in brackets. */
export function hasWidth(type: number): boolean {
  return !WITHOUT_WIDTH.has(type);
}
