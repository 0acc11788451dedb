// What is published differs from the repository's package.json in what npm acts on.

import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: unknown;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly gypfile: boolean;
}

const own = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

function published(): Manifest {
  const script = pathToFileURL(join(process.cwd(), 'scripts', 'packages', 'main.mjs')).href;
  const program = `
    import { publishedManifest } from ${JSON.stringify(script)};
    console.log(JSON.stringify(publishedManifest(${JSON.stringify(own)})));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as Manifest;
}

it('names the platform package of Apple silicon by its exact version, only where it is published', () => {
  expect(own.optionalDependencies).toBeUndefined();
  expect(published().optionalDependencies).toEqual({ '@qmlx/mlx-darwin-arm64': own.version });
});

it('runs nothing but the install script, and no node-gyp', () => {
  const { scripts, gypfile, devDependencies, dependencies } = published();
  expect(Object.keys(scripts)).toEqual(['install']);
  expect(gypfile).toBe(false);
  expect(devDependencies).toBeUndefined();
  expect(dependencies).toEqual(own.dependencies);
});
