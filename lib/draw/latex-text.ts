const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  π: '$\\pi$',
  '†': '$^\\dagger$',
  '…': '\\ldots{}',
  '→': '$\\to$',
};

/** A label as LaTeX text; letters beyond ASCII stay, for engines that read UTF-8. */
export function latexText(text: string): string {
  return text
    .replace(/[\\{}#$%&_^~<>|π†…→]/g, (character) => SPECIAL[character] as string)
    .replace(/√([A-Z])/g, '$$\\sqrt{$1}$$')
    .replace(/(?<![A-Za-z0-9])-(?=[\d$])/g, '$-$');
}
