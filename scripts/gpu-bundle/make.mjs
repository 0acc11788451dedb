// Makes build/gpu-bundle: two archives to unpack in one place. runtime.tar.xz holds Node, libmlx for
// CUDA with the code of one GPU architecture, and packages for the tests; it is made once. qmlx.tar.xz
// holds the built package, tests and benchmarks. Together they run on an x86-64 Linux machine with an
// NVIDIA GPU and without a network (docs/gpu-testing.md).
//   node scripts/gpu-bundle/make.mjs [--architecture 90]
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { transformSync } from '@swc/core';
import { fetchLibmlx } from '../fetch-libmlx.mjs';
import { root, run } from '../run.mjs';
import { testPrograms } from '../test-native.mjs';
import { keepArchitecture } from './trim-library.mjs';

const { values } = parseArgs({ options: { architecture: { type: 'string', default: '90' } } });
const folder = join(root, 'build', 'gpu-bundle');
const stage = join(folder, 'qmlx-gpu');
const runtime = join(folder, 'runtime.tar.xz');
const product = join(folder, 'qmlx.tar.xz');
const mostBytes = 60 * 2 ** 20;

/** Tests that concern an engine, and what they import. */
const sources = ['lib', 'test'];
const plainFiles = ['package.json', 'libmlx.json', 'dist', 'bench', 'examples'];
const testPackages = ['jest', '@jest/globals', 'fast-check', 'jsqubits', 'jstat'];
const packages = ['commander', 'node-gyp-build', 'tar', 'undici', 'yauzl', ...testPackages];

function copy(from, to = from) {
  const target = join(stage, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, from), target, { recursive: true, dereference: true });
}

/** TypeScript as the JavaScript that jest would make of it; other files as they are. */
function copyCompiled(source) {
  const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
  for (const entry of readdirSync(join(root, source), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (!path.endsWith('.ts')) {
      copy(path);
      continue;
    }
    const { code } = transformSync(readFileSync(join(root, path), 'utf8'), {
      filename: path,
      jsc,
      module: { type: 'es6' },
    });
    const target = join(stage, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

/** A package with everything it needs, where npm has put it. */
function copyPackages(names) {
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const seen = new Set();
  const visit = (name, from) => {
    let place = from;
    while (!locked[join(place, 'node_modules', name)] && place !== '') {
      place = place.slice(0, Math.max(place.lastIndexOf('node_modules') - 1, 0));
    }
    const path = join(place, 'node_modules', name);
    if (seen.has(path) || !existsSync(join(root, path))) return;
    seen.add(path);
    copy(path);
    const { dependencies, optionalDependencies, peerDependencies } = locked[path];
    const needs = { ...dependencies, ...optionalDependencies, ...peerDependencies };
    for (const need of Object.keys(needs)) visit(need, path);
  };
  for (const name of names) visit(name, '');
}

async function copyLibmlx() {
  const wheel = dirname(await fetchLibmlx('linux-x64-cuda13'));
  const library = readFileSync(join(wheel, 'mlx', 'lib', 'libmlx.so'));
  const { kept, cleared } = keepArchitecture(library, Number(values.architecture));
  if (kept === 0) throw new Error(`libmlx has no code for sm_${values.architecture}.`);
  console.log(`libmlx: kept ${kept} bytes of machine code, cleared ${cleared}`);
  mkdirSync(join(stage, 'mlx', 'lib'), { recursive: true });
  writeFileSync(join(stage, 'mlx', 'lib', 'libmlx.so'), library);
  const siblings = 'mlx_cuda_13.libs';
  cpSync(join(wheel, siblings), join(stage, siblings), { recursive: true });
}

const jestConfig = `export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.js'],
  testEnvironment: '<rootDir>/test/node-environment.js',
  testTimeout: 120_000,
  transform: {},
  moduleNameMapper: { '^qmlx$': '<rootDir>/lib/index.js' },
};
`;

async function archive(file, fill) {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  await fill();
  const environment = { ...process.env, XZ_OPT: '-6 -T0' };
  run('tar', ['-C', folder, '-cJf', file, 'qmlx-gpu'], { env: environment });
  rmSync(stage, { recursive: true });
}

async function fillRuntime() {
  copyPackages(packages);
  await copyLibmlx();
  cpSync(process.execPath, join(stage, 'bin', 'node'), { dereference: true });
}

function fillProduct() {
  for (const file of plainFiles) copy(file);
  for (const source of sources) copyCompiled(source);
  for (const file of ['qmlx.node', 'libqmlx_mlx.so']) copy(join('build', 'Release', file));
  for (const program of testPrograms(/^mlx_(engine|faults)$/)) {
    copy(program, join('native', basename(program).replace('native_', '')));
  }
  writeFileSync(join(stage, 'jest.config.js'), jestConfig);
  copy('scripts/gpu-bundle/run.sh', 'run.sh');
  chmodSync(join(stage, 'run.sh'), 0o755);
}

if (!existsSync(runtime)) await archive(runtime, fillRuntime);
await archive(product, fillProduct);
const size = statSync(runtime).size + statSync(product).size;
console.log(`${folder}: ${(size / 2 ** 20).toFixed(1)} MiB`);
if (size > mostBytes) throw new Error('The bundle is larger than 60 MiB.');
