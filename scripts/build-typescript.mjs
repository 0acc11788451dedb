// Compiles lib/ to dist/, bundles the page of `qmlx play` and removes outputs whose source is gone.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { root, runPackage } from './run.mjs';

const dist = join(root, 'dist');

function removeStale() {
  for (const name of readdirSync(dist, { recursive: true })) {
    const source = join(root, 'lib', name.replace(/(\.d\.ts|\.js)$/, '.ts'));
    if (/\.(js|d\.ts)$/.test(name) && !existsSync(source)) rmSync(join(dist, name));
  }
}

/** The licenses of the packages that files come from, which must go with copies of them. */
function licensesOf(files) {
  const found = files.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const names = [...new Set(found)].filter((name) => name !== undefined).sort();
  return names
    .map((name) => {
      const folder = join(root, 'node_modules', name);
      const license = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      return `${name}\n\n${readFileSync(join(folder, license), 'utf8')}\n`;
    })
    .join('\n');
}

/** The page: one script with the editor in it, and two files as they are. */
function bundlePage() {
  const source = join(root, 'lib', 'play', 'page');
  const target = join(dist, 'play', 'page');
  runPackage('typescript/bin/tsc', ['-p', source]);
  mkdirSync(target, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [join(source, 'app.ts')],
    outfile: join(target, 'app.js'),
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'inline',
    target: 'es2022',
    logLevel: 'warning',
    metafile: true,
  });
  writeFileSync(join(target, 'licenses.txt'), licensesOf(Object.keys(metafile.inputs)));
  for (const file of ['index.html', 'style.css'])
    copyFileSync(join(source, file), join(target, file));
}

runPackage('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
bundlePage();
removeStale();
// npm marks commands as executable only once, when it links them.
chmodSync(join(dist, 'cli', 'main.js'), 0o755);
