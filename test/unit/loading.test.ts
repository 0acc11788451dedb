// How the package loads, from the built files, with and without its native part.

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { circuit } from 'qmlx';

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
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', ...args], {
    env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const IMPORT = `import { circuit, draw, info, qasm } from ${JSON.stringify(pathToFileURL(ENTRY).href)};`;
const ATTEMPTS = `
  const warnings = [];
  process.on('warning', ({ name, message }) => warnings.push({ name, message }));
  const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();
  const drawn = draw(bell).text.includes('H') && qasm.stringify(bell).includes('cx');
  const result = await bell.run({ shots: 100, seed: 7 });
  const gpu = await bell.run({ device: 'gpu' }).catch(({ code }) => code);
  await bell.run({ device: 'auto' });
  console.log(JSON.stringify({
    drawn, gpu, warnings,
    device: result.device, counts: [...result.counts], variant: info().engines[0].variant,
  }));`;

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
])('runs circuits in TypeScript, with one warning, where the native part %s', async (_, folder) => {
  const told = output(IMPORT + ATTEMPTS, 'module', folder()) as {
    warnings: { name: string; message: string }[];
    counts: [string, number][];
  };
  const here = await circuit(2, 2).h(0).cx(0, 1).measureAll().run({ shots: 100, seed: 7 });
  expect(told).toMatchObject({
    drawn: true,
    gpu: 'ERR_BACKEND_UNAVAILABLE',
    device: 'typescript',
    variant: 'typescript',
    counts: [...here.counts],
  });
  expect(told.warnings).toHaveLength(1);
  const [{ name, message }] = told.warnings as [{ name: string; message: string }];
  expect(name).toBe('QmlxWarning');
  expect(message).toContain('npm run build');
  expect(message).toContain(`${process.platform}-${process.arch}`);
});
