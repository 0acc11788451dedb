// Lets notebooks show circuits and results. The entry of the package imports this file for its effect, so that
// circuits and results know nothing of pictures.

import { draw } from './draw.js';
import { SHOWN_CLASSES, type MimeBundle } from './mime.js';

/** Methods that kernels look for: of Deno's, which awaits bundles, and of ijavascript. */
const HOOKS: Readonly<Record<string | symbol, (this: object) => unknown>> = {
  [Symbol.for('Jupyter.display')](): Promise<MimeBundle> {
    return Promise.resolve(draw.mime(this));
  },
  _toMime(): MimeBundle {
    return draw.mime(this);
  },
  _toSvg(): unknown {
    return draw.mime(this)['image/svg+xml'];
  },
  _toHtml(): unknown {
    const bundle = draw.mime(this);
    return bundle['text/html'] ?? bundle['image/svg+xml'];
  },
};

for (const { prototype } of SHOWN_CLASSES) {
  for (const name of Reflect.ownKeys(HOOKS)) {
    Object.defineProperty(prototype, name, { value: HOOKS[name as string], configurable: true });
  }
}
