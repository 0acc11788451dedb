import { renderPng, type PngOptions } from './png.js';

/**
 * Any picture: SVG, text, and PNG where the optional package `@resvg/resvg-js` is installed. Printing a
 * picture prints its text.
 *
 * @example
 * ```ts
 * import { circuit, draw, type Drawing } from 'qmlx';
 *
 * const drawing: Drawing = draw(circuit(1).h(0));
 * drawing.svg.startsWith('<svg'); // => true
 * (await drawing.png({ scale: 1 })).subarray(1, 4); // => Uint8Array(3) [80, 78, 71]
 * ```
 */
export abstract class Drawing {
  /** An SVG document: the same text for the same picture on every machine. */
  abstract readonly svg: string;

  /** The picture for a terminal, without a newline at the end. */
  abstract readonly text: string;

  /**
   * A PNG image. Text is set in fonts of the system, or in those given.
   *
   * @param options - `scale`: pixels a unit of the SVG, above 0 to 16, 2 if absent; `fonts`: paths of font
   *   files.
   * @throws QuantumError ERR_MISSING_DEPENDENCY unless `@resvg/resvg-js` is installed;
   *   ERR_INVALID_ARGUMENT for other options.
   *
   * @example
   * ```ts
   * import { circuit, draw } from 'qmlx';
   * const image = await draw(circuit(1).h(0)).png();
   * image.length > 100; // => true
   * ```
   */
  png(options: PngOptions = {}): Promise<Uint8Array> {
    return renderPng(this.svg, options);
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.text;
  }
}
