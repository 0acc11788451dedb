import { describe, expect, test } from '@jest/globals';
import { LIMITS, param, QuantumError, type Angle, type Expression } from 'qmlx';
import { inspect } from 'node:util';
import { codeOf, errorOf, NOT_NUMBERS } from './refusals.js';

const theta = param('theta');
const a = param('a');
const b = param('b');

describe('values', () => {
  const at = { a: 0.7, b: -1.9 };
  test.each<[string, Expression, number]>([
    ['add', a.add(b), 0.7 + -1.9],
    ['sub', a.sub(b), 0.7 - -1.9],
    ['mul', a.mul(b), 0.7 * -1.9],
    ['div', a.div(b), 0.7 / -1.9],
    ['pow', a.pow(3), 0.7 ** 3],
    ['neg', a.neg(), -0.7],
    ['sin', a.sin(), Math.sin(0.7)],
    ['cos', a.cos(), Math.cos(0.7)],
    ['tan', a.tan(), Math.tan(0.7)],
    ['exp', a.exp(), Math.exp(0.7)],
    ['ln', a.ln(), Math.log(0.7)],
    ['sqrt', a.sqrt(), Math.sqrt(0.7)],
    ['abs', b.abs(), 1.9],
    ['a long one', a.mul(2).add(b.sin().pow(2)).div(a.sub(b)), (1.4 + Math.sin(-1.9) ** 2) / 2.6],
  ])('%s', (_, expression, value) => {
    expect(expression.evaluate(at)).toBeCloseTo(value, 15);
  });

  test('the operands of a non-commutative operator keep their order', () => {
    expect(a.sub(b).evaluate({ a: 1, b: 3 })).toBe(-2);
    expect(a.div(b).evaluate({ a: 1, b: 4 })).toBe(0.25);
    expect(a.pow(b).evaluate({ a: 2, b: 5 })).toBe(32);
  });

  test('evaluating does not recurse', () => {
    let long: Expression = theta;
    for (let k = 0; k < 2000; k++) long = long.sin();
    expect(long.evaluate({ theta: 1 })).toBeGreaterThan(0);
  });
});

describe('refused', () => {
  test('a missing value names the parameter', () => {
    const error = errorOf(() => a.add(b).evaluate({ a: 1 } as never));
    expect(QuantumError.is(error, 'ERR_PARAMETER') && error.parameter).toBe('b');
    expect(codeOf(() => a.evaluate(undefined as never))).toBe('ERR_PARAMETER');
  });

  test('inherited properties are no values', () => {
    expect(codeOf(() => param('toString').evaluate({} as never))).toBe('ERR_PARAMETER');
    expect(param('constructor').evaluate({ constructor: 2 })).toBe(2);
  });

  test.each(NOT_NUMBERS)('the value %p', (value) => {
    const error = errorOf(() => a.evaluate({ a: value } as never));
    expect(QuantumError.is(error, 'ERR_INVALID_ARGUMENT') && error.argument).toBe('a');
  });

  test.each([
    ['1/0', a.div(0)],
    ['ln 0', a.sub(a).ln()],
    ['the root of a negative number', a.neg().sqrt()],
    ['an overflow', a.mul(1000).exp()],
  ])('a result that is not finite: %s', (_, expression) => {
    expect(codeOf(() => expression.evaluate({ a: 1 }))).toBe('ERR_PARAMETER');
  });

  test.each(NOT_NUMBERS)('the operand %p', (value) => {
    for (const name of ['add', 'sub', 'mul', 'div', 'pow'] as const) {
      const error = errorOf(() => a[name](value as Angle));
      expect(QuantumError.is(error, 'ERR_INVALID_ARGUMENT') && error.argument).toBe('other');
    }
  });

  test.each([
    '',
    '1a',
    'a b',
    'a-b',
    '"',
    'a\n',
    'x'.repeat(LIMITS.nameLength + 1),
    3,
    null,
    undefined,
    Symbol('s'),
  ])('the name %p', (name) => {
    expect(codeOf(() => param(name as string))).toBe('ERR_INVALID_ARGUMENT');
  });

  test('an expression that grows without end', () => {
    let doubled: Expression = theta;
    const error = errorOf(() => {
      for (let k = 0; k < 64; k++) doubled = doubled.add(doubled);
    });
    expect(QuantumError.is(error, 'ERR_LIMIT') && error.limit).toBe('expressionItems');
  });
});

describe('text', () => {
  test.each<[Expression, string]>([
    [theta, 'theta'],
    [theta.mul(2), 'theta*2'],
    [theta.add(a).mul(b), '(theta + a)*b'],
    [theta.mul(a).add(b), 'theta*a + b'],
    [theta.sub(a.sub(b)), 'theta - (a - b)'],
    [theta.sub(a).sub(b), 'theta - a - b'],
    [theta.div(a.div(b)), 'theta/(a/b)'],
    [theta.neg(), '-theta'],
    [theta.add(a).neg(), '-(theta + a)'],
    [theta.neg().pow(2), '(-theta)^2'],
    [theta.pow(2).neg(), '-theta^2'],
    [theta.pow(a).pow(b), '(theta^a)^b'],
    [theta.add(a).sin(), 'sin(theta + a)'],
    [theta.add(Math.PI), 'theta + pi'],
    [theta.sub(Math.PI / 2), 'theta - pi/2'],
    [theta.mul((3 * Math.PI) / 4), 'theta*(3*pi/4)'],
    [theta.add(-Math.PI), 'theta + -pi'],
    [theta.add(0.1), 'theta + 0.1'],
    [theta.mul(1e-7), 'theta*1e-7'],
    [theta.mul(0), 'theta*0'],
  ])('%s', (expression, text) => {
    expect(String(expression)).toBe(text);
    expect(inspect(expression)).toBe(`Expression(${text})`);
  });
});

describe('identity', () => {
  test('equality is by structure', () => {
    expect(a.add(1).equals(param('a').add(1))).toBe(true);
    expect(a.add(1).equals(a.add(2))).toBe(false);
    expect(a.add(b).equals(b.add(a))).toBe(false);
    expect(a.sin().equals(a.cos())).toBe(false);
    expect(a.equals('a')).toBe(false);
  });

  test('the negative of a negative is the expression', () => {
    expect(a.add(b).neg().neg().equals(a.add(b))).toBe(true);
  });

  test('parameters come in the order of appearance, once each', () => {
    expect(b.mul(a).add(b).parameters).toEqual(['b', 'a']);
  });

  test('nothing in an expression can change', () => {
    const sum = a.add(1);
    expect(
      Object.isFrozen(sum) && Object.isFrozen(sum.items) && Object.isFrozen(sum.parameters),
    ).toBe(true);
    a.mul(3);
    expect(String(sum)).toBe('a + 1');
  });
});
