// Draws a layout as LaTeX for the package quantikz (its library quantikz2 for TikZ).

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
import { latexText } from './latex-text.js';

/** Characters that an empty column and the ends of a wire take, for folding. */
const COLUMN_WIDTH = 3;

/** A circuit as quantikz environments, one a block of columns of at most so many characters; 0 never folds. */
export function renderLatex(layout: Layout, width: number): string {
  const parts = fold(layout, width === 0 ? Infinity : width).map(([first, end]) =>
    new LatexBlock(layout, first, end).toString(),
  );
  const { globalPhase } = layout;
  const phase = globalPhase === '' ? [] : [`global phase: ${latexText(globalPhase)}`];
  return [...phase, ...parts].join('\n\n');
}

function fold({ columns }: Layout, available: number): (readonly [number, number])[] {
  const blocks: (readonly [number, number])[] = [];
  let first = 0;
  let width = 0;
  columns.forEach((column, at) => {
    const widest = Math.max(...column.map(itemWidth));
    if (at > first && width + widest > available) {
      blocks.push([first, at]);
      first = at;
      width = 0;
    }
    width += widest;
  });
  return [...blocks, [first, columns.length]];
}

function itemWidth(item: ColumnItem): number {
  const text =
    item.kind === 'edge' || item.kind === 'sign'
      ? item.label
      : item.kind === 'gate'
        ? (item.box?.label ?? item.note ?? '')
        : '';
  return COLUMN_WIDTH + text.length;
}

/** One block of columns: a table of cells, wires by columns. */
class LatexBlock {
  readonly #layout: Layout;
  readonly #cells: string[][];

  constructor(layout: Layout, first: number, end: number) {
    this.#layout = layout;
    const rows = layout.wires.length + layout.registers.length;
    this.#cells = Array.from({ length: rows }, () => new Array<string>(end - first).fill(''));
    for (let column = first; column < end; column++) {
      for (const item of layout.columns[column] ?? []) this.#draw(item, column - first);
    }
  }

