// Everything a checkout needs to run: the native addon and the compiled TypeScript.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

// The first `npx qmlx` links this checkout into npm's cache and asks for `prepare` once more.
const linkedByNpx = process.env.npm_command === 'exec';
if (!linkedByNpx || !existsSync(join(root, 'dist', 'cli', 'main.js'))) {
  await import('./build-typescript.mjs');
  await import('./build-addon.mjs');
}
