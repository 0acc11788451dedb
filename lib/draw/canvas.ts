// A grid of characters on which lines that cross or meet join by themselves: each cell keeps the
// directions its lines leave in, and these select the box-drawing character at the end.

/** Directions in which lines leave a cell. */
export const LINE = Object.freeze({ left: 1, right: 2, up: 4, down: 8 });

const HORIZONTAL = LINE.left | LINE.right;
const VERTICAL = LINE.up | LINE.down;
const DOUBLE_HORIZONTAL = 16;
const DOUBLE_VERTICAL = 32;

// Rows: single lines, double vertical, double horizontal, both double. Columns: the four directions as bits.
const GLYPHS = [
  ' ╴╶─╵┘└┴╷┐┌┬│┤├┼',
  ' ╴╶─║╜╙╨║╖╓╥║╢╟╫',
  ' ═══╵╛╘╧╷╕╒╤│╡╞╪',
  ' ═══║╝╚╩║╗╔╦║╣╠╬',
] as const;

const DECODER = new TextDecoder('utf-16le');

/** Rows of characters of one width. */
export class Canvas {
  readonly #rows: number;
  readonly #width: number;
  readonly #lines: Uint8Array;
  /** UTF-16 code units of written text, 0 where there is none. */
  readonly #text: Uint16Array;

  constructor(rows: number, width: number) {
    this.#rows = rows;
    this.#width = width;
    this.#lines = new Uint8Array(rows * width);
    this.#text = new Uint16Array(rows * width);
  }

  /** A horizontal line over the cells from column `from` to column `to`. */
  horizontal(row: number, from: number, to: number, double = false): void {
    const weight = double ? DOUBLE_HORIZONTAL : 0;
    for (let column = from; column <= to; column++) {
      this.add(row, column, HORIZONTAL | weight);
    }
  }

  /** A vertical line from the cell in row `from` down to the cell in row `to`, which it enters only. */
  vertical(column: number, from: number, to: number, double = false): void {
    const weight = double ? DOUBLE_VERTICAL : 0;
    this.add(from, column, LINE.down | weight);
    for (let row = from + 1; row < to; row++) this.add(row, column, VERTICAL | weight);
    this.add(to, column, LINE.up | weight);
  }

  /** Adds line directions to a cell. */
  add(row: number, column: number, directions: number): void {
    const at = row * this.#width + column;
    this.#lines[at] = (this.#lines[at] as number) | directions;
  }

  /** Removes lines and text from the cells of a row between two columns, both included. */
  clear(row: number, from: number, to: number): void {
    const start = row * this.#width;
    this.#lines.fill(0, start + from, start + to + 1);
    this.#text.fill(0, start + from, start + to + 1);
  }

  /** Writes text over whatever stands in its cells. */
  write(row: number, column: number, text: string): void {
    const start = row * this.#width + column;
    for (let k = 0; k < text.length; k++) this.#text[start + k] = text.charCodeAt(k);
  }

  /** The rows without blanks at their ends. */
  toLines(): string[] {
    const codes = this.#text.map((code, at) => code || glyphCode(this.#lines[at] as number));
    const all = DECODER.decode(codes);
    return Array.from({ length: this.#rows }, (_, row) =>
      all.slice(row * this.#width, (row + 1) * this.#width).trimEnd(),
    );
  }
}

function glyphCode(cell: number): number {
  const row = GLYPHS[(cell & DOUBLE_VERTICAL ? 1 : 0) + (cell & DOUBLE_HORIZONTAL ? 2 : 0)];
  return (row as string).charCodeAt(cell & 15);
}
