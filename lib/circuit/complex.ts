import type { Algebra } from './postfix.js';

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

const of = (re: number, im = 0): Complex => ({ re, im });

function divide(a: Complex, b: Complex): Complex {
  const scale = b.re * b.re + b.im * b.im;
  return of((a.re * b.re + a.im * b.im) / scale, (a.im * b.re - a.re * b.im) / scale);
}

function exponential(a: Complex): Complex {
  const size = Math.exp(a.re);
  return of(size * Math.cos(a.im), size * Math.sin(a.im));
}

/** Complex arithmetic for the matrices of the gate table; cos, sin and sqrt serve real arguments only. */
export const COMPLEX: Algebra<Complex> = {
  number: of,
  add: (a, b) => of(a.re + b.re, a.im + b.im),
  sub: (a, b) => of(a.re - b.re, a.im - b.im),
  mul: (a, b) => of(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re),
  div: (a, b) => (b.im === 0 ? of(a.re / b.re, a.im / b.re) : divide(a, b)),
  neg: (a) => of(-a.re, -a.im),
  functions: {
    exp: exponential,
    cos: (a) => of(Math.cos(a.re)),
    sin: (a) => of(Math.sin(a.re)),
    sqrt: (a) => of(Math.sqrt(a.re)),
  },
};
