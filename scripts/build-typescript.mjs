// Compiles lib/ to dist/, removes outputs whose source is gone and links the command `qmlx` into
// node_modules/.bin, so that `npx qmlx` inside the repository runs this checkout.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { root, runPackage } from './run.mjs';

const dist = join(root, 'dist');

function removeStale() {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true })) {
    const source = join(root, 'lib', name.replace(/(\.d\.ts|\.js)$/, '.ts'));
    if (/\.(js|d\.ts)$/.test(name) && !existsSync(source)) rmSync(join(dist, name));
  }
}

function linkCommand() {
  const main = join(dist, 'cli', 'main.js');
  if (!existsSync(main)) return;
  chmodSync(main, 0o755);
  const bin = join(root, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'qmlx.cmd'), `@node "%~dp0\\..\\..\\dist\\cli\\main.js" %*\r\n`);
  } else {
    rmSync(join(bin, 'qmlx'), { force: true });
    symlinkSync(relative(bin, main), join(bin, 'qmlx'));
  }
}

if (existsSync(join(root, 'lib'))) {
  runPackage('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
  removeStale();
  linkCommand();
}
