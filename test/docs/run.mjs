// Runs every example of the documentation against the built package (dist/), all in one process.
// `import … from 'qmlx'` resolves to this package itself, since build/ lies inside it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findExamples } from './extract.mjs';
import { instrument } from './instrument.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const hangLimit = 60_000;

function within(milliseconds, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

async function runExample(example, folder, index) {
  const harness = pathToFileURL(join(root, 'test', 'docs', 'compare.mjs')).href;
  const path = join(folder, `${index}.mjs`);
  writeFileSync(path, instrument(example, harness));
  const print = console.log;
  console.log = () => undefined;
  try {
    await within(hangLimit, import(pathToFileURL(path).href));
  } finally {
    console.log = print;
  }
}

/** Runs the given examples, by default all of the package; prints failures, returns the counts. */
export async function testExamples(examples = findExamples(root), name = 'docs') {
  process.setSourceMapsEnabled(true);
  const folder = join(root, 'build', 'examples', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let failed = 0;
  for (const [index, example] of examples.entries()) {
    try {
      await runExample(example, folder, index);
    } catch (error) {
      failed++;
      console.error(
        `${example.file}:${example.line}: the example fails\n${error?.stack ?? error}\n`,
      );
    }
  }
  return { passed: examples.length - failed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = await testExamples();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
