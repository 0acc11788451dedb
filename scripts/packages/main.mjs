// Assembles the main package from its `files`. Its package.json differs from the repository's: platform
// packages are optional dependencies of the published package only, so that `npm ci` in a clone does not
// ask a registry for what is not published yet; scripts and dependencies of development are left out.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

/** Installed with qmlx where it fits; those for Linux only on request. */
const INSTALLED = ['@qmlx/mlx-darwin-arm64'];

/** The package.json to publish. */
export function publishedManifest(own) {
  const { install } = own.scripts;
  const published = { ...own, scripts: install === undefined ? {} : { install } };
  delete published.devDependencies;
  delete published.overrides;
  published.optionalDependencies = Object.fromEntries(INSTALLED.map((name) => [name, own.version]));
  return published;
}

/** Writes the main package into a folder and returns the folder. */
export function assembleMain(into) {
  const folder = join(into, 'qmlx');
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of [...own.files, 'README.md', 'LICENSE']) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  rmSync(join(folder, 'prebuilds', '.gitkeep'), { force: true });
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(publishedManifest(own), null, 2)}\n`,
  );
  return folder;
}
