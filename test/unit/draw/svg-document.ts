import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom';

/** An SVG text that an XML parser finds well-formed and that has what every picture must have. */
export function readSvg(svg: string): Element {
  const parser = new DOMParser({ onError: onErrorStopParsing });
  const root = parser.parseFromString(svg, 'image/svg+xml').documentElement;
  if (root?.localName !== 'svg') throw new Error('not an SVG document');
  if (root.namespaceURI !== 'http://www.w3.org/2000/svg') throw new Error('not in the namespace');
  if (root.getAttribute('role') !== 'img') throw new Error('no role');
  const [title, description] = ['title', 'desc'].map((name) => elements(root, name)[0]);
  if (root.getAttribute('aria-label') !== title?.textContent) throw new Error('no aria-label');
  if (description?.parentNode !== root || !description.textContent) throw new Error('no desc');
  for (const value of numbersOf(svg)) if (!Number.isFinite(value)) throw new Error('no number');
  checkInside(root);
  return root;
}

/** All elements of a name. */
export function elements(root: Element, name: string): Element[] {
  return [...root.getElementsByTagName(name)];
}

/** The texts of a picture in order. */
export function textsOf(root: Element): string[] {
  return elements(root, 'text').map((text) => text.textContent ?? '');
}

function numbersOf(svg: string): number[] {
  return [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"/g)].map(([, text]) =>
    Number(text),
  );
}

function checkInside(root: Element): void {
  const size = (name: string): number => Number(root.getAttribute(name));
  for (const rect of elements(root, 'rect')) {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
      Number(rect.getAttribute(name) ?? 0),
    ) as [number, number, number, number];
    const fits = x >= 0 && y >= 0 && x + width <= size('width') && y + height <= size('height');
    if (!fits || width < 0 || height < 0) throw new Error(`a shape outside at ${x}, ${y}`);
  }
}
