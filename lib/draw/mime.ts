// Values as notebooks show them: the same content in several formats, of which a notebook takes the richest it knows.

import { invalidArgument } from '../circuit/arguments.js';
import { Circuit } from '../circuit/circuit.js';
import { Counts } from '../results/counts.js';
import { Result } from '../results/result.js';
import { StateVector } from '../results/state.js';
import { Step } from '../results/step.js';
import { BarsDrawing, drawCounts } from './bars-drawing.js';
import { Drawing } from './drawing.js';
import { drawState, StateTable } from './state-table.js';
import { escapeXml } from './xml.js';

/**
 * One value in several formats, by MIME type. All are texts, but those of JSON types are plain objects.
 *
 * @example
 * ```ts
 * import { circuit, draw, type MimeBundle } from 'qmlx';
 * const bundle: MimeBundle = draw.mime(circuit(1).h(0));
 * Object.keys(bundle); // => ['text/plain', 'image/svg+xml']
 * ```
 */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Type of the Vega-Lite specifications that charts give. */
const VEGA_LITE = 'application/vnd.vegalite.v5+json';

/** Qubits of the largest state that a step shows as a table: reading it takes milliseconds. */
const MOST_SHOWN_QUBITS = 20;

/** How classes are shown, subclasses before the classes they extend. */
const SHOWN = [
  [BarsDrawing, (chart: BarsDrawing) => chartMime(chart)],
  [Drawing, ({ text, svg }: Drawing) => ({ 'text/plain': text, 'image/svg+xml': svg })],
  [StateTable, (table: StateTable) => tableMime(table)],
  [Counts, (counts: Counts) => countsMime(counts, String(counts))],
  [Result, (result: Result) => countsMime(result.counts, String(result))],
  [StateVector, (state: StateVector) => stateMime(state)],
  [Step, (step: Step) => stepMime(step)],
] as const;

/** Classes whose values notebooks show richly. */
export const SHOWN_CLASSES = [Circuit, ...SHOWN.map(([shown]) => shown)];

/** `draw.mime` */
export function mimeOf(value: unknown, drawCircuit: (circuit: Circuit) => Drawing): MimeBundle {
  if (value instanceof Circuit) return mimeOf(drawCircuit(value as Circuit), drawCircuit);
  for (const [shown, show] of SHOWN) {
    if (value instanceof shown) return (show as (value: unknown) => MimeBundle)(value);
  }
  const expected = 'a circuit, a picture, a state, a step, counts or a result';
  throw invalidArgument('value', expected, value);
}

function chartMime({ text, svg, vegaLite }: BarsDrawing): MimeBundle {
  return { 'text/plain': text, 'image/svg+xml': svg, [VEGA_LITE]: vegaLite };
}

function tableMime({ text, markdown, html }: StateTable): MimeBundle {
  return { 'text/plain': text, 'text/markdown': markdown, 'text/html': html };
}

function countsMime(counts: Counts, text: string): MimeBundle {
  if (counts.size === 0) return { 'text/plain': text };
  return { ...chartMime(drawCounts(counts)), 'text/plain': text };
}

function stateMime(state: StateVector): MimeBundle {
  return { ...tableMime(drawState(state)), 'text/plain': String(state) };
}

function stepMime(step: Step): MimeBundle {
  const text = String(step);
  const line = `<p><code>${escapeXml(text)}</code></p>`;
  const { state } = step;
  const table = state.qubits > MOST_SHOWN_QUBITS ? '' : drawState(state).html;
  return { 'text/plain': text, 'text/html': `${line}\n${table}` };
}
