// Type-checks and runs every example of the documentation against the built package (dist/), all
// in one process. `import … from 'qmlx'` finds this package itself, since build/ lies inside it.
import assert from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findExamples } from './extract.mjs';
import { instrument } from './instrument.mjs';
import { typeErrors } from './types.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const hangLimit = 60_000;

function within(milliseconds, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

async function runExample(example, path) {
  const harness = pathToFileURL(join(root, 'test', 'docs', 'compare.mjs')).href;
  writeFileSync(path, instrument(example, harness));
  const print = console.log;
  console.log = () => undefined;
  try {
    await within(hangLimit, import(pathToFileURL(path).href));
  } finally {
    console.log = print;
  }
}

/** Checks and runs the given examples; prints what fails and returns the counts. */
export async function testExamples(examples, name) {
  process.setSourceMapsEnabled(true);
  const folder = join(root, 'build', 'examples', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const errors = typeErrors(root, examples, join(folder, 'types'));
  let failed = 0;
  for (const [index, example] of examples.entries()) {
    try {
      assert(errors[index].length === 0, errors[index].join('\n'));
      await runExample(example, join(folder, `${index}.mjs`));
    } catch (error) {
      failed++;
      console.error(
        `${example.file}:${example.line}: the example fails\n${error?.stack ?? error}\n`,
      );
    }
  }
  return { passed: examples.length - failed, failed };
}

/** Checks and runs all examples of README.md, docs/ and lib/. */
export function testDocumentation() {
  return testExamples(findExamples(root), 'docs');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = await testDocumentation();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
