// Pearson's chi-square test of counts against probabilities, two-sided: counts that fit too well are as
// suspicious as counts that do not fit.

import jstat from 'jstat';

/** Outcomes expected less often than this are counted together, as the approximation demands. */
const fewestExpected = 5;

/** Probability that a chi-square variable with so many degrees of freedom is at most `x`. */
export function chiSquareCdf(x: number, degrees: number): number {
  return jstat.jStat.chisquare.cdf(x, degrees);
}

/** Counts by outcome against probabilities by outcome. */
export interface Fit {
  /** Outcomes that came although their probability is 0. */
  readonly impossible: readonly string[];
  readonly statistic: number;
  readonly degrees: number;
  /** Probability of a statistic at most as large: uniform from 0 to 1 if the counts are fair. */
  readonly level: number;
}

/** How well counts fit probabilities; outcomes below 1e-12 are taken as impossible. */
export function chiSquareFit(
  counts: ReadonlyMap<string, number>,
  probabilities: ReadonlyMap<string, number>,
): Fit {
  const shots = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const possible = [...probabilities].filter(([, probability]) => probability > 1e-12);
  const names = new Set(possible.map(([name]) => name));
  const rare = { expected: 0, count: 0 };
  const frequent: { expected: number; count: number }[] = [];
  for (const [name, probability] of possible) {
    const expected = probability * shots;
    const count = counts.get(name) ?? 0;
    if (expected >= fewestExpected) frequent.push({ expected, count });
    else {
      rare.expected += expected;
      rare.count += count;
    }
  }
  frequent.sort((a, b) => a.expected - b.expected);
  // Where even all of them together are rare, they count with the rarest of the others.
  const [rarest] = frequent;
  if (rarest !== undefined && rare.expected < fewestExpected) {
    rarest.expected += rare.expected;
    rarest.count += rare.count;
    rare.expected = 0;
  }
  const used = [rare, ...frequent].filter(({ expected }) => expected > 0);
  const statistic = used.reduce(
    (sum, { expected, count }) => sum + (count - expected) ** 2 / expected,
    0,
  );
  const degrees = used.length - 1;
  const level = degrees === 0 ? 0.5 : chiSquareCdf(statistic, degrees);
  return {
    impossible: [...counts.keys()].filter((name) => !names.has(name)),
    statistic,
    degrees,
    level,
  };
}

/** Whether a level is one that fair counts reach: fails for 2 of 10^6 fair samples. */
export function isPlausible(level: number): boolean {
  return level >= 1e-6 && level <= 1 - 1e-6;
}
