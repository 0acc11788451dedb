// How the package loads, from the built files, with and without its native part.

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ENTRY = join(process.cwd(), 'dist', 'index.js');
let empty = '';
let broken = '';

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'qmlx-empty-'));
  broken = mkdtempSync(join(tmpdir(), 'qmlx-broken-'));
  mkdirSync(join(broken, 'build', 'Release'), { recursive: true });
  writeFileSync(join(broken, 'build', 'Release', 'qmlx.node'), 'not a library');
});

afterAll(() => {
  for (const folder of [empty, broken]) rmSync(folder, { recursive: true });
});

/** What a program prints; the addon is looked for in `folder`, if one is given. */
function output(program: string, type: 'module' | 'commonjs', folder?: string): unknown {
  const env = { ...process.env, ...(folder === undefined ? {} : { QMLX_PREBUILD: folder }) };
  const args = [`--input-type=${type}`, '-e', program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const IMPORT = `import { circuit, draw, info, qasm } from ${JSON.stringify(pathToFileURL(ENTRY).href)};`;
const ATTEMPTS = `
  const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();
  const drawn = draw(bell).text.includes('H') && qasm.stringify(bell).includes('cx');
  const told = ({ code, device, message }) => ({ code, device, message });
  const failures = [await bell.run().catch(told)];
  try { bell.compile(); } catch (error) { failures.push(told(error)); }
  try { info(); } catch (error) { failures.push(told(error)); }
  console.log(JSON.stringify({ drawn, failures }));`;

it('is required by CommonJS', () => {
  const program = `
    const { circuit } = require(${JSON.stringify(ENTRY)});
    circuit(1, 1).x(0).measureAll().run({ shots: 3 }).then(({ counts }) => {
      console.log(JSON.stringify([...counts]));
    });`;
  expect(output(program, 'commonjs')).toEqual([['1', 3]]);
});

it.each([
  ['is missing', () => empty],
  ['is broken', () => broken],
])('works without engines where the native part %s', (_, folder) => {
  const { drawn, failures } = output(IMPORT + ATTEMPTS, 'module', folder()) as {
    drawn: boolean;
    failures: { code: string; device: string; message: string }[];
  };
  expect(drawn).toBe(true);
  expect(failures).toHaveLength(3);
  for (const { code, device, message } of failures) {
    expect([code, device]).toEqual(['ERR_BACKEND_UNAVAILABLE', 'cpu']);
    expect(message).toContain('npm run build');
    expect(message).toContain(`${process.platform}-${process.arch}`);
  }
});
