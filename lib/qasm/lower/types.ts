/** Types of numbers, which may have a width. One that is absent is that of the machine: 64 bits. */
export interface NumberType {
  readonly kind: 'int' | 'uint' | 'float' | 'angle';
  readonly width?: number;
}

/** Classical types of OpenQASM 3. */
export type Type =
  | { readonly kind: 'bool' | 'bit' | 'complex' | 'duration' | 'stretch' | 'void' }
  | { readonly kind: 'bits'; readonly width: number }
  | NumberType;

export const BOOL: Type = Object.freeze({ kind: 'bool' });
export const BIT: Type = Object.freeze({ kind: 'bit' });
export const INT: NumberType = Object.freeze({ kind: 'int' });
export const UINT: NumberType = Object.freeze({ kind: 'uint' });
export const FLOAT: NumberType = Object.freeze({ kind: 'float' });
export const ANGLE: NumberType = Object.freeze({ kind: 'angle' });
export const COMPLEX: Type = Object.freeze({ kind: 'complex' });
export const DURATION: Type = Object.freeze({ kind: 'duration' });
export const VOID: Type = Object.freeze({ kind: 'void' });

/** Bits of the types without a width. */
export const MACHINE = 64;

/** The width of a type, also where it is not written. */
export function widthOf(type: Type): number {
  return ('width' in type ? type.width : undefined) ?? MACHINE;
}

/** Whether a width is written. */
export function isSized(type: Type): boolean {
  return 'width' in type;
}

/** A type as it is written. */
export function typeText(type: Type): string {
  const name = type.kind === 'bits' ? 'bit' : type.kind;
  const width = 'width' in type ? type.width : undefined;
  return width === undefined ? name : `${name}[${width}]`;
}

export function sameType(a: Type, b: Type): boolean {
  return a.kind === b.kind && isSized(a) === isSized(b) && widthOf(a) === widthOf(b);
}

/** Whether values are real numbers. */
export function isReal(type: Type): boolean {
  return type.kind === 'float' || (type.kind === 'angle' && type.width === undefined);
}

/** Whether values are whole numbers: `int`, `uint`, and what counts as one in arithmetic. */
export function isInteger({ kind }: Type): boolean {
  return kind === 'int' || kind === 'uint';
}

/** Whether values have bits to pick, shift and turn. */
export function hasBits(type: Type): boolean {
  return isInteger(type) || type.kind === 'bits' || (type.kind === 'angle' && isSized(type));
}

/** Whether values are 0 or 1 and serve as conditions. */
export function isTruth({ kind }: Type): boolean {
  return kind === 'bool' || kind === 'bit';
}

/** A real number in the precision of a type. */
export function rounded(value: number, type: Type): number {
  return isSingle(type) ? Math.fround(value) : value;
}

/** Whether values are floats of 32 bits. All others are of 64. */
export function isSingle(type: Type): boolean {
  return type.kind === 'float' && type.width === 32;
}

/** A whole number in the range of a type, dropping the bits that do not fit. */
export function wrapped(value: bigint, type: Type): bigint {
  if (isTruth(type)) return value === 0n ? 0n : 1n;
  const width = widthOf(type);
  return type.kind === 'int' ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
}
