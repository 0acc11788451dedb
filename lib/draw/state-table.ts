// A state as a table: text, Markdown, HTML.

import { checkInteger, checkOptions } from '../circuit/arguments.js';
import type { StateVector } from '../results/state.js';
import { checkState, heaviestTerms, leftNote, type HeaviestTerms, type Term } from './heaviest.js';
import { escapeXml } from './xml.js';

/**
 * How a state is listed.
 *
 * @example
 * ```ts
 * import { circuit, draw, type StateTableOptions } from 'qmlx';
 * const options: StateTableOptions = { rows: 1, precision: 2 };
 * draw.state(await circuit(2).hAll().state(), options).text.split('\n').at(-1);
 * // => '… 3 more basis states, together 75.0%'
 * ```
 */
export interface StateTableOptions {
  /** Most basis states to list, the likeliest ones, 1 to 65,536; 32 if absent. The others are counted. */
  readonly rows?: number;
  /** Decimals, 1 to 15; 3 if absent. */
  readonly precision?: number;
}

const HEAD = ['state', 'amplitude', 'probability', 'phase/π'] as const;

/**
 * A state as a table of its basis states with amplitude, probability and phase.
 *
 * @example
 * ```ts
 * import { circuit, draw } from 'qmlx';
 *
 * console.log(draw.state(await circuit(2).h(0).cx(0, 1).s(1).state()).text);
 * // => state  amplitude  probability  phase/π
 * //     |00⟩      0.707        0.500    0.000
 * //     |11⟩     0.707i        0.500    0.500
 * ```
 */
export class StateTable {
  readonly #rows: readonly (readonly string[])[];
  readonly #note: string;

  /** @internal Use `draw.state`. */
  constructor({ terms, left, share }: HeaviestTerms, precision: number) {
    this.#rows = terms.map((term) => cellsOf(term, precision));
    this.#note = leftNote(left, share);
  }

  /** Columns of text, aligned on the right. */
  get text(): string {
    const all = [HEAD, ...this.#rows];
    const widths = HEAD.map((_, k) => Math.max(...all.map((row) => row[k]?.length ?? 0)));
    const lines = all.map((row) => row.map((cell, k) => cell.padStart(widths[k] ?? 0)).join('  '));
    return [...lines, ...this.#notes()].join('\n');
  }

  /** A Markdown table. */
  get markdown(): string {
    const lineOf = (cells: readonly string[]): string =>
      `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    const lines = [HEAD, HEAD.map(() => '---:'), ...this.#rows].map(lineOf);
    return [...lines, ...this.#notes().map((note) => `\n${note}`)].join('\n');
  }

  /** An HTML table without styles. */
  get html(): string {
    const cells = (tag: string, row: readonly string[]): string =>
      row.map((cell) => `<${tag}>${escapeXml(cell)}</${tag}>`).join('');
    const body = this.#rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
    const notes = this.#notes().map((note) => `<caption>${escapeXml(note)}</caption>\n`);
    return `<table>\n${notes.join('')}<thead><tr>${cells('th', HEAD)}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.text;
  }

  #notes(): string[] {
    return this.#note === '' ? [] : [this.#note];
  }
}

/** `draw.state` */
export function drawState(state: StateVector, options: StateTableOptions = {}): StateTable {
  checkOptions(options, 'options', ['rows', 'precision']);
  const rows = checkInteger(options.rows ?? 32, 'options.rows', 1, 2 ** 16);
  const precision = checkInteger(options.precision ?? 3, 'options.precision', 1, 15);
  return new StateTable(heaviestTerms(checkState(state), rows), precision);
}

/** Terms in lines of text, and what is left out in the last one. */
export function termLines(terms: readonly Term[], note: string): string[] {
  const lines = terms.map((term) => {
    const [ket, amplitude, probability, phase] = cellsOf(term, 3);
    return `${ket}  ${amplitude}  probability ${probability}  phase ${phase}π`;
  });
  return note === '' ? lines : [...lines, note];
}

function cellsOf({ key, re, im, probability }: Term, precision: number): string[] {
  const phase = Math.atan2(im, re) / Math.PI;
  return [
    `|${key}⟩`,
    complexText(re, im, precision),
    probability.toFixed(precision),
    unsigned(phase.toFixed(precision)),
  ];
}

/** A number that rounds to 0 has no sign. */
function unsigned(text: string): string {
  return /^-[0.]*$/.test(text) ? text.slice(1) : text;
}

function complexText(re: number, im: number, precision: number): string {
  const zero = (0).toFixed(precision);
  const [real, imaginary] = [re, im].map((part) => unsigned(part.toFixed(precision))) as [
    string,
    string,
  ];
  if (imaginary === zero) return real;
  if (real === zero) return `${imaginary}i`;
  return imaginary.startsWith('-') ? `${real} - ${imaginary.slice(1)}i` : `${real} + ${imaginary}i`;
}
