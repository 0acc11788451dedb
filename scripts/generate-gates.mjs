// Writes everything that follows from native/gates/gates.def.
//   node scripts/generate-gates.mjs            regenerates
//   node scripts/generate-gates.mjs --check    exits 1 with a sentence when a generated file is out of date
//   --table FILE, --out FOLDER                 read another table, write below another root
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toCpp } from './gates/cpp.mjs';
import { toMarkdown } from './gates/markdown.mjs';
import { readTable } from './gates/table.mjs';
import { toMethods, toTable } from './gates/typescript.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    table: { type: 'string', default: join(root, 'native/gates/gates.def') },
    out: { type: 'string', default: root },
  },
});

const OUTPUTS = [
  { path: 'native/gates/gates.gen.h', emit: toCpp },
  { path: 'lib/circuit/gates.gen.ts', emit: toTable },
  { path: 'lib/circuit/gate-methods.gen.ts', emit: toMethods },
  { path: 'docs/gates.md', emit: toMarkdown },
];

function isCurrent(path, text) {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

function main() {
  const rows = readTable(readFileSync(resolve(values.table), 'utf8'));
  const stale = [];
  for (const { path, emit } of OUTPUTS) {
    const file = join(resolve(values.out), path);
    const text = emit(rows);
    if (isCurrent(file, text)) continue;
    if (values.check) {
      stale.push(path);
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  if (stale.length > 0) {
    throw new Error(
      `${stale.join(', ')} out of date: run node scripts/generate-gates.mjs and commit.`,
    );
  }
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
