// Sizes of a circuit's shapes in the units of SVG, and where columns and wires lie.

import type { Box, ColumnItem, EdgeItem, MeasureItem, SignItem } from './item.js';
import type { Layout } from './layout.js';
import { textWidth } from './text-width.js';

/** Sizes that all shapes share. */
export const SIZE = Object.freeze({
  /** From wire to wire, and from register to register. */
  pitch: 46,
  registerPitch: 40,
  box: 32,
  label: 14,
  angles: 10,
  note: 11,
  gap: 14,
  margin: 18,
  /** Between blocks of a folded drawing. */
  fold: 26,
  control: 4.5,
  target: 10,
  cross: 6,
});

/** Columns drawn next to each other: `first` to, but not including, `end`. */
export interface SvgBlock {
  readonly first: number;
  readonly end: number;
  /** Middle of each of its columns. */
  readonly centres: readonly number[];
  /** Right end of its wires. */
  readonly right: number;
}

/** Room on either side of the middle of a column. */
export interface Extent {
  readonly before: number;
  readonly after: number;
}

const widths = new WeakMap<Box, number>();

/** Width of a box: two lines of text at most, the name and the angles. */
export function boxWidth(box: Box): number {
  let width = widths.get(box);
  if (width === undefined) {
    width = measuredWidth(box);
    widths.set(box, width);
  }
  return width;
}

function measuredWidth({ name, angles, wires, numbered }: Box): number {
  const text = Math.max(
    textWidth(name, SIZE.label),
    angles.length === 0 ? 0 : textWidth(angles.join(', '), SIZE.angles),
  );
  const numbers = numbered ? textWidth(String(wires.length - 1), 9) + 6 : 0;
  return Math.max(SIZE.box, Math.ceil(text + 2 * numbers + 14));
}

/** The name of the bit below the meter where no line shows it; empty where one does. */
export function measureLabel({ bit }: MeasureItem, { registers, bits }: Layout): string {
  return registers.length > 0 ? '' : (bits[bit] as string);
}

/** Width of the box of a measurement. */
export function measureWidth(item: MeasureItem, layout: Layout): number {
  return Math.max(34, Math.ceil(textWidth(measureLabel(item, layout), SIZE.angles) + 12));
}

/** Width of the sign with the label of a frame. */
export function edgeWidth({ label }: EdgeItem | SignItem): number {
  return label === '' ? 8 : Math.ceil(textWidth(label, SIZE.note) + 12);
}

/** Room that an item takes. */
export function itemExtent(item: ColumnItem, layout: Layout): Extent {
  switch (item.kind) {
    case 'barrier':
      return { before: 5, after: 5 };
    case 'edge':
    case 'sign':
      return even(edgeWidth(item));
    case 'measure':
      return even(measureWidth(item, layout));
    case 'gate': {
      if (item.box) return even(boxWidth(item.box));
      const note = item.note === undefined ? 0 : textWidth(item.note, SIZE.note) + 10;
      return { before: SIZE.target, after: Math.max(SIZE.target, note) };
    }
  }
}

const even = (width: number): Extent => ({ before: width / 2, after: width / 2 });

function columnExtent(column: readonly ColumnItem[], layout: Layout): Extent {
  let [before, after] = [0, 0];
  for (const item of column) {
    const extent = itemExtent(item, layout);
    before = Math.max(before, extent.before);
    after = Math.max(after, extent.after);
  }
  return { before, after };
}

/** Folds columns into blocks between `left` and `right`; a column that is wider than that stays whole. */
export function foldColumns(layout: Layout, left: number, right: number): SvgBlock[] {
  const blocks: SvgBlock[] = [];
  let centres: number[] = [];
  let at = left + SIZE.gap;
  layout.columns.forEach((column, index) => {
    const { before, after } = columnExtent(column, layout);
    if (centres.length > 0 && at + before + after + SIZE.gap > right) {
      blocks.push({ first: index - centres.length, end: index, centres, right: at });
      centres = [];
      at = left + SIZE.gap;
    }
    centres.push(at + before);
    at += before + after + SIZE.gap;
  });
  const end = layout.columns.length;
  const last = Math.max(at, left + 3 * SIZE.gap);
  return [...blocks, { first: end - centres.length, end, centres, right: last }];
}
