/** Widths of characters as parts of the font size: about those of Helvetica, rounded up. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[iljI.,:;'|!()[\]/]/, 0.34],
  [/[frt -]/, 0.4],
  [/[mwMW@√…→†∞]/, 0.9],
  [/[A-Z+=⟩⟨]/, 0.72],
];
const STANDARD = 0.58;

const known = new Map<string, number>();

function widthOfCharacter(character: string): number {
  let width = known.get(character);
  if (width === undefined) {
    width = WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? STANDARD;
    known.set(character, width);
  }
  return width;
}

/** Estimated width of a text; pictures must not depend on the fonts of the machine that draws them. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width * size;
}
