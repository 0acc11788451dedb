// Hinton diagrams: squares as large as the elements of a density matrix, coloured by sign.

import type { DensityMatrix } from '../results/density.js';
import type { StateVector } from '../results/state.js';
import { shownMatrix, type DensityOptions, type ShownMatrix } from './density-source.js';
import { FigureDrawing, figureStyle } from './figure.js';
import { textWidth } from './text-width.js';
import type { Palette } from './theme.js';
import { element, picture, textElement } from './xml.js';

const MOST_QUBITS = 5;
const LARGEST_PANEL = 288;
const KEY_SIZE = 9;

/** `draw.hinton` */
export function drawHinton(
  state: StateVector | DensityMatrix,
  options: DensityOptions = {},
): FigureDrawing {
  const { palette, title } = figureStyle(options, 'Density matrix', ['qubits']);
  const shown = shownMatrix(state, options.qubits, MOST_QUBITS);
  const text = String(shown.matrix) + (shown.note === '' ? '' : `\n${shown.note}`);
  return new FigureDrawing(renderHinton(shown, title, palette), text);
}

function renderHinton(
  { matrix, keys, note }: ShownMatrix,
  title: string,
  palette: Palette,
): string {
  const cell = Math.min(36, LARGEST_PANEL / matrix.dimension);
  const side = cell * matrix.dimension;
  const margin = Math.ceil(textWidth(keys[0] ?? '', KEY_SIZE)) + 16;
  const panel = Math.max(side + margin, 140);
  const width = panel + 1.5 * margin + Math.max(side, 100) + 24;
  const height = 66 + side + margin + (note === '' ? 0 : 22);
  const content = [textElement(title, width / 2, 20, 15, { 'font-weight': 'bold' })];
  ['real part', 'imaginary part'].forEach((name, part) => {
    const x = margin + part * (panel + margin / 2);
    content.push(textElement(name, x + side / 2, 44, 12, { fill: palette.muted }));
    content.push(squares(matrix, part, [x, 60, cell], palette), labels(keys, [x, 60, cell]));
  });
  if (note !== '') content.push(textElement(note, width / 2, height - 12, 12));
  const { background, text } = palette;
  const description = `${keys.length} by ${keys.length} elements${note === '' ? '' : `; ${note}`}`;
  return picture({ width, height, title, description, background, color: text }, content);
}

/** Left and upper end of a panel, and the side of its cells. */
type Place = readonly [number, number, number];

function squares(
  matrix: DensityMatrix,
  part: number,
  [x, y, cell]: Place,
  palette: Palette,
): string {
  const { dimension, data } = matrix;
  const largest = Math.max(...data.map(Math.abs));
  const side = cell * dimension;
  const frame = { x, y, width: side, height: side, fill: palette.measurement.fill };
  let content = element('rect', { ...frame, stroke: palette.grid });
  for (let at = 0; at < dimension * dimension; at++) {
    const value = data[2 * at + part] as number;
    const size = (cell - 2) * Math.sqrt(Math.abs(value) / largest);
    if (size < 0.5) continue;
    const column = x + ((at % dimension) + 0.5) * cell;
    const row = y + (Math.floor(at / dimension) + 0.5) * cell;
    const fill = value > 0 ? palette.positive : palette.negative;
    const corner = { x: column - size / 2, y: row - size / 2, width: size, height: size };
    content += element('rect', { ...corner, fill });
  }
  return content;
}

function labels(keys: readonly string[], [x, y, cell]: Place): string {
  if (cell < KEY_SIZE) return '';
  const bottom = y + keys.length * cell + 6;
  return keys
    .map((key, k) => {
      const middle = (k + 0.5) * cell;
      const turned = `rotate(-90 ${x + middle} ${bottom})`;
      const below = { 'text-anchor': 'end', transform: turned };
      return (
        textElement(key, x - 5, y + middle, KEY_SIZE, { 'text-anchor': 'end' }) +
        textElement(key, x + middle, bottom, KEY_SIZE, below)
      );
    })
    .join('');
}
