import type * as resvg from '@resvg/resvg-js';
import { checkArray, checkNumber, checkOptions, invalidArgument } from '../circuit/arguments.js';
import { QuantumError } from '../errors.js';

/**
 * How a picture becomes a PNG image.
 *
 * @example
 * ```ts
 * import type { PngOptions } from 'qmlx';
 * const options: PngOptions = { scale: 3 };
 * options.scale; // => 3
 * ```
 */
export interface PngOptions {
  /** Pixels a unit of the SVG, above 0 to 16; 2 if absent. */
  readonly scale?: number;
  /** Paths of font files to use besides the fonts of the system. */
  readonly fonts?: readonly string[];
}

const LARGEST_SCALE = 16;

/** An SVG text as the bytes of a PNG image. */
export async function renderPng(svg: string, options: PngOptions): Promise<Uint8Array> {
  checkOptions(options, 'options', ['scale', 'fonts']);
  const scale = checkNumber(options.scale ?? 2, 'options.scale');
  if (scale <= 0 || scale > LARGEST_SCALE) {
    throw invalidArgument('options.scale', `above 0 and at most ${LARGEST_SCALE}`, scale);
  }
  const fontFiles = checkArray(options.fonts ?? [], 'options.fonts').map((path) => {
    if (typeof path === 'string') return path;
    throw invalidArgument('options.fonts', 'a list of paths', path);
  });
  const { Resvg } = await loadResvg();
  const renderer = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, fontFiles },
  });
  return new Uint8Array(renderer.render().asPng());
}

async function loadResvg(): Promise<typeof resvg> {
  try {
    return await import('@resvg/resvg-js');
  } catch (cause) {
    throw new QuantumError(
      'ERR_MISSING_DEPENDENCY',
      'PNG images need the package @resvg/resvg-js. Install it with: npm install @resvg/resvg-js',
      { dependency: '@resvg/resvg-js', cause },
    );
  }
}
