/** How a table of outcomes with bars is laid out. */
export interface BarStyle {
  /** Most outcomes to show; the others are counted in the last line. */
  readonly rows: number;
  /** Characters of the longest bar. */
  readonly width: number;
  /** By key, or by count with the largest first. Absent: by key if all outcomes are shown, else by count. */
  readonly sort?: 'key' | 'count';
}

/** The layout of `String(counts)`. */
export const STANDARD_BARS: BarStyle = Object.freeze({ rows: 32, width: 32 });

/** Longest key shown whole. */
const KEY_WIDTH = 64;

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * One line an outcome: key, bar, count, share. Entries come sorted by key. Without outcomes, one line that
 * says so.
 */
export function formatBars(
  entries: readonly (readonly [string, number])[],
  total: number,
  style: BarStyle,
): string {
  if (entries.length === 0) return '(no outcomes)';
  const kept = choose(entries, style);
  const left = entries.length - kept.length;
  const largest = kept.reduce((most, [, count]) => Math.max(most, count), 1);
  const keys = kept.map(([key]) => clipKey(key));
  const keyColumn = Math.max(...keys.map((key) => key.length));
  const countColumn = String(largest).length;
  const lines = kept.map(([, count], row) => {
    const bar = barOf(count / largest, style.width).padEnd(style.width);
    const share = shareOf(count, total).padStart(6);
    return `${(keys[row] as string).padStart(keyColumn)}  ${bar}  ${String(count).padStart(countColumn)}  ${share}`;
  });
  if (left > 0) {
    const shown = kept.reduce((sum, [, count]) => sum + count, 0);
    const share = shareOf(total - shown, total);
    lines.push(`… ${left} more ${left === 1 ? 'outcome' : 'outcomes'}, together ${share}`);
  }
  return lines.join('\n');
}

function choose(
  entries: readonly (readonly [string, number])[],
  style: BarStyle,
): readonly (readonly [string, number])[] {
  const all = entries.length <= style.rows;
  const sort = style.sort ?? (all ? 'key' : 'count');
  if (all && sort === 'key') return entries;
  const kept = byCount(entries).slice(0, style.rows);
  return sort === 'count' ? kept : kept.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Entries with the largest count first, equal ones by key. */
export function byCount(entries: readonly (readonly [string, number])[]): [string, number][] {
  const copy = entries.map(([key, count]): [string, number] => [key, count]);
  return copy.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** A bar of `fraction` of the width, in EIGHTHS of a character; never empty for a fraction above 0. */
export function barOf(fraction: number, width: number): string {
  const parts = fraction > 0 ? Math.max(1, Math.round(fraction * width * 8)) : 0;
  return '█'.repeat(Math.floor(parts / 8)) + (EIGHTHS[parts % 8] as string);
}

/** A share of a total in percent. */
export function shareOf(count: number, total: number): string {
  const percent = total === 0 ? 0 : (100 * count) / total;
  if (percent > 0 && percent < 0.1) return '<0.1%';
  return `${percent.toFixed(1)}%`;
}

/** A key, its middle left out if it is long. */
export function clipKey(key: string): string {
  if (key.length <= KEY_WIDTH) return key;
  const half = KEY_WIDTH / 2 - 1;
  return `${key.slice(0, half)}…${key.slice(-half)}`;
}
