import type { Progress } from '../index.js';
import type { Terminal } from './terminal.js';

const DOING = { plan: 'planning', run: 'running', sample: 'sampling' } as const;
const CLEAR_LINE = '\r\u001B[K';

/** Characters of a full bar. */
const BAR_WIDTH = 24;

/** What shows a run and what removes it. */
export interface ProgressLine {
  readonly show: ((progress: Progress) => void) | undefined;
  readonly clear: () => void;
}

/** A line on standard error that shows how far a run is: only where somebody is there to look at it. */
export function progressLine({ stderr }: Terminal): ProgressLine {
  if (!stderr.isTTY) return { show: undefined, clear: () => undefined };
  return {
    show: ({ phase, done, total }: Progress): void => {
      const share = done / Math.max(total, 1);
      const bar = '█'.repeat(Math.floor(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
      stderr.write(`${CLEAR_LINE}${DOING[phase].padEnd(8)} ${bar} ${Math.floor(100 * share)} %`);
    },
    clear: (): void => void stderr.write(CLEAR_LINE),
  };
}
