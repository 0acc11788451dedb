// `node scripts/gallery.mjs`: writes docs/gallery.md and the pictures it shows, with the built package.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import * as qmlx from 'qmlx';
import { root } from './run.mjs';

const folder = join(root, 'docs', 'gallery');

/** What examples may import. */
const names = ['bit', 'circuit', 'draw', 'param', 'reg'];

/** Each entry is code whose last line is a picture, as it stands in the page. */
const entries = [
  [
    'bell',
    'A circuit',
    `const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();
draw(bell)`,
  ],
  ['qft', 'Angles and swaps', `draw(circuit(4).qft())`],
  [
    'kinds',
    'Controls, operands, barriers, global phases',
    `const made = circuit(4, 2)
  .rx(param('theta').mul(2), 0)
  .gate('x', [], [1], { controls: [0, 3], states: '01' })
  .rzx(0.3, 2, 0)
  .barrier()
  .swap(0, 3)
  .ccx(1, 2, 3)
  .gphase(Math.PI / 4)
  .measure(1, 0)
  .measure(2, 1);
draw(made, { title: 'Kinds of symbols' })`,
  ],
  [
    'teleportation',
    'Measurements and conditions',
    `const teleport = circuit(3, 3)
  .ry(0.8, 0)
  .h(1)
  .cx(1, 2)
  .cx(0, 1)
  .h(0)
  .measure(0, 0)
  .measure(1, 1)
  .if(bit(1).eq(1), (c) => c.x(2))
  .if(bit(0).eq(1), (c) => c.z(2))
  .measure(2, 2);
draw(teleport)`,
  ],
  [
    'blocks',
    'Loops and branches inside each other, and what happens to bits alone',
    `const deciding = circuit(3, 2)
  .snapshot('start')
  .while(reg('c').lt(2), (c) => c.h(0).measure(0, 0).if(bit(0), (d) => d.x(1).break()))
  .switch(reg('c'), { 0: (c) => c.x(2), '1, 2': (c) => c.h(1).cz(1, 2), default: (c) => c.reset(2) })
  .assign(bit(1), bit(0).not())
  .expectBit(0, 1);
draw(deciding, { width: 130 })`,
  ],
  ['dark', 'Dark', `draw(circuit(3).ghz().rz(Math.PI / 3, 1), { theme: 'dark' })`],
  [
    'colorblind',
    'Colours that more people tell apart',
    `draw(circuit(3).ghz().rz(Math.PI / 3, 1).ry(1, 2), { theme: 'colorblind' })`,
  ],
  ['mono', 'Black and white', `draw(circuit(3).ghz().rz(Math.PI / 3, 1), { theme: 'mono' })`],
  [
    'folded',
    'Folded, with another order of wires',
    `draw(circuit(4).qft().inverseQft(), { width: 60, wireOrder: [3, 2, 1, 0] })`,
  ],
  [
    'counts',
    'Counts',
    `const measured = circuit(3, 3).h(0).cx(0, 1).ry(0.9, 2).measureAll();
draw.counts(await measured.run({ shots: 1000, seed: 1, device: 'cpu' }))`,
  ],
  [
    'histogram',
    'Two distributions side by side',
    `const ansatz = circuit(2, 2).ry(1, 0).cx(0, 1);
const exact = await ansatz.state();
const sampled = exact.sample(200, { seed: 5 });
draw.histogram({ exact, sampled })`,
  ],
  [
    'probabilities',
    'The likeliest states of many',
    `const state = await circuit(13).hAll().qft().rx(0.4, 3).state();
draw.probabilities(state, { top: 12 })`,
  ],
  [
    'bloch',
    'Bloch vectors: as long as the qubit is pure',
    `const state = await circuit(4).h(0).ry(1, 1).rz(0.7, 1).ry(1, 2).cx(2, 3).state();
draw.bloch(state)`,
  ],
  ['qsphere', 'Q-sphere', `draw.qsphere(await circuit(3).wState().t(1).z(2).state())`],
  ['phases', 'Phase disks', `draw.phases(await circuit(3).hAll().t(0).s(1).ry(0.5, 2).state())`],
  ['city', 'State city', `draw.city(await circuit(2).ry(1, 0).cx(0, 1).s(1).state())`],
  ['hinton', 'Hinton diagram', `draw.hinton(await circuit(3).ghz().t(0).ry(0.4, 1).state())`],
];

async function pictureOf(code) {
  const lines = code.split('\n');
  const start = lines.findLastIndex((line) => line.startsWith('draw'));
  const body = [...lines.slice(0, start), `return ${lines.slice(start).join('\n')}`].join('\n');
  const AsyncFunction = (async () => undefined).constructor;
  const picture = await new AsyncFunction(...names, body)(...names.map((name) => qmlx[name]));
  return picture.svg;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const sections = [];
for (const [name, title, code] of entries) {
  writeFileSync(join(folder, `${name}.svg`), await pictureOf(code));
  const imports = names.filter((used) => new RegExp(`\\b${used}[(.]`).test(code));
  const example = `import { ${imports.join(', ')} } from 'qmlx';\n\n${code}.svg;`;
  sections.push(
    `## ${title}\n\n\`\`\`ts\n${example}\n\`\`\`\n\n![${title}](gallery/${name}.svg)\n`,
  );
}
const head = [
  '# Gallery',
  '',
  'Every picture below is what the code above it gives; `node scripts/gallery.mjs` makes them. `.svg` is an SVG document,',
  '`.text` the same for a terminal, `await picture.png()` a PNG image where the optional package `@resvg/resvg-js` is',
  'installed. Circuits also give `.latex` for quantikz, charts `.vegaLite`. Colours of gates tell what a gate does to basis',
  'states: blue superposes, red exchanges, green gives phases, violet rotates by an angle. The LaTeX of 70 golden pictures',
  'compiled with quantikz 1.0.1 (its library quantikz2) and pdfTeX 1.40.24: `node scripts/check-latex.mjs`.',
  '',
  '',
].join('\n');
const page = join(root, 'docs', 'gallery.md');
const style = { ...(await resolveConfig(page)), filepath: page };
writeFileSync(page, await format(`${head}${sections.join('\n')}`, style));
console.log(`docs/gallery.md: ${entries.length} pictures`);
