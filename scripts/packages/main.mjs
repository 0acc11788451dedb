// Assembles the main package from its `files`. Its package.json differs from the repository's: platform
// packages are optional dependencies of the published package only, so that `npm ci` in a clone does not
// ask a registry for what is not published yet; scripts and dependencies of development are left out.
// So is what nobody who installs it uses: comments in code, types of internals, and sources that
// `qmlx build` does not compile.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { transformSync } from 'esbuild';
import typescript from 'typescript';
import { root } from '../run.mjs';
import { addonPackageName, addonTargets, prebuiltAddon } from './addon.mjs';
import { repositoryOf } from './repository.mjs';

/** What the package may take at most, packed. */
export const MOST_BYTES = 3e6;

/** Installed with qmlx where they fit; MLX for Linux only on request. */
const INSTALLED = ['@qmlx/mlx-darwin-arm64', ...addonTargets.map(addonPackageName)];

/** Addons that are in packages of their own. */
const ELSEWHERE = addonTargets.map(prebuiltAddon);

/** What the MLX engine is compiled from, and what CMakeLists.txt asks for before. */
const COMPILED = ['core', 'engines', 'gates', 'kernels', 'mlx'];

/** The package.json to publish. */
export function publishedManifest(own) {
  const { install } = own.scripts;
  const published = { ...own, scripts: install === undefined ? {} : { install } };
  delete published.devDependencies;
  delete published.overrides;
  published.repository = repositoryOf(process.env);
  published.optionalDependencies = Object.fromEntries(INSTALLED.map((name) => [name, own.version]));
  return published;
}

/** Declarations that can be reached from one. */
function declarationsFrom(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const { importedFiles } = typescript.preProcessFile(readFileSync(file, 'utf8'));
  for (const { fileName } of importedFiles.filter(({ fileName }) => fileName.startsWith('.')))
    declarationsFrom(join(dirname(file), fileName.replace(/\.js$/, '.d.ts')), found);
  return found;
}

/** Whether something of prebuilds/ does; folders of nothing else are left out with what is in them. */
function isWanted(path) {
  if (statSync(path).isFile()) return !ELSEWHERE.includes(path) && !path.endsWith('.gitkeep');
  return readdirSync(path).some((name) => isWanted(join(path, name)));
}

/** Whether a file or folder of the repository belongs into the package. */
function selection() {
  const declarations = declarationsFrom(join(root, 'dist', 'index.d.ts'));
  return (path) => {
    const [top, folder] = relative(root, path).split(sep);
    if (path.endsWith('.d.ts')) return declarations.has(path);
    if (top === 'prebuilds') return isWanted(path);
    if (top !== 'native' || folder === undefined) return !path.endsWith('.gitkeep');
    return COMPILED.includes(folder) && extname(path) !== '.ptx';
  };
}

function withoutComments(code) {
  return transformSync(code, { format: 'esm', target: 'es2022', legalComments: 'none' }).code;
}

/** Writes the main package into a folder and returns the folder. */
export function assembleMain(into) {
  const folder = join(into, 'qmlx');
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const filter = selection();
  for (const path of [...own.files, 'README.md', 'LICENSE']) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(folder, path), { recursive: true, filter });
  }
  const bundle = join('play', 'page', 'app.js');
  for (const path of readdirSync(join(folder, 'dist'), { recursive: true })) {
    if (!path.endsWith('.js') || path === bundle) continue;
    const file = join(folder, 'dist', path);
    writeFileSync(file, withoutComments(readFileSync(file, 'utf8')));
  }
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(publishedManifest(own), null, 2)}\n`,
  );
  return folder;
}
