// Packs everything that is published into build/packages, and prints sizes.
//   npm run packages [-- PACKAGE…]    qmlx, or a target: its MLX engine, or its addon; all if none is named
//     --check     compares what is in them with scripts/packages/contents.json, and how large qmlx is with its limit
//     --update    writes that file
//     --provenance    fails where package.json cannot name the repository, which provenance needs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { output, root } from '../run.mjs';
import { addonTargets, assembleAddon } from './addon.mjs';
import { assembleMain, MOST_BYTES } from './main.mjs';
import { assemblePlatform, platformTargets } from './platform.mjs';
import { requireRepository } from './repository.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean' },
    update: { type: 'boolean' },
    provenance: { type: 'boolean' },
  },
});
if (values.provenance) requireRepository(process.env);
const snapshot = join(root, 'scripts', 'packages', 'contents.json');
const expected = JSON.parse(readFileSync(snapshot, 'utf8'));
const into = join(root, 'build', 'packages');
mkdirSync(into, { recursive: true });

/** Paths, with folders of many files as one entry. */
function summary(files) {
  const folded = files.map(({ path }) =>
    path.replace(/^(dist|native)\/(.*)\.(\w+)$/, (_, top, rest, suffix) => `${top}/**.${suffix}`),
  );
  return [...new Set(folded)].sort();
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
let wrong = 0;

function assemble(name) {
  if (name === 'qmlx') return assembleMain(into);
  return addonTargets.includes(name) ? assembleAddon(name, into) : assemblePlatform(name, into);
}

const all = ['qmlx', ...platformTargets, ...addonTargets];
for (const name of positionals.length > 0 ? positionals : all) {
  const folder = await assemble(name);
  const text = output('npm', [
    'pack',
    folder,
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    into,
  ]);
  if (text === undefined) throw new Error(`npm cannot pack ${folder}.`);
  const [packed] = JSON.parse(text);
  const { id, size, unpackedSize, filename, files } = packed;
  console.log(
    `${id}: ${megabytes(size)} packed, ${megabytes(unpackedSize)} unpacked, ${files.length} files (${filename})`,
  );
  const content = summary(files);
  if (values.update) expected[name] = content;
  if (!values.check) continue;
  if (name === 'qmlx' && size > MOST_BYTES) {
    wrong += 1;
    console.log(`  more than ${megabytes(MOST_BYTES)}`);
  }
  const missing = expected[name].filter((path) => !content.includes(path));
  const unknown = content.filter((path) => !expected[name].includes(path));
  if (missing.length + unknown.length === 0) continue;
  wrong += 1;
  console.log(
    `  missing: ${missing.join(', ') || 'none'}; unknown: ${unknown.join(', ') || 'none'}`,
  );
}
if (values.update) writeFileSync(snapshot, `${JSON.stringify(expected, null, 2)}\n`);
process.exit(wrong === 0 ? 0 : 1);
