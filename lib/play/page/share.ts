// Links that hold a whole text, and pictures as files.

/** What a link holds. */
export interface Shared {
  readonly code: string;
  readonly params: Readonly<Record<string, number>>;
}

/** A link with everything after the `#`, which browsers do not send to servers; it holds no token. */
export function linkOf({ code, params }: Shared): string {
  const bytes = new TextEncoder().encode(code);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const text = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${location.origin}/#${new URLSearchParams({ code: text, params: JSON.stringify(params) }).toString()}`;
}

/** What the address of the page holds; `undefined` without a readable text. */
export function readLink(): Shared | undefined {
  const given = new URLSearchParams(location.hash.slice(1));
  const code = given.get('code');
  if (code === null) return undefined;
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const params = JSON.parse(given.get('params') ?? '{}') as Record<string, number>;
    return { code: new TextDecoder().decode(bytes), params };
  } catch {
    return undefined;
  }
}

/** Saves the picture in an element as SVG, or drawn at twice its size as PNG. */
export async function savePicture(element: HTMLElement, type: 'svg' | 'png'): Promise<void> {
  const svg = element.querySelector('svg');
  if (svg === null) return;
  const text = new XMLSerializer().serializeToString(svg);
  const blob = new Blob([text], { type: 'image/svg+xml' });
  const image = type === 'svg' ? blob : await rasterized(blob, svg);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(image);
  link.download = `circuit.${type}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function rasterized(blob: Blob, svg: SVGSVGElement): Promise<Blob> {
  const address = URL.createObjectURL(blob);
  const image = new Image();
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  const canvas = document.createElement('canvas');
  const { width, height } = svg;
  canvas.width = 2 * width.baseVal.value;
  canvas.height = 2 * height.baseVal.value;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((made) => {
      if (made === null) reject(new Error('The picture is too large for a PNG image.'));
      else resolve(made);
    });
  });
}
