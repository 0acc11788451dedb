// Draws one gate: its vertical line, its box, its marks.

import type { Box, GateItem } from './item.js';
import { boxWidth, SIZE } from './svg-size.js';
import { boxShape, line, markShape } from './svg-symbols.js';
import type { Paint, Palette } from './theme.js';
import { textElement } from './xml.js';

type HeightOf = (wire: number) => number;

/** A gate in a column with its middle at `x`. */
export function drawGate(item: GateItem, x: number, heightOf: HeightOf, palette: Palette): string {
  const paint = palette.families[item.family];
  const { box, marks, note, first, last } = item;
  let content = first === last ? '' : line([x, heightOf(first)], [x, heightOf(last)], paint.stroke);
  if (box) content += drawBox(box, x, heightOf, paint, palette);
  for (const { wire, symbol } of marks) {
    content += markShape(symbol, x, heightOf(wire), paint.stroke, palette.background);
  }
  if (note !== undefined) {
    const start = { 'text-anchor': 'start', fill: paint.stroke };
    content += textElement(note, x + 9, heightOf(last) - 9, SIZE.note, start);
  }
  return content;
}

function drawBox(box: Box, x: number, heightOf: HeightOf, paint: Paint, palette: Palette): string {
  const { wires, name, angles, numbered } = box;
  const top = heightOf(Math.min(...wires));
  const bottom = heightOf(Math.max(...wires));
  const width = boxWidth(box);
  const fill = { fill: paint.text };
  let content = boxShape(x, top - SIZE.box / 2, width, bottom - top + SIZE.box, paint);
  const first = Math.min(...wires);
  for (let wire = first + 1; wire < Math.max(...wires); wire++) {
    if (wires.includes(wire)) continue;
    const y = heightOf(wire);
    content += line([x - width / 2, y], [x + width / 2, y], palette.wire, 1, '3 3');
  }
  const middle = labelHeight(wires, heightOf);
  if (angles.length === 0) content += textElement(name, x, middle, SIZE.label, fill);
  else {
    content += textElement(name, x, middle - 6, SIZE.label - 1, fill);
    content += textElement(angles.join(', '), x, middle + 8, SIZE.angles, fill);
  }
  if (!numbered) return content;
  const side = { 'text-anchor': 'start', fill: paint.stroke };
  wires.forEach((wire, operand) => {
    content += textElement(String(operand), x - width / 2 + 4, heightOf(wire), 9, side);
  });
  return content;
}

/** The label stands half-way between two wires where the middle of the box is a wire inside it. */
function labelHeight(wires: readonly number[], heightOf: HeightOf): number {
  const first = Math.min(...wires);
  const last = Math.max(...wires);
  if (first === last) return heightOf(first);
  const above = (first + last) >> 1;
  return (heightOf(above) + heightOf(above + 1)) / 2;
}
