// State cities: the elements of a density matrix as towers, seen from above one corner.

import type { DensityMatrix } from '../results/density.js';
import type { StateVector } from '../results/state.js';
import { shownMatrix, type DensityOptions, type ShownMatrix } from './density-source.js';
import { FigureDrawing, figureStyle } from './figure.js';
import { textWidth } from './text-width.js';
import type { Palette } from './theme.js';
import { decimal, element, picture, textElement, titled } from './xml.js';

const MOST_QUBITS = 4;

/** Height of the tallest tower, and half the width of a panel's ground. */
const TALLEST = 110;
const HALF_WIDTH = 130;
/** How flat the ground looks. */
const TILT = 0.5;
const KEY_SIZE = 9;

/** `draw.city` */
export function drawCity(
  state: StateVector | DensityMatrix,
  options: DensityOptions = {},
): FigureDrawing {
  const { palette, title } = figureStyle(options, 'Density matrix', ['qubits']);
  const shown = shownMatrix(state, options.qubits, MOST_QUBITS);
  const text = String(shown.matrix) + (shown.note === '' ? '' : `\n${shown.note}`);
  return new FigureDrawing(renderCity(shown, title, palette), text);
}

function renderCity({ matrix, keys, note }: ShownMatrix, title: string, palette: Palette): string {
  const margin = Math.ceil(textWidth(keys[0] ?? '', KEY_SIZE)) + 24;
  const panel = 2 * HALF_WIDTH + margin;
  const width = 2 * panel + margin;
  const ground = 2 * HALF_WIDTH * TILT;
  const height = 60 + TALLEST + ground + 46;
  const content = [textElement(title, width / 2, 20, 15, { 'font-weight': 'bold' })];
  ['real part', 'imaginary part'].forEach((name, part) => {
    const x = margin / 2 + panel * (part + 0.5);
    const city = new City(matrix, part, [x, 60 + TALLEST], palette);
    content.push(textElement(name, x, 44, 12, { fill: palette.muted }), city.toString(keys));
  });
  content.push(legend(width, height, palette));
  if (note !== '') content.push(textElement(note, 14, height - 16, 12, { 'text-anchor': 'start' }));
  const { background, text } = palette;
  const description = `${keys.length} by ${keys.length} elements${note === '' ? '' : `; ${note}`}`;
  return picture({ width, height, title, description, background, color: text }, content);
}

function legend(width: number, height: number, { positive, negative }: Palette): string {
  const item = (x: number, fill: string, name: string): string =>
    element('rect', { x, y: height - 21, width: 10, height: 10, fill }) +
    textElement(name, x + 15, height - 16, 11, { 'text-anchor': 'start' });
  return item(width - 150, positive, 'positive') + item(width - 75, negative, 'negative');
}

/** One panel: row 0, column 0 is the corner at the back. Towers are as tall as the modulus of a part. */
class City {
  readonly #matrix: DensityMatrix;
  readonly #part: number;
  readonly #origin: readonly [number, number];
  readonly #palette: Palette;
  readonly #step: number;

  constructor(
    matrix: DensityMatrix,
    part: number,
    origin: readonly [number, number],
    palette: Palette,
  ) {
    this.#matrix = matrix;
    this.#part = part;
    this.#origin = origin;
    this.#palette = palette;
    this.#step = HALF_WIDTH / matrix.dimension;
  }

  toString(keys: readonly string[]): string {
    const { dimension, data } = this.#matrix;
    const largest = Math.max(...data.map(Math.abs));
    let content = this.#ground();
    for (let row = 0; row < dimension; row++) {
      for (let column = 0; column < dimension; column++) {
        const value = data[2 * (row * dimension + column) + this.#part] as number;
        if (Math.abs(value) < 1e-3 * largest) continue;
        const name = `|${keys[row] as string}⟩⟨${keys[column] as string}|: ${value.toFixed(3)}`;
        content += titled(
          name,
          this.#tower(row, column, value, (TALLEST * Math.abs(value)) / largest),
        );
      }
    }
    return content + this.#labels(keys);
  }

  /** A point of the ground at some height. */
  #point(row: number, column: number, height = 0): string {
    const [x, y] = this.#place(row, column);
    return `${decimal(x)} ${decimal(y - height)}`;
  }

  #place(row: number, column: number): readonly [number, number] {
    const [x, y] = this.#origin;
    return [x + (column - row) * this.#step, y + (column + row) * this.#step * TILT];
  }

  #ground(): string {
    const { dimension } = this.#matrix;
    let d = '';
    for (let k = 0; k <= dimension; k++) {
      d += `M${this.#point(k, 0)}L${this.#point(k, dimension)}`;
      d += `M${this.#point(0, k)}L${this.#point(dimension, k)}`;
    }
    return element('path', { d, fill: 'none', stroke: this.#palette.grid });
  }

  #tower(row: number, column: number, value: number, height: number): string {
    const { positive, negative, background } = this.#palette;
    const [near, far] = [0.82, 0.18];
    const fill = value > 0 ? positive : negative;
    const corner = (down: number, across: number, up: number): string =>
      this.#point(row + down, column + across, up);
    const face = (points: readonly string[], shade: number): string =>
      element('path', {
        d: `M${points.join('L')}z`,
        fill,
        stroke: background,
        'stroke-width': 0.6,
        'fill-opacity': shade,
      });
    const blank = [corner(near, far, 0), corner(near, near, 0), corner(far, near, 0)];
    const top = [corner(far, near, height), corner(far, far, height), corner(near, far, height)];
    // The outline keeps what stands behind from shining through the faces.
    const outline = element('path', { d: `M${[...blank, ...top].join('L')}z`, fill: background });
    const edge = [corner(near, near, height), corner(near, near, 0)];
    const left = [corner(near, far, height), ...edge, corner(near, far, 0)];
    const right = [corner(far, near, height), ...edge, corner(far, near, 0)];
    return outline + face(left, 1) + face(right, 0.82) + face([...top, edge[0] ?? ''], 0.62);
  }

  #labels(keys: readonly string[]): string {
    const { dimension } = this.#matrix;
    return keys
      .map((key, k) => {
        const [rowX, rowY] = this.#place(k + 0.5, dimension);
        const [columnX, columnY] = this.#place(dimension, k + 0.5);
        return (
          textElement(key, rowX + 6, rowY + 4, KEY_SIZE, { 'text-anchor': 'start' }) +
          textElement(key, columnX - 6, columnY + 4, KEY_SIZE, { 'text-anchor': 'end' })
        );
      })
      .join('');
  }
}
