// Draws a layout with box-drawing characters. A wire takes one row, and one row lies between two wires,
// which carries the edges of boxes.

import type { Register } from '../circuit/registers.js';
import { Canvas, LINE } from './canvas.js';
import type {
  BarrierItem,
  Box,
  ColumnItem,
  EdgeItem,
  GateItem,
  MarkSymbol,
  MeasureItem,
  SignItem,
} from './item.js';
import { registerOf, type Layout } from './layout.js';

/** Cells of a column on either side of its centre. */
interface Extent {
  readonly before: number;
  readonly after: number;
}

/** Columns drawn next to each other: `first` to, but not including, `end`. */
interface Block {
  readonly first: number;
  readonly end: number;
  readonly width: number;
}

const SYMBOLS: Readonly<Record<MarkSymbol, string>> = {
  closed: '●',
  open: '○',
  flip: '⊕',
  cross: '×',
};

/** A circuit as text, folded into blocks of at most `width` characters; 0 never folds. */
export function renderText(layout: Layout, width: number): string {
  const labels = labelsOf(layout);
  const head = labels[0]?.length ?? 0;
  const extents = layout.columns.map((column) => columnExtent(column, layout));
  const blocks = fold(extents, width === 0 ? Infinity : width - head);
  const parts = blocks.map((block) => new TextBlock(layout, labels, extents, block).toString());
  const phase = layout.globalPhase === '' ? [] : [`global phase: ${layout.globalPhase}`];
  return [...phase, ...parts].join('\n\n');
}

/** What stands before each wire, all of one length. */
function labelsOf({ wires, registers }: Layout): string[] {
  const names = [...wires, ...registers.map(({ name, size }) => `${name}/${size}`)];
  const longest = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => `${name.padStart(longest)}: `);
}

function columnExtent(column: readonly ColumnItem[], layout: Layout): Extent {
  let [before, after] = [0, 0];
  for (const item of column) {
    const extent = itemExtent(item, layout);
    before = Math.max(before, extent.before);
    after = Math.max(after, extent.after);
  }
  return { before, after };
}

function itemExtent(item: ColumnItem, layout: Layout): Extent {
  switch (item.kind) {
    case 'barrier':
      return { before: 0, after: 0 };
    case 'measure': {
      const { before, after } = boxExtent(measureBox(item, layout));
      return { before, after: Math.max(after, bitNumber(item.bit, layout.registers).length - 1) };
    }
    case 'edge':
    case 'sign':
      return boxExtent(edgeBox(item));
    case 'gate': {
      const { before, after } = item.box ? boxExtent(item.box) : { before: 0, after: 0 };
      return { before, after: Math.max(after, item.note ? item.note.length + 1 : 0) };
    }
  }
}

function boxExtent(box: Box): Extent {
  const width = box.label.length + operandWidth(box) + 4;
  const before = width >> 1;
  return { before, after: width - before - 1 };
}

/** Cells inside a box of several qubits for the number of each operand. */
function operandWidth({ wires, numbered }: Box): number {
  return numbered ? String(wires.length - 1).length : 0;
}

function measureBox({ wire, bit }: MeasureItem, { registers, bits }: Layout): Box {
  const label = registers.length > 0 ? 'M' : `M→${bits[bit] as string}`;
  return { wires: [wire], name: label, angles: [], label, numbered: false };
}

/** Frames are drawn as boxes at their edges, which say what is between them. */
function edgeBox(item: EdgeItem | SignItem): Box {
  const { label, first, last } = item;
  const wires = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  const shown = item.kind === 'edge' && item.edge === 'close' ? 'end' : label;
  return { wires, name: shown, angles: [], label: shown, numbered: false };
}

/** The number of a bit within its register, which stands below the register's wire. */
function bitNumber(bit: number, registers: readonly Register[]): string {
  if (registers.length === 0) return '';
  return String(bit - (registers[registerOf(bit, registers)] as Register).start);
}

/** One cell of wire stands between columns, and one at either end. */
function fold(extents: readonly Extent[], available: number): Block[] {
  const blocks: Block[] = [];
  let first = 0;
  let width = 1;
  extents.forEach(({ before, after }, column) => {
    const more = before + after + 2;
    if (column > first && width + more > available) {
      blocks.push({ first, end: column, width });
      first = column;
      width = 1;
    }
    width += more;
  });
  return [...blocks, { first, end: extents.length, width: Math.max(width, 3) }];
}

/** One block of columns on a canvas of its own. */
class TextBlock {
  readonly #layout: Layout;
  readonly #canvas: Canvas;
  readonly #wires: number;
  /** First and last cell of the wires. */
  readonly #start: number;
  readonly #end: number;

  constructor(
    layout: Layout,
    labels: readonly string[],
    extents: readonly Extent[],
    { first, end, width }: Block,
  ) {
    this.#layout = layout;
    this.#wires = labels.length;
    this.#start = labels[0]?.length ?? 0;
    this.#end = this.#start + width - 1;
    this.#canvas = new Canvas(2 * this.#wires + 1, this.#end + 1);
    this.#drawWires(labels);
    let at = this.#start + 1;
    for (let column = first; column < end; column++) {
      const { before, after } = extents[column] as Extent;
      for (const item of layout.columns[column] ?? []) this.#drawItem(item, at + before);
      at += before + after + 2;
    }
    if (first > 0) this.#markEnds(this.#start, '«');
    if (end < layout.columns.length) this.#markEnds(this.#end, '»');
  }

