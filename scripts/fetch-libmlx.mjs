// Fetches the official MLX library for development and CI into the cache, and prints the folder with
// lib/ and include/. Does nothing when it is there already.
//   node scripts/fetch-libmlx.mjs [WHEEL]     linux-x64-cpu, linux-arm64-cpu, linux-x64-cuda13
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheEntry, cacheFolder } from '../dist/libmlx/cache.js';
import { root } from './run.mjs';
import { unpackWheels } from './wheels.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'libmlx.json'), 'utf8'));
const hostWheel = `${process.platform}-${process.arch}-cpu`;

/** Folder with `lib` and `include` of the pinned MLX. */
export function fetchLibmlx(wheelName = hostWheel, cache = cacheFolder()) {
  const wheel = manifest.wheels[wheelName];
  const { version } = manifest;
  if (!wheel) {
    const names = Object.keys(manifest.wheels).join(', ');
    throw new Error(`There is no MLX wheel '${wheelName}' (there are ${names}).`);
  }
  const folder = join(cache, cacheEntry(wheelName, version));
  unpackWheels(folder, [{ ...wheel, version }]);
  return join(folder, 'mlx');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { positionals } = parseArgs({ allowPositionals: true });
  console.log(fetchLibmlx(positionals[0]));
}
