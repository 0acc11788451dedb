import { Token } from './tokens.js';

/** Operators on two real numbers by their tokens. Powers have `^` in OpenQASM 2 and `**` in OpenQASM 3. */
export const REAL_OPERATORS: ReadonlyMap<number, (a: number, b: number) => number> = new Map([
  [Token.Plus, (a, b) => a + b],
  [Token.Minus, (a, b) => a - b],
  [Token.Asterisk, (a, b) => a * b],
  [Token.Slash, (a, b) => a / b],
  [Token.Percent, (a, b) => a % b],
  [Token.Caret, (a, b) => a ** b],
  [Token.DoubleAsterisk, (a, b) => a ** b],
]);

/** A function of one real number. */
export interface RealFunction {
  readonly compute: (x: number) => number;
  /** The operator of the classical layer that computes it in the run. */
  readonly op:
    'sin' | 'cos' | 'tan' | 'exp' | 'ln' | 'sqrt' | 'asin' | 'acos' | 'atan' | 'floor' | 'ceil';
}

const SQUARE_ROOT: RealFunction = { compute: Math.sqrt, op: 'sqrt' };
const LOGARITHM: RealFunction = { compute: Math.log, op: 'ln' };
const SHARED: readonly (readonly [string, RealFunction])[] = [
  ['sin', { compute: Math.sin, op: 'sin' }],
  ['cos', { compute: Math.cos, op: 'cos' }],
  ['tan', { compute: Math.tan, op: 'tan' }],
  ['exp', { compute: Math.exp, op: 'exp' }],
];

/** Functions of real numbers by their names in the languages. */
export const REAL_FUNCTIONS: { readonly [version in 2 | 3]: ReadonlyMap<string, RealFunction> } = {
  2: new Map([...SHARED, ['ln', LOGARITHM], ['sqrt', SQUARE_ROOT]]),
  3: new Map([
    ...SHARED,
    ['log', LOGARITHM],
    ['sqrt', SQUARE_ROOT],
    ['arcsin', { compute: Math.asin, op: 'asin' }],
    ['arccos', { compute: Math.acos, op: 'acos' }],
    ['arctan', { compute: Math.atan, op: 'atan' }],
    ['floor', { compute: Math.floor, op: 'floor' }],
    ['ceiling', { compute: Math.ceil, op: 'ceil' }],
  ]),
};
