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
export function progressLine(terminal: Terminal): ProgressLine {
  const { show, clear } = barLine(terminal);
  if (show === undefined) return { show, clear };
  return {
    show: ({ phase, done, total }) => show(done, total, DOING[phase].padEnd(8)),
    clear,
  };
}

/** The same for work that says how far it is and what it does. */
export function barLine({ stderr }: Terminal): {
  readonly show: ((done: number, total: number, doing: string) => void) | undefined;
  readonly clear: () => void;
} {
  if (!stderr.isTTY) return { show: undefined, clear: () => undefined };
  return {
    show: (done, total, doing): void => {
      const share = done / Math.max(total, 1);
      const bar = '█'.repeat(Math.floor(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
      stderr.write(`${CLEAR_LINE}${doing} ${bar} ${Math.floor(100 * share)} %`);
    },
    clear: (): void => void stderr.write(CLEAR_LINE),
  };
}
