// The Q-sphere: each basis state is a point, 0…0 on top, states with as many ones on one circle of latitude.

import type { StateVector } from '../results/state.js';
import { FigureDrawing, figureStyle, type FigureOptions } from './figure.js';
import { checkState, heaviestTerms, leftNote, type Term } from './heaviest.js';
import { phaseLegend } from './phase-legend.js';
import { facesViewer, project, sphereOutline, SPHERE_RADIUS, type Point } from './sphere.js';
import { termLines } from './state-table.js';
import { line } from './svg-symbols.js';
import { phaseColor, type Palette } from './theme.js';
import { element, picture, textElement, titled } from './xml.js';

const MOST_POINTS = 64;

/** Most points whose kets stand beside them. */
const MOST_LABELS = 16;

/** `draw.qsphere` */
export function drawQsphere(state: StateVector, options: FigureOptions = {}): FigureDrawing {
  const { palette, title } = figureStyle(options, 'Q-sphere');
  const { terms, left, share } = heaviestTerms(checkState(state), MOST_POINTS);
  const note = leftNote(left, share);
  const [width, height] = [340, note === '' ? 290 : 312];
  const points = terms.map((term) => ({ term, point: pointOf(term, state.qubits) }));
  const shapes = points
    .toSorted((a, b) => Number(facesViewer(a.point)) - Number(facesViewer(b.point)))
    .map(({ term, point }) => pointShape(term, point, terms.length <= MOST_LABELS, palette));
  const content = [
    textElement(title, width / 2, 20, 15, { 'font-weight': 'bold' }),
    element('g', { transform: 'translate(140 155)' }, sphereOutline(palette) + shapes.join('')),
    phaseLegend(292, 155, palette),
  ];
  if (note !== '') content.push(textElement(note, width / 2, height - 14, 12));
  const lines = termLines(terms, note);
  const head = { width, height, title, description: lines.join('; ') };
  const { background, text } = palette;
  return new FigureDrawing(
    picture({ ...head, background, color: text }, content),
    lines.join('\n'),
  );
}

function pointOf({ key }: Term, qubits: number): Point {
  const ones = key.split('1').length - 1;
  const z = qubits === 0 ? 1 : 1 - (2 * ones) / qubits;
  const angle = (2 * Math.PI * rankOf(key)) / binomial(qubits, ones);
  const radius = Math.sqrt(Math.max(0, 1 - z * z));
  return [radius * Math.cos(angle), radius * Math.sin(angle), z];
}

/** Place of a ket among those with as many ones, by the number it stands for. */
function rankOf(key: string): number {
  let rank = 0;
  let ones = 0;
  for (let bit = 0; bit < key.length; bit++) {
    if (key[key.length - 1 - bit] === '1') rank += binomial(bit, ++ones);
  }
  return rank;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let step = 1; step <= k; step++) value = (value * (n - k + step)) / step;
  return n < k ? 0 : value;
}

function pointShape(term: Term, point: Point, labelled: boolean, palette: Palette): string {
  const [x, y] = project(point);
  const color = phaseColor(palette, Math.atan2(term.im, term.re));
  const r = 2 + 11 * Math.sqrt(term.probability);
  const shape =
    line([0, 0], [x, y], color, 1.5) +
    element('circle', { cx: x, cy: y, r, fill: color, stroke: palette.background });
  const reach = 1 + (r + 10) / Math.max(SPHERE_RADIUS / 2, Math.hypot(x, y));
  const ket = `|${term.key}⟩`;
  const label = labelled ? textElement(ket, x * reach, y * reach, 10) : '';
  return titled(`${ket}, probability ${term.probability.toFixed(3)}`, shape + label);
}
