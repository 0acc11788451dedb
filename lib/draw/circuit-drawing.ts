import { operationQubits, type Operation } from '../circuit/operation.js';
import { totalSize } from '../circuit/registers.js';
import { Drawing } from './drawing.js';
import { renderLatex } from './latex.js';
import { layOut, type DrawableCircuit, type Layout, type MeasurementStyle } from './layout.js';
import { renderSvg } from './svg.js';
import { renderText } from './text.js';
import type { Palette } from './theme.js';

/** Units of a picture that a character of text stands for when drawings fold. */
const UNITS_PER_CHARACTER = 10;

/** Operations that the description of a picture names before it only counts. */
const DESCRIBED = 12;

/** Options of a drawing, checked and complete. */
export interface CircuitStyle {
  readonly width: number;
  readonly measurements: MeasurementStyle;
  readonly wireOrder: readonly number[];
  readonly idleWires: boolean;
  readonly palette: Palette;
  readonly marked?: Operation | undefined;
  /** Empty for none. */
  readonly title: string;
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
export class CircuitDrawing extends Drawing {
  readonly #circuit: DrawableCircuit;
  readonly #style: CircuitStyle;
  #layout: Layout | undefined;
  #text: string | undefined;
  #svg: string | undefined;

  /** @internal Use `draw`. */
  constructor(circuit: DrawableCircuit, style: CircuitStyle) {
    super();
    const { operations, qubitRegisters, bitRegisters } = circuit;
    this.#circuit = { operations, qubitRegisters, bitRegisters };
    this.#style = style;
  }

  /** Lines of Unicode box-drawing characters, without a newline at the end. */
  get text(): string {
    this.#text ??= renderText(this.#placed(), this.#style.width);
    return this.#text;
  }

  /**
   * An SVG document, folded where it would be wider than ten units a character of `width`. Colours tell what a
   * gate does to basis states: exchange them, give them phases, superpose them, or rotate by an angle.
   *
   * @example
   * ```ts
   * import { circuit, draw } from 'qmlx';
   * draw(circuit(1).h(0), { title: 'a < b' }).svg.includes('<title>a &lt; b</title>'); // => true
   * ```
   */
  get svg(): string {
    this.#svg ??= this.#render();
    return this.#svg;
  }

  /**
   * LaTeX for the package quantikz: environments to stand in a document with
   * `\usepackage{tikz}` and `\usetikzlibrary{quantikz2}`.
   *
   * @example
   * ```ts
   * import { circuit, draw } from 'qmlx';
   * console.log(draw(circuit(2).h(0).cx(0, 1)).latex);
   * // => \begin{quantikz}[row sep={0.75cm,between origins}]
   * //      \lstick{q0} & \gate{H} & \ctrl{1} & \\
   * //      \lstick{q1} & & \targ{} &
   * //    \end{quantikz}
   * ```
   */
  get latex(): string {
    return renderLatex(this.#placed(), this.#style.width);
  }

  #placed(): Layout {
    this.#layout ??= layOut(this.#circuit, this.#style);
    return this.#layout;
  }

  #render(): string {
    const { title, width, palette, marked } = this.#style;
    return renderSvg(this.#placed(), {
      title: title === '' ? 'Quantum circuit' : title,
      shown: title !== '',
      width: width * UNITS_PER_CHARACTER,
      palette,
      description: describeCircuit(this.#circuit),
      marks: marked !== undefined,
    });
  }
}

/** A circuit in words, for those who do not see it. */
function describeCircuit({ operations, qubitRegisters, bitRegisters }: DrawableCircuit): string {
  const sizes = [
    counted(totalSize(qubitRegisters), 'qubit'),
    counted(totalSize(bitRegisters), 'classical bit'),
    counted(operations.length, 'operation'),
  ];
  const steps = operations.slice(0, DESCRIBED).map((operation) => {
    const name = operation.kind === 'gate' ? operation.gate : operation.kind;
    return [name, ...operationQubits(operation)].join(' ');
  });
  const left = operations.length - steps.length;
  if (left > 0) steps.push(`${left} more`);
  return steps.length === 0 ? `${sizes.join(', ')}.` : `${sizes.join(', ')}: ${steps.join('; ')}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
