// What is published differs from the repository's package.json in what npm acts on.

import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addonPackage } from '../../../lib/libmlx/package.js';

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: unknown;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly gypfile: boolean;
  readonly repository?: { readonly type: string; readonly url: string };
}

const own = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

const script = pathToFileURL(join(process.cwd(), 'scripts', 'packages', 'main.mjs')).href;
const workflow = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_REPOSITORY: 'someone/qmlx' };

function published(environment: Readonly<Record<string, string>> = {}): Manifest {
  const program = `
    import { publishedManifest } from ${JSON.stringify(script)};
    console.log(JSON.stringify(publishedManifest(${JSON.stringify(own)})));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, GITHUB_SERVER_URL: '', GITHUB_REPOSITORY: '', ...environment },
  });
  return JSON.parse(stdout) as Manifest;
}

it('names packages of systems by their exact version, only where it is published', () => {
  const systems = [
    ['linux', 'x64', 'musl'],
    ['linux', 'arm64', 'musl'],
    ['darwin', 'x64', ''],
    ['win32', 'x64', ''],
  ] as const;
  const names = [
    '@qmlx/mlx-darwin-arm64',
    ...systems.map(([platform, arch, libc]) => addonPackage(platform, arch, libc).name),
  ];
  expect(own.optionalDependencies).toBeUndefined();
  expect(published().optionalDependencies).toEqual(
    Object.fromEntries(names.map((name) => [name, own.version])),
  );
});

it('runs nothing but the install script, and no node-gyp', () => {
  const { scripts, gypfile, devDependencies, dependencies } = published();
  expect(Object.keys(scripts)).toEqual(['install']);
  expect(gypfile).toBe(false);
  expect(devDependencies).toBeUndefined();
  expect(dependencies).toEqual(own.dependencies);
});

it('names the repository that a workflow builds it from, which provenance needs', () => {
  const url = 'git+https://git.example/someone/qmlx.git';
  expect(published(workflow).repository).toEqual({ type: 'git', url });
  expect(published().repository).toBeUndefined();
});

it('is not packed for provenance where the repository is not known', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join('scripts', 'packages', 'pack.mjs'), 'qmlx', '--provenance'],
    { encoding: 'utf8', env: { ...process.env, GITHUB_SERVER_URL: '', GITHUB_REPOSITORY: '' } },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/Provenance needs the repository in package.json: set GITHUB_SERVER_URL/);
});
