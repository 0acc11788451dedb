import { checkChoice, checkInteger, checkOptions, invalidArgument } from '../circuit/arguments.js';
import { formatBars, STANDARD_BARS, type BarStyle } from '../results/bars.js';
import { Counts } from '../results/counts.js';
import { layOut, type DrawableCircuit, type MeasurementStyle } from './layout.js';
import { renderText } from './text.js';

/** Characters in a row of text unless a width is given. */
const STANDARD_WIDTH = 100;

/** Measurements that lines may connect to their bits before labels take less room. */
const MOST_ARROWS = 8;

/** How a circuit is drawn. */
export interface DrawOptions {
  /**
   * Characters in a row before the drawing folds: 20 or more, 100 if absent; 0 never folds. A gate that is
   * wider stays whole.
   */
  readonly width?: number;
  /**
   * How measurements show their bits: `'arrow'` draws a line down to the register, `'label'` writes the bit
   * into the box and leaves the registers out. `'auto'`, if absent: arrows for up to 8 measurements.
   */
  readonly measurements?: MeasurementStyle | 'auto';
}

/** How a histogram of counts is drawn. */
export interface HistogramOptions {
  /** Most outcomes to show, 32 if absent; the others are counted in the last line. */
  readonly top?: number;
  /** Characters of the longest bar, 32 if absent. */
  readonly width?: number;
  /** By outcome, or by count with the largest first. Absent: by outcome if all are shown, else by count. */
  readonly sort?: 'key' | 'count';
}

/**
 * A picture of a circuit. Depends on the circuit as it was when `draw` was called.
 *
 * @example
 * ```ts
 * import { circuit, draw } from 'qmlx';
 *
 * console.log(draw(circuit(2).h(0).cx(0, 1)).text);
 * // =>      ┌───┐
 * //    q0: ─┤ H ├─●─
 * //         └───┘ │
 * //    q1: ───────⊕─
 * ```
 */
export class CircuitDrawing {
  readonly #circuit: DrawableCircuit;
  readonly #options: Required<DrawOptions>;
  #text: string | undefined;

  /** @internal Use `draw`. */
  constructor(circuit: DrawableCircuit, options: Required<DrawOptions>) {
    const { operations, qubitRegisters, bitRegisters } = circuit;
    this.#circuit = { operations, qubitRegisters, bitRegisters };
    this.#options = options;
  }

  /** Lines of Unicode box-drawing characters, without a newline at the end. */
  get text(): string {
    this.#text ??= renderText(layOut(this.#circuit, this.#style()), this.#options.width);
    return this.#text;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.text;
  }

  #style(): MeasurementStyle {
    const { measurements } = this.#options;
    if (measurements !== 'auto') return measurements;
    const count = this.#circuit.operations.filter(({ kind }) => kind === 'measure').length;
    return count <= MOST_ARROWS ? 'arrow' : 'label';
  }
}

/**
 * A histogram of counts.
 *
 * @example
 * ```ts
 * import { Counts, draw } from 'qmlx';
 *
 * draw.counts(new Counts([['0', 3], ['1', 1]]), { width: 6 }).text.split('\n');
 * // => [ '0  ██████  3   75.0%', '1  ██      1   25.0%' ]
 * ```
 */
export class CountsDrawing {
  readonly #counts: Counts;
  readonly #style: BarStyle;

  /** @internal Use `draw.counts`. */
  constructor(counts: Counts, style: BarStyle) {
    this.#counts = counts;
    this.#style = style;
  }

  /** One line an outcome: key, bar, count, share. Without a newline at the end. */
  get text(): string {
    return formatBars([...this.#counts], this.#counts.total, this.#style);
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.text;
  }
}

function drawCircuit(circuit: DrawableCircuit, options: DrawOptions = {}): CircuitDrawing {
  if (!isDrawable(circuit)) throw invalidArgument('circuit', 'a circuit', circuit);
  checkOptions(options, 'options', ['width', 'measurements']);
  const { width = STANDARD_WIDTH, measurements = 'auto' } = options;
  if (width !== 0) checkInteger(width, 'options.width', 20);
  checkChoice(measurements, 'options.measurements', ['auto', 'arrow', 'label']);
  return new CircuitDrawing(circuit, { width, measurements });
}

function isDrawable(value: unknown): value is DrawableCircuit {
  return typeof value === 'object' && value !== null && 'operations' in value;
}

function drawCounts(
  result: Counts | { readonly counts: Counts },
  options: HistogramOptions = {},
): CountsDrawing {
  const counts = countsOf(result);
  checkOptions(options, 'options', ['top', 'width', 'sort']);
  const { top = STANDARD_BARS.rows, width = STANDARD_BARS.width, sort } = options;
  checkInteger(top, 'options.top', 1);
  checkInteger(width, 'options.width', 1, 1000);
  if (sort === undefined) return new CountsDrawing(counts, { rows: top, width });
  checkChoice(sort, 'options.sort', ['key', 'count']);
  return new CountsDrawing(counts, { rows: top, width, sort });
}

function countsOf(value: unknown): Counts {
  if (value instanceof Counts) return value;
  if (typeof value === 'object' && value !== null && 'counts' in value)
    return countsOf(value.counts);
  throw invalidArgument('result', 'a result or counts', value);
}

/**
 * Pictures of circuits and results. `draw(circuit)` draws a circuit: qubits are single lines, classical
 * registers double ones; ● and ○ are controls that act on 1 and on 0, ⊕ is a controlled X, × a swap, and
 * ● on every qubit a controlled Z. Numbers in a box of several qubits give the order of the gate's
 * operands. `draw.counts(result)` draws a histogram.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for what is no circuit, result or option.
 *
 * @example
 * ```ts
 * import { circuit, draw } from 'qmlx';
 *
 * const result = await circuit(1, 1).x(0).measure(0, 0).run({ shots: 8 });
 * draw.counts(result, { width: 4 }).text; // => '1  ████  8  100.0%'
 * ```
 */
export const draw = Object.freeze(Object.assign(drawCircuit, { counts: drawCounts }));
