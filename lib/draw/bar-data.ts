// What bar charts show, whatever draws them.

import { invalidArgument } from '../circuit/arguments.js';
import { byCount } from '../results/bars.js';
import { Counts } from '../results/counts.js';
import { StateVector } from '../results/state.js';
import { heaviestTerms } from './heaviest.js';

/** Where bars come from: a state, counts, the result of a run, or values by outcome. */
export type BarSource = StateVector | { readonly counts: Counts } | ReadonlyMap<string, number>;

/** Values of one run or state, one for each outcome. */
export interface BarSeries {
  /** Empty if there is only one. */
  readonly name: string;
  readonly values: readonly number[];
}

/** Bars by outcome. */
export interface BarData {
  readonly keys: readonly string[];
  readonly series: readonly BarSeries[];
  /** Outcomes left out. */
  readonly left: number;
  /** The largest share of a series that they hold. */
  readonly share: number;
}

/** Which outcomes are shown, and in which order. */
export interface BarChoice {
  readonly top: number;
  /** Absent: by key if all are shown, else by value. */
  readonly sort: 'key' | 'count' | undefined;
}

interface Values {
  readonly values: ReadonlyMap<string, number>;
  /** Sum of all values, those left out included. */
  readonly total: number;
  /** Outcomes that `values` has no room for. */
  readonly left: number;
}

/** The counts in a result, checked. */
export function countsOf(value: unknown): Counts {
  if (value instanceof Counts) return value;
  if (typeof value === 'object' && value !== null && 'counts' in value) {
    return countsOf(value.counts);
  }
  throw invalidArgument('result', 'a result or counts', value);
}

/** Whether a value is something that bars are drawn of. */
export function isBarSource(value: unknown): value is BarSource {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Map || value instanceof StateVector || 'counts' in value;
}

function valuesOf(source: unknown, top: number): Values {
  if (source instanceof StateVector) {
    const { terms, left } = heaviestTerms(source, top);
    return {
      values: new Map(terms.map(({ key, probability }) => [key, probability])),
      total: 1,
      left,
    };
  }
  if (!(source instanceof Map) || source instanceof Counts) {
    const counts = countsOf(source);
    return { values: counts, total: counts.total, left: 0 };
  }
  let total = 0;
  for (const [key, value] of source as ReadonlyMap<unknown, unknown>) {
    const good =
      typeof key === 'string' && typeof value === 'number' && value >= 0 && value < Infinity;
    if (!good)
      throw invalidArgument('source', 'a map from strings to numbers of at least 0', value);
    total += value;
  }
  return { values: source as ReadonlyMap<string, number>, total, left: 0 };
}

/** Bars of one or more sources; `shares` divides by the total of each. */
export function barData(
  sources: readonly (readonly [string, unknown])[],
  shares: boolean,
  { top, sort }: BarChoice,
): BarData {
  const all = sources.map(([name, source]) => ({ name, ...valuesOf(source, top) }));
  const weights = new Map<string, number>();
  for (const { values, total } of all) {
    for (const [key, value] of values) {
      weights.set(key, (weights.get(key) ?? 0) + (total === 0 ? 0 : value / total));
    }
  }
  const hidden = Math.max(0, ...all.map(({ left }) => left));
  const whole = weights.size <= top && hidden === 0;
  const chosen = byCount([...weights]).slice(0, top);
  if ((sort ?? (whole ? 'key' : 'count')) === 'key') chosen.sort(([a], [b]) => (a < b ? -1 : 1));
  const keys = chosen.map(([key]) => key);
  const unit = (total: number): number => (shares && total > 0 ? total : 1);
  const series = all.map(({ name, values, total }) => {
    return { name, values: keys.map((key) => (values.get(key) ?? 0) / unit(total)) };
  });
  const shown = all.map(({ values, total }) =>
    total === 0 ? 1 : keys.reduce((sum, key) => sum + (values.get(key) ?? 0), 0) / total,
  );
  const share = Math.max(0, 1 - Math.min(...shown));
  return { keys, series, left: weights.size - keys.length + hidden, share };
}
