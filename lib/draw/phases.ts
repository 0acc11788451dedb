// Phase disks: a disk for each basis state, as large as its amplitude, with a hand that shows its phase.

import type { StateVector } from '../results/state.js';
import { FigureDrawing, figureStyle, type FigureOptions } from './figure.js';
import { checkState, heaviestTerms, leftNote, type Term } from './heaviest.js';
import { phaseLegend } from './phase-legend.js';
import { termLines } from './state-table.js';
import { line } from './svg-symbols.js';
import { textWidth } from './text-width.js';
import { phaseColor, type Palette } from './theme.js';
import { element, picture, textElement, titled } from './xml.js';

const MOST_DISKS = 64;
const IN_A_ROW = 8;
const RADIUS = 22;

/** States of so few qubits are shown whole, with empty disks where the amplitude is 0. */
const WHOLE_QUBITS = 4;

/** `draw.phases` */
export function drawPhases(state: StateVector, options: FigureOptions = {}): FigureDrawing {
  const { palette, title } = figureStyle(options, 'Amplitudes and phases');
  const { terms, left, share } = heaviestTerms(checkState(state), MOST_DISKS);
  const note = leftNote(left, share);
  const shown = state.qubits <= WHOLE_QUBITS ? allTerms(state) : terms;
  const columns = Math.min(IN_A_ROW, Math.max(1, shown.length));
  const cell = Math.max(58, Math.ceil(textWidth(`|${shown[0]?.key ?? ''}⟩`, 11)) + 10);
  const rows = Math.ceil(shown.length / columns);
  const width = Math.max(240, columns * cell + 90);
  const height = Math.max(120, 40 + rows * 72 + (note === '' ? 0 : 24));
  const content = [textElement(title, width / 2, 20, 15, { 'font-weight': 'bold' })];
  shown.forEach((term, k) => {
    const x = 10 + ((k % columns) + 0.5) * cell;
    content.push(disk(term, x, 66 + Math.floor(k / columns) * 72, palette));
  });
  content.push(phaseLegend(width - 42, 72, palette));
  if (note !== '') content.push(textElement(note, width / 2, height - 14, 12));
  const lines = termLines(terms, note);
  const head = { width, height, title, description: lines.join('; ') };
  const { background, text } = palette;
  return new FigureDrawing(
    picture({ ...head, background, color: text }, content),
    lines.join('\n'),
  );
}

function allTerms(state: StateVector): Term[] {
  return Array.from({ length: 2 ** state.qubits }, (_, index) => {
    const { re, im } = state.amplitude(index);
    const key = index.toString(2).padStart(state.qubits, '0');
    return { index, key, re, im, probability: re * re + im * im };
  });
}

function disk(term: Term, x: number, y: number, palette: Palette): string {
  const size = Math.sqrt(term.probability);
  const phase = Math.atan2(term.im, term.re);
  const rim = { cx: x, cy: y, r: RADIUS, fill: palette.measurement.fill, stroke: palette.muted };
  let content = element('circle', rim);
  if (size > 1e-6) {
    const color = phaseColor(palette, phase);
    const end = [x + RADIUS * Math.cos(phase), y - RADIUS * Math.sin(phase)] as const;
    content += element('circle', { cx: x, cy: y, r: RADIUS * size, fill: color });
    content += line([x, y], end, palette.text, 1.5);
  }
  const ket = `|${term.key}⟩`;
  content += textElement(ket, x, y + RADIUS + 12, 11);
  return titled(`${ket}, probability ${term.probability.toFixed(3)}`, content);
}
