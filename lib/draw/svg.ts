// Draws a layout as SVG.

import type { Register } from '../circuit/registers.js';
import type { BarrierItem, ColumnItem, EdgeItem, GateItem, MeasureItem, SignItem } from './item.js';
import { registerOf, type Layout } from './layout.js';
import { drawGate } from './svg-gate.js';
import {
  edgeWidth,
  foldColumns,
  itemExtent,
  measureLabel,
  measureWidth,
  SIZE,
  type SvgBlock,
} from './svg-size.js';
import { arrowHead, boxShape, doubleLine, line, meterShape } from './svg-symbols.js';
import { textWidth } from './text-width.js';
import type { Palette } from './theme.js';
import { element, picture, textElement, titled } from './xml.js';

/** What a picture of a circuit needs besides its layout. */
export interface SvgStyle {
  /** Greatest width before the drawing folds. */
  readonly width: number;
  readonly palette: Palette;
  readonly title: string;
  /** Whether the title stands above the circuit. */
  readonly shown: boolean;
  readonly description: string;
  /** Whether an item is marked. */
  readonly marks: boolean;
}

/** Size of the text above a circuit. */
const CAPTION = 13;

/** A circuit as an SVG document. */
export function renderSvg(layout: Layout, style: SvgStyle): string {
  return new CircuitSvg(layout, style).toString();
}

class CircuitSvg {
  readonly #layout: Layout;
  readonly #style: SvgStyle;
  readonly #palette: Palette;
  /** Where wires begin. */
  readonly #left: number;
  readonly #frames: readonly FrameColumns[];
  readonly #parts: string[] = [];
  /** Height of the first wire of the block that is being drawn. */
  #top = 0;

  constructor(layout: Layout, style: SvgStyle) {
    this.#layout = layout;
    this.#style = style;
    this.#palette = style.palette;
    this.#frames = framesOf(layout);
    const names = [...layout.wires, ...layout.registers.map(({ name }) => name)];
    const widths = names.map((name) => textWidth(name, SIZE.label));
    this.#left = SIZE.margin + Math.ceil(Math.max(0, ...widths)) + 8;
  }

  toString(): string {
    const { width, palette, title, shown, description } = this.#style;
    const blocks = foldColumns(this.#layout, this.#left, width === 0 ? Infinity : width);
    let y = SIZE.margin;
    for (const caption of this.#captions(shown ? title : '')) {
      this.#parts.push(
        textElement(caption, SIZE.margin, y + 4, CAPTION, { 'text-anchor': 'start' }),
      );
      y += 24;
    }
    const height = this.#blockHeight();
    for (const block of blocks) {
      this.#top = y + SIZE.box / 2 + 4;
      this.#drawBlock(block);
      y += height + SIZE.fold;
    }
    const right = Math.max(...blocks.map((block) => block.right), this.#captionWidth(shown));
    const size = { width: Math.ceil(right + SIZE.margin), height: y - SIZE.fold + SIZE.margin };
    const { background, text } = palette;
    return picture({ ...size, title, description, background, color: text }, this.#parts);
  }

  #captions(title: string): string[] {
    const { globalPhase } = this.#layout;
    const phase = globalPhase === '' ? '' : `global phase: ${globalPhase}`;
    return [title, phase].filter((caption) => caption !== '');
  }

  #captionWidth(shown: boolean): number {
    const captions = this.#captions(shown ? this.#style.title : '');
    return SIZE.margin + Math.max(0, ...captions.map((caption) => textWidth(caption, CAPTION)));
  }

