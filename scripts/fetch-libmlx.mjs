// Fetches the official MLX library for development and CI into the cache, and prints the folder with
// lib/ and include/. Does nothing when it is there already. Needs the compiled TypeScript (npm run build:ts).
//   node scripts/fetch-libmlx.mjs [WHEEL]     a name in libmlx.json, such as linux-x64-cuda13
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensure } from '../dist/libmlx/ensure.js';
import { readManifest } from '../dist/libmlx/manifest.js';
import { root } from './run.mjs';

const hostWheel = `${process.platform}-${process.arch}-cpu`;

/** Folder with `lib` and `include` of the pinned MLX, for this system or another one. */
export async function fetchLibmlx(wheelName = hostWheel) {
  const { wheels } = readManifest(root);
  if (!wheels[wheelName]) {
    const names = Object.keys(wheels).join(', ');
    throw new Error(`There is no MLX wheel '${wheelName}' (there are ${names}).`);
  }
  const [platform, arch, variant, target] = wheelName.split('-');
  const environment = { ...process.env, LIBMLX_DIR: '', LIBMLX_SOURCE: 'wheel' };
  if (target) environment.LIBMLX_DEPLOYMENT_TARGET = target;
  // Of a system that runs all of them.
  const host = { platform, arch, release: '25.2', glibc: '2.35' };
  const { library } = await ensure({ variant, source: 'wheel' }, { environment, host });
  return dirname(dirname(library));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { positionals } = parseArgs({ allowPositionals: true });
  console.log(await fetchLibmlx(positionals[0]));
}
