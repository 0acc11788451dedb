// Compiles lib/ to dist/, bundles the page of `qmlx play` and removes outputs whose source is gone.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
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

/** The page: one script with the editor in it, and two files as they are. */
function bundlePage() {
  const source = join(root, 'lib', 'play', 'page');
  const target = join(dist, 'play', 'page');
  runPackage('typescript/bin/tsc', ['-p', source]);
  mkdirSync(target, { recursive: true });
  buildSync({
    entryPoints: [join(source, 'app.ts')],
    outfile: join(target, 'app.js'),
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'inline',
    target: 'es2022',
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'style.css'])
    copyFileSync(join(source, file), join(target, file));
}

runPackage('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
bundlePage();
removeStale();
// npm marks commands as executable only once, when it links them.
chmodSync(join(dist, 'cli', 'main.js'), 0o755);
