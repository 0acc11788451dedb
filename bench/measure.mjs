// Repeats, statistics and tables.

export const median = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const summary = (times) => ({ min: Math.min(...times), median: median(times) });

/** Rounds of the shortest work. */
const MOST_ROUNDS = 200;

/** Milliseconds of one call. */
export function timeOf(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/**
 * Runs actions that give milliseconds in turn, A B A B …, and collects the times of each. After `budget` milliseconds
 * no further round begins, but there are three; before `least` there are more rounds, since a disturbance may outlast
 * a few short ones.
 */
export async function interleave(actions, repeats, budget = Infinity, least = 0) {
  const times = actions.map(() => []);
  const start = performance.now();
  const goesOn = (k, spent) =>
    k < 3 || (k < repeats && spent < budget) || (k < MOST_ROUNDS && spent < least);
  for (let k = 0; goesOn(k, performance.now() - start); k++) {
    for (const [index, action] of actions.entries()) times[index].push(await action());
  }
  return times;
}

/** Milliseconds a call of something too short to time alone, in blocks of calls. */
export function timeBlocks(action, calls, blocks) {
  const times = [];
  for (let block = 0; block < blocks; block++) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) action(call);
    times.push((performance.now() - start) / calls);
  }
  return times;
}

/** A time with a unit that suits it. */
export function formatTime(milliseconds) {
  if (!Number.isFinite(milliseconds)) return '-';
  if (milliseconds < 1) return `${(milliseconds * 1e3).toPrecision(3)} µs`;
  return milliseconds < 1e3
    ? `${milliseconds.toPrecision(3)} ms`
    : `${(milliseconds / 1e3).toPrecision(3)} s`;
}

/** Rows of cells as a Markdown table. */
export function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
