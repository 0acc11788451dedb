// Compile-time checks of literal indices and the arithmetic of literal sizes.

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/** Larger sizes are checked at run time only, so that no type grows without bound. */
type SmallSize = Digit | `${'1' | '2' | '3' | '4' | '5' | '6'}${Digit}`;

type Below<Size extends number, Seen extends number[] = []> = Seen['length'] extends Size
  ? Seen[number]
  : Below<Size, [...Seen, Seen['length']]>;

type Tuple<Size extends number, Items extends unknown[] = []> = Items['length'] extends Size
  ? Items
  : Tuple<Size, [...Items, unknown]>;

/**
 * The type of an index argument: a literal `I` must lie from 0 to `Size - 1` where `Size` is a literal below 70;
 * an `I` that is just `number`, or an unknown size, is checked at run time.
 */
export type Index<I extends number, Size extends number> = number extends I
  ? I
  : `${Size}` extends SmallSize
    ? I extends Below<Size>
      ? I
      : Below<Size>
    : I;

/** Sum of two literal sizes below 70, else `number`. */
export type Sum<A extends number, B extends number> = [`${A}`, `${B}`] extends [
  SmallSize,
  SmallSize,
]
  ? [...Tuple<A>, ...Tuple<B>]['length'] extends infer Total extends number
    ? Total
    : number
  : number;
