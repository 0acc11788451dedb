// The shapes on the wires of a circuit. Boxes and lines are written out, since large circuits have many.

import type { MarkSymbol } from './item.js';
import { SIZE } from './svg-size.js';
import type { Paint, Palette } from './theme.js';
import { decimal, element } from './xml.js';

/** A line between two points. */
export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  stroke: string,
  width = 1.5,
  dashes?: string,
): string {
  const ends = `x1="${decimal(x1)}" y1="${decimal(y1)}" x2="${decimal(x2)}" y2="${decimal(y2)}"`;
  const style = dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`;
  return `<line ${ends} stroke="${stroke}" stroke-width="${width}"${style}/>`;
}

/** A double line between two points on one height or above each other. */
export function doubleLine(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  stroke: string,
): string {
  const [dx, dy] = x1 === x2 ? [1.6, 0] : [0, 1.6];
  const parts = [-1, 1].map((side) => {
    const from = `${decimal(x1 + side * dx)} ${decimal(y1 + side * dy)}`;
    return `M${from}L${decimal(x2 + side * dx)} ${decimal(y2 + side * dy)}`;
  });
  return element('path', { d: parts.join(''), fill: 'none', stroke, 'stroke-width': 1.2 });
}

/** The outline of a box around a point. */
export function boxShape(
  x: number,
  top: number,
  width: number,
  height: number,
  { fill, stroke }: Paint,
): string {
  const corner = `x="${decimal(x - width / 2)}" y="${decimal(top)}"`;
  const size = `width="${decimal(width)}" height="${decimal(height)}" rx="4"`;
  return `<rect ${corner} ${size} fill="${fill}" stroke="${stroke}" stroke-width="1.3"/>`;
}

/** The symbol of a mark. */
export function markShape(
  symbol: MarkSymbol,
  x: number,
  y: number,
  color: string,
  background: string,
): string {
  switch (symbol) {
    case 'closed':
      return element('circle', { cx: x, cy: y, r: SIZE.control, fill: color });
    case 'open': {
      const paint = { fill: background, stroke: color, 'stroke-width': 1.5 };
      return element('circle', { cx: x, cy: y, r: SIZE.control, ...paint });
    }
    case 'flip': {
      const r = SIZE.target;
      const paint = { fill: background, stroke: color, 'stroke-width': 1.8 };
      const cross = `M${decimal(x - r)} ${decimal(y)}h${2 * r}M${decimal(x)} ${decimal(y - r)}v${2 * r}`;
      return element('circle', { cx: x, cy: y, r, ...paint }) + stroked(cross, color);
    }
    case 'cross': {
      const r = SIZE.cross;
      const down = `M${decimal(x - r)} ${decimal(y - r)}l${2 * r} ${2 * r}`;
      return stroked(`${down}m0 ${-2 * r}l${-2 * r} ${2 * r}`, color);
    }
  }
}

function stroked(d: string, stroke: string): string {
  return element('path', { d, fill: 'none', stroke, 'stroke-width': 1.8 });
}

/** A dial with a needle: a measurement. */
export function meterShape(x: number, y: number, { measurement }: Palette): string {
  const dial = `M${decimal(x - 9)} ${decimal(y + 5)}a9 9 0 0 1 18 0`;
  const needle = `M${decimal(x)} ${decimal(y + 5)}L${decimal(x + 7)} ${decimal(y - 7)}`;
  const paint = { fill: 'none', stroke: measurement.stroke, 'stroke-width': 1.4 };
  return element('path', { d: dial + needle, ...paint });
}

/** The head of an arrow that points down at a point. */
export function arrowHead(x: number, y: number, color: string): string {
  const d = `M${decimal(x)} ${decimal(y)}l-4.5 -7h9z`;
  return element('path', { d, fill: color });
}

/** The head of an arrow that comes from the origin and ends at a point. */
export function arrowHeadAlong([x, y]: readonly [number, number], color: string): string {
  const length = Math.hypot(x, y);
  // An arrow towards the viewer is a dot.
  if (length < 8) return element('circle', { cx: x, cy: y, r: 4, fill: color });
  const [dx, dy] = [x / length, y / length];
  const corner = (along: number, aside: number): string =>
    `${decimal(x + along * dx - aside * dy)} ${decimal(y + along * dy + aside * dx)}`;
  return element('path', {
    d: `M${corner(3, 0)}L${corner(-8, 4.5)}L${corner(-8, -4.5)}z`,
    fill: color,
  });
}
