// The test statistic itself, against tables and closed forms.

import { describe, expect, it } from '@jest/globals';
import { chiSquareCdf, chiSquareFit, isPlausible } from './chi-square.js';

describe('the chi-square distribution', () => {
  it.each([
    [2.705543454095, 1, 0.9],
    [3.841458820694, 1, 0.95],
    [10.82756617, 1, 0.999],
    [23.928126977, 1, 1 - 1e-6],
    [18.307038053, 10, 0.95],
    [2.5582121601872, 10, 0.01],
    [124.342113404, 100, 0.95],
    [1074.679448803, 1000, 0.95],
  ])('has P(x <= %d) of %d degrees equal to %d', (x, degrees, level) => {
    expect(Math.abs(chiSquareCdf(x, degrees) - level)).toBeLessThan(1e-9);
  });

  it('is 1 - exp(-x/2) for two degrees, also far out in the tail', () => {
    for (const x of [1e-6, 0.1, 1, 5, 20, 27.6]) {
      expect(Math.abs(chiSquareCdf(x, 2) + Math.expm1(-x / 2))).toBeLessThan(1e-12);
    }
  });
});

describe('the fit of counts', () => {
  const fair = new Map([['0', 0.5], ['1', 0.5]]); // prettier-ignore

  it('is the statistic of Pearson', () => {
    const { statistic, degrees, level } = chiSquareFit(new Map([['0', 480], ['1', 520]]), fair); // prettier-ignore
    expect(statistic).toBeCloseTo(1.6, 12);
    expect(degrees).toBe(1);
    expect(level).toBeCloseTo(0.794096789, 8);
  });

  it('refuses counts that are too far and counts that are too near', () => {
    const far = chiSquareFit(new Map([['0', 40_000], ['1', 60_000]]), fair); // prettier-ignore
    const outcomes = Array.from({ length: 256 }, (_, k) => String(k));
    const near = chiSquareFit(
      new Map(outcomes.map((name) => [name, 1000])),
      new Map(outcomes.map((name) => [name, 1 / 256])),
    );
    expect([isPlausible(far.level), isPlausible(near.level)]).toEqual([false, false]);
  });

  it('names impossible outcomes and pools rare ones', () => {
    const probabilities = new Map([['00', 0.999], ['01', 0.0005], ['10', 0.0005], ['11', 0]]); // prettier-ignore
    const fit = chiSquareFit(new Map([['00', 998], ['01', 1], ['11', 1]]), probabilities); // prettier-ignore
    expect(fit.impossible).toEqual(['11']);
    // One shot in a thousand falls on them, too few for a cell of their own.
    expect(fit.degrees).toBe(0);
    const many = new Map([['0', 0.9], ...Array.from({ length: 50 }, (_, k) => [`1 ${k}`, 0.002] as const)]); // prettier-ignore
    const counts = new Map([['0', 850], ['1 7', 150]]); // prettier-ignore
    const pooled = chiSquareFit(counts, many);
    expect(pooled.degrees).toBe(1);
    // (50² / 100 + 50² / 900) for 100 and 900 expected.
    expect(pooled.statistic).toBeCloseTo(25 + 25 / 9, 9);
    // Rare ones count with the rarest of the frequent.
    const mixed = chiSquareFit(new Map([['0', 880], ['1', 97], ['2', 23]]), new Map([['0', 0.898], ['1', 0.1], ['2', 0.002]])); // prettier-ignore
    expect(mixed.degrees).toBe(1);
    expect(mixed.statistic).toBeCloseTo(18 ** 2 / 898 + 18 ** 2 / 102, 9);
  });
});
