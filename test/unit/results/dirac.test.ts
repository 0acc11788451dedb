import { describe, expect, it } from '@jest/globals';
import { StateVector } from '../../../lib/results/state.js';
import { ArraySource, sourceOf } from './array-source.js';

function dirac(
  values: ArrayLike<number>,
  options?: { precision?: number; terms?: number },
): string {
  return new StateVector(new ArraySource(values)).toDirac(options);
}

describe('toDirac', () => {
  it.each([
    [[1, 0, 0, 0], '|0>'],
    [[0, 0, -1, 0], '-|1>'],
    [[0, 1, 0, 0], 'i|0>'],
    [[0, 0, 0, -1], '-i|1>'],
    [[1, 0, 0, 1], '0.707|0> + 0.707i|1>'],
    [[1, 0, 0, -1], '0.707|0> - 0.707i|1>'],
    [[-1, 0, -1, 0], '-0.707|0> - 0.707|1>'],
    [[1, 1, 1, -1], '(0.5 + 0.5i)|0> + (0.5 - 0.5i)|1>'],
    [[-1, -1, -1, 1], '(-0.5 - 0.5i)|0> + (-0.5 + 0.5i)|1>'],
    [[1, 0.0001, 0, 0], '|0>'],
    [[3, 0, 4, 0], '0.6|0> + 0.8|1>'],
  ])('writes %j as %s', (values, text) => {
    expect(dirac(values)).toBe(text);
  });

  it('takes a precision', () => {
    expect(dirac([1, 0, 1, 0], { precision: 6 })).toBe('0.707107|0> + 0.707107|1>');
    expect(dirac([1, 0, 1, 0], { precision: 1 })).toBe('0.7|0> + 0.7|1>');
  });

  it('keeps the heaviest terms in order of their kets and counts the rest', () => {
    const values = [1, 0, 5, 0, 0, 0, 4, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    expect(dirac(values, { terms: 2 })).toBe('0.754|001> + 0.603|011> + … (3 more terms)');
    expect(dirac([2, 0, 1, 0], { terms: 1 })).toBe('0.894|0> + … (1 more term)');
  });

  it('counts digits from the largest amplitude where all would round to 0', () => {
    const part = Float32Array.of(2 ** -12, 0, 0, -(2 ** -11), 0, 0, 2 ** -30, 0);
    const read = (first: number, count: number) => part.slice(2 * first, 2 * (first + count));
    const wide = new StateVector(sourceOf(2, read));
    expect(wide.toDirac()).toBe('0.000244|00> - 0.000488i|01>');
  });

  it.each([{ precision: 0 }, { precision: 16 }, { precision: 1.5 }, { terms: 0 }, { terms: NaN }])(
    'refuses %p',
    (options) => {
      expect(() => dirac([1, 0, 0, 0], options)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
      );
    },
  );

  it('refuses unknown options', () => {
    expect(() => dirac([1, 0, 0, 0], { digits: 3 } as never)).toThrow(/unknown key "digits"/);
  });
});
