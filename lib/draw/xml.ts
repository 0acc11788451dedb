// The few words of XML that pictures are written in. Numbers have at most two decimals, so that the same
// picture is the same text on every machine.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Characters that no XML text may hold, however they are written.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Values of attributes by name; absent ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A text as content or value of an attribute. */
export function escapeXml(text: string): string {
  // Most texts are plain labels; looking is cheaper than replacing.
  if (/^[\w .,+()/√†π-]*$/.test(text)) return text;
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** A number as attributes show it. */
export function decimal(value: number): string {
  // Adding 0 turns -0 into 0.
  return Number.isInteger(value) ? `${value + 0}` : `${Math.round(value * 100) / 100 + 0}`;
}

/** An element with content that is XML already; without content it closes itself. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const head = `<${name}${attributesText(attributes)}`;
  return content === '' ? `${head}/>` : `${head}>${content}</${name}>`;
}

function attributesText(attributes: Attributes): string {
  let text = '';
  for (const key in attributes) {
    const value = attributes[key];
    if (value === undefined) continue;
    text += ` ${key}="${typeof value === 'number' ? decimal(value) : escapeXml(value)}"`;
  }
  return text;
}

/** A line of text at a point; its middle is at height `y`. */
export function textElement(
  text: string,
  x: number,
  y: number,
  size: number,
  more: Attributes = {},
): string {
  // Capitals reach about 0.7 of the font size above the baseline.
  const place = `x="${decimal(x)}" y="${decimal(y + 0.35 * size)}" font-size="${decimal(size)}"`;
  return `<text ${place}${attributesText(more)}>${escapeXml(text)}</text>`;
}

/** A text shown when the pointer rests on a group, and read out by screen readers. */
export function titled(title: string, content: string): string {
  return `<g><title>${escapeXml(title)}</title>${content}</g>`;
}

/** What a whole picture says of itself. */
export interface PictureHead {
  readonly width: number;
  readonly height: number;
  /** A short name, read out first. */
  readonly title: string;
  /** What the picture shows, in words. */
  readonly description: string;
  readonly background: string;
  readonly color: string;
}

/** Fonts in the order in which they are tried; all have the symbols that labels use. */
export const FONTS = "'Inter','Segoe UI','Helvetica Neue',Helvetica,Arial,'DejaVu Sans',sans-serif";

/** A whole SVG document around its content. */
export function picture(head: PictureHead, content: readonly string[]): string {
  const { width, height, title, description, background, color } = head;
  const size = `width="${decimal(width)}" height="${decimal(height)}"`;
  const box = `viewBox="0 0 ${decimal(width)} ${decimal(height)}"`;
  const label = `role="img" aria-label="${escapeXml(title)}"`;
  const font = `font-family="${FONTS}" text-anchor="middle" fill="${color}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} ${label} ${font}>`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    element('rect', { width, height, fill: background }),
    ...content,
    '</svg>\n',
  ].join('\n');
}
