import type { Angle } from '../circuit/expression.js';

/** Fractions of π are looked for among multiples of these, the second for Fourier transforms. */
const FINEST_FRACTIONS = [120, 2 ** 32] as const;
const LARGEST_NUMERATOR = 32;
const TOLERANCE = 1e-12;

/** Characters of the longest expression shown whole. */
const EXPRESSION_WIDTH = 24;

/** An angle as drawings show it: a fraction of π, a number of four digits, or an expression. */
export function formatAngle(angle: Angle): string {
  if (typeof angle === 'number') return formatNumber(angle);
  const text = String(angle).replaceAll(/\bpi\b/g, 'π');
  return text.length <= EXPRESSION_WIDTH ? text : `${text.slice(0, EXPRESSION_WIDTH - 1)}…`;
}

function formatNumber(value: number): string {
  if (value === 0) return '0';
  for (const parts of FINEST_FRACTIONS) {
    const count = Math.round((value / Math.PI) * parts);
    if (Math.abs(value - (count * Math.PI) / parts) > TOLERANCE * Math.abs(value)) continue;
    const divisor = greatestCommonDivisor(Math.abs(count), parts);
    const numerator = Math.abs(count) / divisor;
    if (numerator > LARGEST_NUMERATOR) continue;
    const factor = numerator === 1 ? '' : String(numerator);
    const denominator = divisor === parts ? '' : `/${parts / divisor}`;
    return `${value < 0 ? '-' : ''}${factor}π${denominator}`;
  }
  return String(Number(value.toPrecision(4)));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