  #blockHeight(): number {
    const { wires, registers } = this.#layout;
    const numbers = registers.length > 0 ? 10 : 0;
    const last = wires.length + registers.length - 1;
    return last < 0 ? 0 : this.#heightOf(last) - this.#heightOf(0) + SIZE.box + 8 + numbers;
  }

  /** Height of a wire below the top of the picture. */
  #heightOf(wire: number): number {
    const registers = Math.max(0, wire - this.#layout.wires.length + 1);
    return this.#top + (wire - registers) * SIZE.pitch + registers * SIZE.registerPitch;
  }

  #drawBlock(block: SvgBlock): void {
    this.#drawFrames(block);
    if (this.#style.marks) this.#drawMarks(block);
    this.#drawWires(block);
    for (let column = block.first; column < block.end; column++) {
      const x = block.centres[column - block.first] as number;
      const items = this.#layout.columns[column] ?? [];
      // One flat text a column, since thousands of small ones cost more to collect than to write.
      this.#parts.push(items.map((item) => this.#item(item, x)).join('\n'));
    }
  }

  /** Frames behind the items to look at. */
  #drawMarks({ first, end, centres }: SvgBlock): void {
    for (let column = first; column < end; column++) {
      for (const item of this.#layout.columns[column] ?? []) {
        if (item.marked) this.#parts.push(this.#mark(item, centres[column - first] as number));
      }
    }
  }

  #mark(item: ColumnItem, x: number): string {
    const { before, after } = itemExtent(item, this.#layout);
    const reach = item.kind === 'edge' || item.kind === 'sign' ? SIZE.pitch / 2 : SIZE.box / 2 + 4;
    const [top, bottom] = [this.#heightOf(item.first), this.#heightOf(item.last)];
    const place = { x: x - before - 4, y: top - reach };
    const size = { width: before + after + 8, height: bottom - top + 2 * reach };
    const { grid, text } = this.#palette;
    const look = { rx: 7, fill: grid, stroke: text, 'stroke-width': 1.5, class: 'marked' };
    return element('rect', { ...place, ...size, ...look });
  }

  #drawWires({ first, end, right }: SvgBlock): void {
    const { wires, registers, columns } = this.#layout;
    const { wire: color, muted } = this.#palette;
    const from = this.#left;
    const name = { 'text-anchor': 'end' };
    wires.forEach((label, wire) => {
      const y = this.#heightOf(wire);
      this.#parts.push(
        textElement(label, from - 8, y, SIZE.label, name),
        line([from, y], [right, y], color, 1.2),
      );
    });
    registers.forEach((register, k) => {
      const y = this.#heightOf(wires.length + k);
      this.#parts.push(
        textElement(register.name, from - 8, y, SIZE.label, name),
        doubleLine([from, y], [right, y], color),
        line([from + 3, y + 5], [from + 9, y - 5], color, 1.2),
        textElement(String(register.size), from + 7, y - 11, SIZE.angles, { fill: muted }),
      );
    });
    const rows = wires.length + registers.length;
    const ends = [first > 0 ? from : undefined, end < columns.length ? right : undefined];
    for (const x of ends) {
      if (x === undefined || rows === 0) continue;
      const [top, bottom] = [this.#heightOf(0) - 16, this.#heightOf(rows - 1) + 16];
      this.#parts.push(line([x, top], [x, bottom], muted, 1, '1 3'));
    }
  }

  #item(item: ColumnItem, x: number): string {
    switch (item.kind) {
      case 'gate':
        return this.#gate(item, x);
      case 'measure':
        return this.#measurement(item, x);
      case 'barrier':
        return this.#barrier(item, x);
      case 'edge':
        return this.#edge(item, x);
      case 'sign':
        return this.#sign(item, x);
    }
  }

  #gate(item: GateItem, x: number): string {
    const heightOf = (wire: number): number => this.#heightOf(wire);
    const { wires } = this.#layout;
    const marks = item.marks.map(({ wire }) => wires[wire] as string);
    const targets = item.box?.wires.map((wire) => wires[wire] as string) ?? [];
    const name =
      item.box?.label ?? item.note ?? SYMBOL_NAMES[item.marks.at(-1)?.symbol ?? 'closed'];
    const title = `${name} on ${[...marks, ...targets].join(', ')}`;
    return titled(title, drawGate(item, x, heightOf, this.#palette));
  }

  #measurement(item: MeasureItem, x: number): string {
    const { wires, bits } = this.#layout;
    const palette = this.#palette;
    const y = this.#heightOf(item.wire);
    const label = measureLabel(item, this.#layout);
    const width = measureWidth(item, this.#layout);
    const lines = this.#bitLines(y + SIZE.box / 2, [item.bit], x, true);
    const box = boxShape(x, y - SIZE.box / 2, width, SIZE.box, palette.measurement);
    const meter = meterShape(x, label === '' ? y + 1 : y - 4, palette);
    const name =
      label === ''
        ? ''
        : textElement(label, x, y + 10, SIZE.angles, { fill: palette.measurement.text });
    const title = `Measurement of ${wires[item.wire] as string} into ${bits[item.bit] as string}`;
    return titled(title, lines + box + meter + name);
  }

  /** Double lines from the lower edge of a shape to the registers of some bits. */
  #bitLines(from: number, bits: readonly number[], x: number, arrow: boolean): string {
    const { registers, wires } = this.#layout;
    const { wire: color, muted } = this.#palette;
    if (registers.length === 0) return '';
    const ends = Array.from(numbersByRegister(bits, registers), ([register, numbers]) => {
      const y = this.#heightOf(wires.length + register);
      const number = numbers.join(', ');
      const end = arrow
        ? arrowHead(x, y - 1, color)
        : element('circle', { cx: x, cy: y, r: SIZE.control, fill: color });
      const label = textElement(number, x, y + 13, SIZE.angles, { fill: muted });
      return doubleLine([x, from], [x, arrow ? y - 6 : y], color) + end + label;
    });
    return ends.join('');
  }

  #barrier({ wires }: BarrierItem, x: number): string {
    const color = this.#palette.muted;
    const half = SIZE.pitch / 2;
    const lines = wires.map((wire) => {
      const y = this.#heightOf(wire);
      return line([x, y - half], [x, y + half], color, 2, '4 3.67');
    });
    return titled('Barrier', lines.join(''));
  }

  #edge(item: EdgeItem, x: number): string {
    if (item.edge === 'close') return '';
    const { frame } = this.#palette;
    const width = edgeWidth(item);
    const y = this.#heightOf(item.first) - SIZE.pitch / 2 + 12;
    const bottom = this.#heightOf(item.last) + SIZE.pitch / 2 - frameInset(item.depth);
    const parts =
      item.edge === 'open'
        ? this.#bitLines(bottom, item.bits, x, false)
        : line([x, y], [x, bottom], frame.stroke, 1.2, '5 4');
    const sign = boxShape(x, y - 8, width, 16, { ...frame, fill: this.#palette.background });
    const label = textElement(item.label, x, y, SIZE.note, { fill: frame.text });
    return item.label === '' ? parts : titled(item.label, parts + sign + label);
  }

  #sign(item: SignItem, x: number): string {
    const { measurement, background } = this.#palette;
    const y = this.#heightOf(item.first) - SIZE.pitch / 2 + 12;
    const bottom = this.#heightOf(item.last) + SIZE.box / 2;
    const lines =
      line([x, y], [x, bottom], measurement.stroke, 1.2, '2 3') +
      this.#bitLines(bottom, item.bits, x, false);
    const sign = boxShape(x, y - 8, edgeWidth(item), 16, { ...measurement, fill: background });
    const label = textElement(item.label, x, y, SIZE.note, { fill: measurement.text });
    return titled(item.label, lines + sign + label);
  }

  /** Draws the frames that show in a block. They may begin or end in other blocks. */
  #drawFrames({ first, end, centres, right }: SvgBlock): void {
    for (const { item, from, to } of this.#frames) {
      if (to < first || from >= end) continue;
      const x = from < first ? this.#left : (centres[from - first] as number) - edgeWidth(item) / 2;
      const last = to >= end ? right : (centres[to - first] as number) + 4;
      this.#parts.push(this.#frame(item, x, last));
    }
  }

  #frame(item: EdgeItem, x: number, right: number): string {
    const { fill, stroke } = this.#palette.frame;
    const reach = SIZE.pitch / 2 - frameInset(item.depth);
    const y = this.#heightOf(item.first) - reach;
    const height = this.#heightOf(item.last) + reach - y;
    const size = { x, y, width: right - x, height, rx: 6 };
    return element('rect', { ...size, fill, stroke, 'stroke-width': 1.2 });
  }
}

