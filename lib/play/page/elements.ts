// Finds and fills elements of the page.

/** The element with an id, which index.html has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no element ${id}`);
  return element;
}

/** A field with an id. */
export function inputById(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}

/** A choice with an id. */
export function selectById(id: string): HTMLSelectElement {
  return byId(id) as HTMLSelectElement;
}

/** Shows an SVG document in an element, or nothing. It is parsed as XML, so that it cannot bring HTML. */
export function showPicture(element: HTMLElement, svg: string | undefined): void {
  element.classList.remove('stale');
  if (svg === undefined) {
    element.replaceChildren();
    return;
  }
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  element.replaceChildren(document.importNode(documentElement, true));
}

/** A list of lines. */
export function showLines(element: HTMLElement, lines: readonly string[]): void {
  element.replaceChildren(
    ...lines.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }),
  );
}