  toString(): string {
    const lines = this.#canvas.toLines();
    // The rows above the first wire and below the last one are there for boxes; often they are empty.
    if (lines[0] === '') lines.shift();
    if (lines.at(-1) === '') lines.pop();
    return lines.join('\n');
  }

  #drawWires(labels: readonly string[]): void {
    labels.forEach((label, wire) => {
      this.#canvas.write(2 * wire + 1, 0, label);
      const double = wire >= this.#layout.wires.length;
      this.#canvas.horizontal(2 * wire + 1, this.#start, this.#end, double);
    });
  }

  #markEnds(column: number, text: string): void {
    for (let wire = 0; wire < this.#wires; wire++) this.#canvas.write(2 * wire + 1, column, text);
  }

  #drawItem(item: ColumnItem, centre: number): void {
    switch (item.kind) {
      case 'barrier':
        this.#drawBarrier(item, centre);
        break;
      case 'measure':
        this.#drawMeasurement(item, centre);
        break;
      case 'edge':
      case 'sign':
        this.#drawEdge(item, centre);
        break;
      case 'gate':
        this.#drawGate(item, centre);
        break;
    }
  }

  #drawBarrier({ wires }: BarrierItem, column: number): void {
    for (const wire of wires) {
      this.#canvas.write(2 * wire + 1, column, '░');
      if (wires.includes(wire + 1)) this.#canvas.write(2 * wire + 2, column, '░');
    }
  }

  #drawMeasurement(item: MeasureItem, centre: number): void {
    this.#drawBox(measureBox(item, this.#layout), centre);
    this.#drawBitLines(item.wire, [item.bit], centre);
  }

  #drawEdge(item: EdgeItem | SignItem, centre: number): void {
    this.#drawBox(edgeBox(item), centre);
    this.#drawBitLines(item.last, item.bits, centre);
  }

  /** Lines from the lower edge of a box down to the registers of some bits, with the numbers of the bits. */
  #drawBitLines(wire: number, bits: readonly number[], centre: number): void {
    const { registers, wires } = this.#layout;
    if (registers.length === 0) return;
    for (const bit of bits) {
      const row = 2 * (wires.length + registerOf(bit, registers)) + 1;
      this.#canvas.vertical(centre, 2 * wire + 2, row, true);
    }
    // Several bits are told by the label of the box.
    if (bits.length !== 1) return;
    const [bit] = bits as [number];
    const row = 2 * (wires.length + registerOf(bit, registers)) + 2;
    this.#canvas.write(row, centre, bitNumber(bit, registers));
  }

  #drawGate(item: GateItem, centre: number): void {
    const { first, last } = item;
    if (item.box) {
      const top = 2 * Math.min(...item.box.wires);
      const bottom = 2 * Math.max(...item.box.wires) + 2;
      this.#drawBox(item.box, centre);
      if (2 * first + 1 < top) this.#canvas.vertical(centre, 2 * first + 1, top);
      if (bottom < 2 * last + 1) this.#canvas.vertical(centre, bottom, 2 * last + 1);
    } else if (first < last) {
      this.#canvas.vertical(centre, 2 * first + 1, 2 * last + 1);
    }
    for (const { wire, symbol } of item.marks) {
      this.#canvas.write(2 * wire + 1, centre, SYMBOLS[symbol]);
    }
    if (item.note) this.#canvas.write(2 * last + 1, centre + 2, item.note);
  }

  #drawBox(box: Box, centre: number): void {
    const { before, after } = boxExtent(box);
    const [left, right] = [centre - before, centre + after];
    const first = Math.min(...box.wires);
    const last = Math.max(...box.wires);
    this.#drawBoxEdge(2 * first, left, right, LINE.down);
    for (let row = 2 * first + 1; row < 2 * last + 2; row++) {
      const operand = row % 2 === 1 ? box.wires.indexOf((row - 1) / 2) : -1;
      const passing = row % 2 === 1 && operand < 0;
      this.#drawInside(row, left, right, passing);
      if (operand >= 0) this.#drawOperand(box, operand, row, left, right);
    }
    this.#drawBoxEdge(2 * last + 2, left, right, LINE.up);
    const row = first === last ? 2 * first + 1 : 2 * ((first + last) >> 1) + 2;
    this.#canvas.write(row, left + operandWidth(box) + 2, box.label);
  }

  #drawBoxEdge(row: number, left: number, right: number, inwards: number): void {
    this.#canvas.add(row, left, LINE.right | inwards);
    this.#canvas.horizontal(row, left + 1, right - 1);
    this.#canvas.add(row, right, LINE.left | inwards);
  }

  /** The sides of a box in one row; a wire that only passes stays visible between them. */
  #drawInside(row: number, left: number, right: number, passing: boolean): void {
    if (!passing) this.#canvas.clear(row, left, right);
    this.#canvas.add(row, left, LINE.up | LINE.down);
    this.#canvas.add(row, right, LINE.up | LINE.down);
  }

  #drawOperand(box: Box, operand: number, row: number, left: number, right: number): void {
    this.#canvas.add(row, left, LINE.left);
    this.#canvas.add(row, right, LINE.right);
    if (box.numbered) this.#canvas.write(row, left + 1, String(operand));
  }
}
