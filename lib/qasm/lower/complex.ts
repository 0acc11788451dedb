import { Token } from '../tokens.js';
import type { Complex } from './values.js';

/** Complex arithmetic. */
export function product(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

export function sum(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im };
}

function quotient(a: Complex, b: Complex): Complex {
  const norm = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm };
}

/** e to a complex power. */
export function complexExp({ re, im }: Complex): Complex {
  const size = Math.exp(re);
  return { re: size * Math.cos(im), im: size * Math.sin(im) };
}

function power(a: Complex, b: Complex): Complex {
  if (a.re === 0 && a.im === 0) return b.re === 0 && b.im === 0 ? { re: 1, im: 0 } : a;
  const logarithm = { re: Math.log(Math.hypot(a.re, a.im)), im: Math.atan2(a.im, a.re) };
  return complexExp(product(logarithm, b));
}

/** The principal square root. */
export function complexSqrt({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const root = Math.sqrt((size + re) / 2);
  const other = Math.sqrt((size - re) / 2);
  return { re: root, im: im < 0 ? -other : other };
}

/** A binary operator on complex numbers; undefined where there is none. Powers have their principal value. */
export function complexBinary(
  token: number,
  a: Complex,
  b: Complex,
): Complex | boolean | undefined {
  const isSame = a.re === b.re && a.im === b.im;
  switch (token) {
    case Token.Plus:
      return sum(a, b);
    case Token.Minus:
      return { re: a.re - b.re, im: a.im - b.im };
    case Token.Asterisk:
      return product(a, b);
    case Token.Slash:
      return quotient(a, b);
    case Token.DoubleAsterisk:
      return power(a, b);
    case Token.DoubleEquals:
      return isSame;
    case Token.NotEquals:
      return !isSame;
    default:
      return undefined;
  }
}
