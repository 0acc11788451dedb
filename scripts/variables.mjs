// Writes the table of variables in docs/libmlx.md from lib/libmlx/variables.ts. Needs the compiled TypeScript.
//   node scripts/variables.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { VARIABLES } from '../dist/libmlx/variables.js';
import { root } from './run.mjs';

const path = join(root, 'docs', 'libmlx.md');
const text = readFileSync(path, 'utf8');
const start = text.indexOf('| variable');
const end = text.indexOf('\n\n', start);
const rows = Object.values(VARIABLES).map(
  ({ name, meaning, expected }) => `| \`${name}\` | ${meaning} | ${expected} |`,
);
const table = ['| variable | meaning | value |', '| --- | --- | --- |', ...rows].join('\n');
const whole = `${text.slice(0, start)}${table}${end < 0 ? '\n' : text.slice(end)}`;
const options = await prettier.resolveConfig(path);
const written = await prettier.format(whole, { ...options, filepath: path });
if (!process.argv.includes('--check')) writeFileSync(path, written);
else if (written !== text) {
  console.error('docs/libmlx.md is out of date. Run: node scripts/variables.mjs');
  process.exit(1);
}
