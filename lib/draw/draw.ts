import {
  checkArray,
  checkChoice,
  checkDistinct,
  checkInteger,
  checkOptions,
  checkQubit,
  invalidArgument,
} from '../circuit/arguments.js';
import type { Operation } from '../circuit/operation.js';
import { totalSize } from '../circuit/registers.js';
import { drawCounts, drawHistogram, drawProbabilities } from './bars-drawing.js';
import { drawBloch } from './bloch.js';
import { CircuitDrawing } from './circuit-drawing.js';
import { drawCity } from './city.js';
import { drawHinton } from './hinton.js';
import type { DrawableCircuit, MeasurementStyle } from './layout.js';
import { mimeOf, type MimeBundle } from './mime.js';
import { drawPhases } from './phases.js';
import { drawQsphere } from './qsphere.js';
import { drawState } from './state-table.js';
import { paletteOf, type Theme } from './theme.js';

/** Characters in a row of text unless a width is given. */
const STANDARD_WIDTH = 100;

/** Measurements that lines may connect to their bits before labels take less room. */
const MOST_ARROWS = 8;

/** How a circuit is drawn. */
export interface DrawOptions {
  /**
   * Characters in a row before the drawing folds: 20 or more, 100 if absent; 0 never folds. A gate that is
   * wider stays whole. SVG folds at ten units a character.
   */
  readonly width?: number;
  /**
   * How measurements show their bits: `'arrow'` draws a line down to the register, `'label'` writes the bit
   * into the box and leaves the registers out. `'auto'`, if absent: arrows for up to 8 measurements.
   */
  readonly measurements?: MeasurementStyle | 'auto';
  /** Qubits from top to bottom, each once; in their own order if absent. */
  readonly wireOrder?: readonly number[];
  /** `false` leaves out qubits and registers that no operation touches; barriers do not count. */
  readonly idleWires?: boolean;
  /** Colours of the SVG, `'light'` if absent. */
  readonly theme?: Theme;
  /**
   * An operation that the SVG puts a frame around, such as that of a step: the very object that
   * `circuit.operations` or a block in it holds.
   */
  readonly mark?: Operation | undefined;
  /** Stands above the SVG and is its title; the title is the name of the circuit if absent. */
  readonly title?: string;
}

function drawCircuit(
  circuit: DrawableCircuit & { readonly name?: string | undefined },
  options: DrawOptions = {},
): CircuitDrawing {
  if (!isDrawable(circuit)) throw invalidArgument('circuit', 'a circuit', circuit);
  const known = [
    'width',
    'measurements',
    'wireOrder',
    'idleWires',
    'theme',
    'title',
    'mark',
  ] as const;
  checkOptions(options, 'options', known);
  const { width = STANDARD_WIDTH, measurements = 'auto', idleWires = true } = options;
  const { title = circuit.name ?? '' } = options;
  if (width !== 0) checkInteger(width, 'options.width', 20);
  checkChoice(measurements, 'options.measurements', ['auto', 'arrow', 'label']);
  if (typeof idleWires !== 'boolean') {
    throw invalidArgument('options.idleWires', 'true or false', idleWires);
  }
  const { mark } = options as { mark?: unknown };
  if (mark !== undefined && !isOperation(mark)) {
    throw invalidArgument('options.mark', 'an operation of the circuit', mark);
  }
  if (typeof title !== 'string') throw invalidArgument('options.title', 'a string', title);
  return new CircuitDrawing(circuit, {
    width,
    measurements: measurements === 'auto' ? measurementStyle(circuit) : measurements,
    wireOrder: checkWireOrder(options.wireOrder, totalSize(circuit.qubitRegisters)),
    idleWires,
    palette: paletteOf(options.theme),
    marked: mark,
    title,
  });
}

function measurementStyle({ operations }: DrawableCircuit): MeasurementStyle {
  const count = operations.filter(({ kind }) => kind === 'measure').length;
  return count <= MOST_ARROWS ? 'arrow' : 'label';
}

/** Every qubit of a circuit once. */
function checkWireOrder(order: unknown, qubits: number): readonly number[] {
  if (order === undefined) return Array.from({ length: qubits }, (_, qubit) => qubit);
  const argument = 'options.wireOrder';
  const listed = checkArray(order, argument).map((qubit) => checkQubit(qubit, argument, qubits));
  checkDistinct(listed, argument);
  if (listed.length === qubits) return listed;
  throw invalidArgument(argument, `a list of all ${qubits} qubits`, order);
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function isDrawable(value: unknown): value is DrawableCircuit {
  return typeof value === 'object' && value !== null && 'operations' in value;
}

/**
 * Pictures of circuits and results, each as SVG, text and PNG.
 *
 * `draw(circuit)` draws a circuit: qubits are single lines, classical registers double ones; ● and ○ are
 * controls that act on 1 and on 0, ⊕ is a controlled X, × a swap, and ● on every qubit a controlled Z.
 * Numbers in a box of several qubits give the order of the gate's operands. It also gives LaTeX.
 *
 * - `draw.counts(result)`: counts of a run; `draw.probabilities(source)`: shares of a state, result or map;
 *   `draw.histogram({ name: source, … })`: shares of several, side by side. All three give Vega-Lite too.
 * - `draw.bloch(state, qubit | qubits | 'all')`: Bloch vectors of up to 12 qubits; a vector is as long as the
 *   qubit is pure.
 * - `draw.qsphere(state)`, `draw.phases(state)`: the likeliest 64 basis states with their phases.
 * - `draw.city(state)`, `draw.hinton(state)`: the density matrix of up to 4 and 5 qubits.
 * - `draw.state(state)`: a table as text, Markdown and HTML.
 * - `draw.mime(value)`: a circuit, picture, state, step, counts or result in the formats that notebooks show, by
 *   MIME type. Kernels that ask values themselves, such as those of Deno and ijavascript, need no call.
 *
 * What does not fit a picture is counted in its last line.
 *
 * @throws QuantumError ERR_INVALID_ARGUMENT for what is no circuit, state, result or option, ERR_QUBIT_RANGE
 *   for a qubit that is not there.
 *
 * @example
 * ```ts
 * import { circuit, draw } from 'qmlx';
 *
 * const result = await circuit(1, 1).x(0).measure(0, 0).run({ shots: 8 });
 * draw.counts(result, { width: 4 }).text; // => '1  ████  8  100.0%'
 *
 * const state = await circuit(2).h(0).cx(0, 1).state();
 * draw.probabilities(state, { width: 4 }).text.split('\n'); // => ['00  ████   50.0%', '11  ████   50.0%']
 * draw.bloch(state, 1).text; // => 'q1  x 0.000  y 0.000  z 0.000  length 0.000'
 * draw.qsphere(state).svg.includes('|11⟩'); // => true
 * draw.state(state).markdown.split('\n').length; // => 4
 * ```
 */
export const draw = Object.freeze(
  Object.assign(drawCircuit, {
    counts: drawCounts,
    probabilities: drawProbabilities,
    histogram: drawHistogram,
    bloch: drawBloch,
    qsphere: drawQsphere,
    city: drawCity,
    hinton: drawHinton,
    phases: drawPhases,
    state: drawState,
    mime: (value: unknown): MimeBundle => mimeOf(value, drawCircuit),
  }),
);
