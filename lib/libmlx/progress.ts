// Shows how far fetching is: a bar on a terminal, a line for each quarter elsewhere.

import type { LibmlxProgress } from './content.js';

/** What progress is written to, such as `process.stderr`. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

const DOING = {
  wait: 'waiting for another process that fetches libmlx',
  download: 'downloading libmlx',
  unpack: 'unpacking libmlx',
  build: 'compiling MLX, which takes minutes',
} as const;

const BAR_WIDTH = 24;
const QUARTERS = 4;
const CLEAR_LINE = '\r\u001B[K';

/** Shows progress on a stream. */
export interface ProgressDisplay {
  readonly show: (progress: LibmlxProgress) => void;
  /** Removes the bar. */
  readonly clear: () => void;
}

/** A display for a stream. */
export function displayOn(stream: ProgressStream): ProgressDisplay {
  return stream.isTTY ? barOn(stream) : linesOn(stream);
}

function barOn(stream: ProgressStream): ProgressDisplay {
  let shown = '';
  const show = ({ phase, done, total }: LibmlxProgress): void => {
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    const bar = '█'.repeat(Math.floor(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
    const text = done > 0 && total > 0 ? ` ${bar} ${Math.floor(100 * share)} %` : ' …';
    if (DOING[phase] + text === shown) return;
    shown = DOING[phase] + text;
    stream.write(CLEAR_LINE + shown);
  };
  return { show, clear: () => void stream.write(shown === '' ? '' : CLEAR_LINE) };
}

function linesOn(stream: ProgressStream): ProgressDisplay {
  let last = '';
  const show = ({ phase, done, total }: LibmlxProgress): void => {
    const quarter = total > 0 ? Math.floor((QUARTERS * done) / total) : 0;
    const line = done > 0 ? `${DOING[phase]}: ${25 * quarter} %` : DOING[phase];
    if (line === last || (done > 0 && quarter === 0)) return;
    last = line;
    stream.write(`qmlx: ${line}\n`);
  };
  return { show, clear: () => undefined };
}
