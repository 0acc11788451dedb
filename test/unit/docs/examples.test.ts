import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly errors: string;
}

/** Runs the examples of a made-up document in a process of its own. */
function runDocument(file: string, text: string): Outcome {
  const folder = pathToFileURL(join(process.cwd(), 'test', 'docs') + '/').href;
  const program = `
    import { extractExamples } from '${folder}extract.mjs';
    import { testExamples } from '${folder}run.mjs';
    const examples = extractExamples(${JSON.stringify(file)}, ${JSON.stringify(text)});
    console.log(JSON.stringify(await testExamples(examples, 'docs-of-the-test')));`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', program, '-'], {
    encoding: 'utf8',
  });
  const counts = JSON.parse(result.stdout) as { passed: number; failed: number };
  return { ...counts, errors: result.stderr };
}

const fence = '```';

test('values, printed lines, declarations and rounded numbers are compared', () => {
  const text = `# Title

${fence}ts
import { EventEmitter } from 'node:events';
const two: number = 1 + 1; // => 2
Math.SQRT1_2; // => 0.7071
['a', 'b']; // => ['a', 'b']
new Map([['k', 1]]); // => Map(1) { 'k' => 1 }
await Promise.resolve('text'); // => 'text'
console.log('a\\n  b', two);
// => a
//      b 2
for (const x of [1]) {
  x * 2; // => 2
}
new EventEmitter();
${fence}

${fence}sh
not TypeScript
${fence}
`;
  expect(runDocument('a.md', text)).toEqual({ passed: 1, failed: 0, errors: '' });
});

test('a wrong value is reported with file and line', () => {
  const text = `one\n\n${fence}ts\nconst a = 1;\na + 1; // => 3\n${fence}\n`;
  const { passed, failed, errors } = runDocument('a.md', text);
  expect([passed, failed]).toEqual([0, 1]);
  expect(errors).toContain('a.md:5: expected 3, got 2');
});

test('a thrown error is reported at its own line of a TSDoc comment', () => {
  const text = `/**
 * Sums.
 * @example
 * ${fence}ts
 * const a: number = 1;
 *
 * throw new Error(\`boom \${a}\`);
 * ${fence}
 */
export const x = 1;
`;
  const { failed, errors } = runDocument('lib/x.ts', text);
  expect(failed).toBe(1);
  expect(errors).toContain('boom 1');
  expect(errors).toMatch(/lib\/x\.ts:7:/);
});

test('a type error is reported with file and line', () => {
  const text = `${fence}ts\nconst a = 1;\na.length;\n${fence}\n`;
  expect(runDocument('a.md', text).errors).toContain("a.md:3: Property 'length' does not exist");
});

test('a comment that follows nothing comparable is refused', () => {
  const text = `${fence}ts\nif (new Date()) {} // => 3\n${fence}\n`;
  expect(runDocument('a.md', text).errors).toContain('a "// =>" comment follows no single value');
});
