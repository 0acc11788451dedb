// Compiles lib/ to dist/ and removes outputs whose source is gone.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runPackage } from './run.mjs';

const dist = join(root, 'dist');

function removeStale() {
  for (const name of readdirSync(dist, { recursive: true })) {
    const source = join(root, 'lib', name.replace(/(\.d\.ts|\.js)$/, '.ts'));
    if (/\.(js|d\.ts)$/.test(name) && !existsSync(source)) rmSync(join(dist, name));
  }
}

runPackage('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
removeStale();
// npm marks commands as executable only once, when it links them.
chmodSync(join(dist, 'cli', 'main.js'), 0o755);