/** A frame, by the item that opens it, and its first and last column. */
interface FrameColumns {
  readonly item: EdgeItem;
  readonly from: number;
  readonly to: number;
}

/** All frames, the outer ones first. */
function framesOf({ columns }: Layout): readonly FrameColumns[] {
  const open: { item: EdgeItem; from: number }[] = [];
  const found: FrameColumns[] = [];
  columns.forEach((column, at) => {
    for (const item of column) {
      if (item.kind !== 'edge') continue;
      if (item.edge === 'open') open.push({ item, from: at });
      if (item.edge !== 'close') continue;
      const same = open.findLastIndex(({ item: { first, depth } }) => {
        return first === item.first && depth === item.depth;
      });
      found.push(...open.splice(same, 1).map((start) => ({ ...start, to: at })));
    }
  });
  return found.sort((a, b) => a.item.depth - b.item.depth || a.from - b.from);
}

/** Numbers of bits within their registers, by register. */
function numbersByRegister(
  bits: readonly number[],
  registers: readonly Register[],
): Map<number, number[]> {
  const numbers = new Map<number, number[]>();
  for (const bit of [...new Set(bits)].sort((a, b) => a - b)) {
    const register = registerOf(bit, registers);
    const start = registers[register]?.start ?? 0;
    numbers.set(register, [...(numbers.get(register) ?? []), bit - start]);
  }
  return numbers;
}

/** What a gate without a box is called, by its last mark. */
const SYMBOL_NAMES = { closed: 'Z', open: 'Z', flip: 'X', cross: 'SWAP' } as const;

/** Inner frames are a little lower than those around them. */
function frameInset(depth: number): number {
  return 1 + Math.min(3, 2 * depth);
}
