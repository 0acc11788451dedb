// How the package loads, from the built files, with and without its native part.

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { circuit, info } from 'qmlx';

const ENTRY = join(process.cwd(), 'dist', 'index.js');
let empty = '';
let broken = '';
let apart = '';

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'qmlx-empty-'));
  broken = mkdtempSync(join(tmpdir(), 'qmlx-broken-'));
  apart = mkdtempSync(join(tmpdir(), 'qmlx-apart-'));
  mkdirSync(join(broken, 'build', 'Release'), { recursive: true });
  writeFileSync(join(broken, 'build', 'Release', 'qmlx.node'), 'not a library');
});

afterAll(() => {
  for (const folder of [empty, broken, apart]) rmSync(folder, { recursive: true });
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

/** Copies the package without its addon, so that it asks for a package that has it; gives its entry. */
function installApart(folder: string): string {
  const modules = join(folder, 'node_modules');
  const copy = join(modules, 'qmlx');
  mkdirSync(copy, { recursive: true });
  cpSync('dist', join(copy, 'dist'), { recursive: true });
  copyFileSync('libmlx.json', join(copy, 'libmlx.json'));
  const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(own.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules', name), join(modules, name));
  }
  const optionalDependencies = { [ADDON]: own.version };
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ ...own, optionalDependencies }));
  return join(copy, 'dist', 'index.js');
}

const ADDON = `@qmlx/addon-${process.platform}-${process.arch}`;

it('takes the native part from a package of its own', () => {
  const entry = installApart(apart);
  const text = `import { info } from ${JSON.stringify(pathToFileURL(entry).href)};
    const warnings = [];
    process.on('warning', ({ message }) => warnings.push(message));
    const { variant } = info().engines[0];
    setImmediate(() => console.log(JSON.stringify({ variant, warnings })));`;
  expect(output(text, 'module')).toEqual({
    variant: 'typescript',
    warnings: [expect.stringContaining(`The package ${ADDON} is not installed.`)],
  });
  const folder = join(apart, 'node_modules', ADDON);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: ADDON, main: 'qmlx.node' }));
  copyFileSync(join('build', 'Release', 'qmlx.node'), join(folder, 'qmlx.node'));
  const { variant } = info().engines[0] as { variant: string };
  expect(output(text, 'module')).toEqual({ variant, warnings: [] });
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