  toString(): string {
    const { wires, registers } = this.#layout;
    const rows = this.#cells.map((cells, row) => {
      const register = registers[row - wires.length];
      const name =
        register === undefined ? (wires[row] as string) : `${register.name}/${register.size}`;
      const kind = register === undefined ? '' : ' \\setwiretype{c}';
      return `  \\lstick{${latexText(name)}}${kind} & ${[...cells, ''].join(' & ')}`.trimEnd();
    });
    return `\\begin{quantikz}[row sep={0.75cm,between origins}]\n${rows.join(' \\\\\n')}\n\\end{quantikz}`;
  }

  /** Adds commands to a cell. */
  #add(wire: number, column: number, commands: string): void {
    const row = this.#cells[wire] as string[];
    row[column] = (row[column] as string) + commands;
  }

  #draw(item: ColumnItem, column: number): void {
    switch (item.kind) {
      case 'gate':
        this.#drawGate(item, column);
        break;
      case 'measure':
        this.#drawMeasurement(item, column);
        break;
      case 'barrier':
        this.#drawBarrier(item, column);
        break;
      case 'edge':
      case 'sign':
        this.#drawEdge(item, column);
        break;
    }
  }

  #drawGate({ marks, box, note, last }: GateItem, column: number): void {
    if (box) this.#drawBox(box, column, new Map(marks.map(({ wire, symbol }) => [wire, symbol])));
    const top = box ? Math.min(...box.wires) : Infinity;
    const bottom = box ? Math.max(...box.wires) : -Infinity;
    const outside = marks.filter(({ wire }) => wire < top || wire > bottom);
    const sorted = outside.toSorted((a, b) => a.wire - b.wire);
    sorted.forEach(({ wire, symbol }, k) => {
      // Lines run down to the next symbol or to the box; below a box they run up.
      const above = box === undefined || wire < top;
      const next = Math.min(sorted[k + 1]?.wire ?? Infinity, above ? top : Infinity);
      const previous = Math.max(sorted[k - 1]?.wire ?? -Infinity, bottom);
      const reach = above ? next - wire : previous - wire;
      const label = wire === last && note !== undefined ? note : '';
      this.#add(wire, column, markCommand(symbol, Number.isFinite(reach) ? reach : 0, label));
    });
  }

  #drawBox(box: Box, column: number, inside: ReadonlyMap<number, MarkSymbol>): void {
    const first = Math.min(...box.wires);
    const last = Math.max(...box.wires);
    const wires = first === last ? '' : `[${last - first + 1}]`;
    this.#add(first, column, `\\gate${wires}{${labelCommand(box.label)}}`);
    for (let wire = first; wire <= last; wire++) {
      const operand = box.wires.indexOf(wire);
      const control = inside.get(wire);
      if (operand >= 0 && box.numbered) this.#add(wire, column, `\\gateinput{$${operand}$}`);
      if (operand < 0 && control === undefined) this.#add(wire, column, '\\linethrough');
      if (control === undefined) continue;
      this.#add(wire, column, `\\gateinput{$${control === 'open' ? '\\circ' : '\\bullet'}$}`);
    }
  }

  #drawMeasurement({ wire, bit }: MeasureItem, column: number): void {
    const { bits } = this.#layout;
    this.#add(wire, column, `\\meter{${labelCommand(bits[bit] as string)}}`);
    this.#joinRegisters(wire, [bit], column);
  }

  #joinRegisters(wire: number, bits: readonly number[], column: number): void {
    const { wires, registers } = this.#layout;
    if (registers.length === 0 || bits.length === 0) return;
    const rows = bits.map((bit) => wires.length + registerOf(bit, registers));
    this.#add(wire, column, `\\wire[d][${Math.max(...rows) - wire}]{c}`);
  }

  /** The slice of quantikz crosses all wires, so a barrier is a narrow grey group of those it covers. */
  #drawBarrier({ wires }: BarrierItem, column: number): void {
    const sorted = wires.toSorted((a, b) => a - b);
    for (let start = 0; start < sorted.length;) {
      let end = start;
      while (sorted[end + 1] === (sorted[end] as number) + 1) end++;
      const count = end - start + 1;
      const style = 'background, style={draw=none, fill=gray!40, inner xsep=-2pt}, wires=';
      this.#add(
        sorted[start] as number,
        column,
        `\\push{}\\gategroup[${style}${count}, steps=1]{}`,
      );
      start = end + 1;
    }
  }

  #drawEdge(item: EdgeItem | SignItem, column: number): void {
    const { first, last, label, bits } = item;
    const closing = item.kind === 'edge' && item.edge === 'close';
    const text = labelCommand(closing ? 'end' : label);
    const wires = first === last ? '' : `[${last - first + 1}]`;
    this.#add(first, column, `\\gate${wires}{${text}}`);
    this.#joinRegisters(last, bits, column);
  }
}

/** A symbol with a line to the wire `reach` rows below, or above if it is negative; no line for 0. */
function markCommand(symbol: MarkSymbol, reach: number, note: string): string {
  const join = reach === 0 ? '' : `\\wire[${reach > 0 ? 'd' : 'u'}][${Math.abs(reach)}]{q}`;
  if (symbol === 'flip') return `\\targ{}${join}`;
  if (symbol === 'cross') return reach === 0 ? '\\targX{}' : `\\swap{${reach}}`;
  const open = symbol === 'open' ? 'o' : '';
  if (note !== '') return `\\phase${open === '' ? '' : '[open]'}{${labelCommand(note)}}`;
  return reach === 0 ? `\\${open}control{}` : `\\${open}ctrl{${reach}}`;
}

/** A label where LaTeX is in math mode. */
function labelCommand(label: string): string {
  return /^[A-Z]$/.test(label) ? label : `\\text{${latexText(label)}}`;
}
