import { checkOptions, invalidArgument } from '../circuit/arguments.js';
import { Drawing } from './drawing.js';
import { paletteOf, type Palette, type Theme } from './theme.js';

/**
 * Options of every picture of results.
 *
 * @example
 * ```ts
 * import { circuit, draw, type FigureOptions } from 'qmlx';
 * const options: FigureOptions = { theme: 'dark', title: 'Plus' };
 * draw.bloch(await circuit(1).h(0).state(), 0, options).svg.includes('Plus'); // => true
 * ```
 */
export interface FigureOptions {
  /** Colours, `'light'` if absent. */
  readonly theme?: Theme;
  /** Stands above the picture. */
  readonly title?: string;
}

/** Options every figure has, checked, besides those in `more`. */
export function figureStyle(
  options: FigureOptions,
  title: string,
  more: readonly string[] = [],
): { readonly palette: Palette; readonly title: string } {
  checkOptions(options, 'options', ['theme', 'title', ...more]);
  const chosen: unknown = options.title ?? title;
  if (typeof chosen !== 'string') throw invalidArgument('options.title', 'a string', chosen);
  return { palette: paletteOf(options.theme), title: chosen };
}

/**
 * A picture of a state.
 *
 * @example
 * ```ts
 * import { circuit, draw } from 'qmlx';
 * draw.bloch(await circuit(1).h(0).state(), 0).text; // => 'q0  x 1.000  y 0.000  z 0.000  length 1.000'
 * ```
 */
export class FigureDrawing extends Drawing {
  /** An SVG document. */
  readonly svg: string;
  /** The numbers behind the picture. */
  readonly text: string;

  /** @internal Use `draw`. */
  constructor(svg: string, text: string) {
    super();
    this.svg = svg;
    this.text = text;
  }
}
