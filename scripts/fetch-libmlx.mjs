// Fetches the official MLX library for development and CI, and prints the folder with lib/ and
// include/. Does nothing when it is in the cache already.
//   node scripts/fetch-libmlx.mjs [--arch x86_64|aarch64]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder, unpackWheels } from './wheels.mjs';

export const mlxVersion = '0.32.4';

const hashes = {
  x86_64: '0e0a24fa2ce8b6b94d2e6a90604e8813aa8e29fcb918bb2aa01cfb6d133d8cee',
  aarch64: '1289e85e64af1fd16380bf331438bfe4afe875d27afc3e0bcf35f427c488fadd',
};
const hostArchitecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';

/** Folder with `lib` and `include` of MLX for Linux processors. */
export function fetchLibmlx(architecture = hostArchitecture) {
  const sha256 = hashes[architecture];
  if (!sha256) throw new Error(`There is no MLX library for '${architecture}' processors.`);
  const folder = join(cacheFolder(), `mlx-cpu-${mlxVersion}-${architecture}-linux-gnu`);
  const platform = `manylinux_2_35_${architecture}`;
  unpackWheels(folder, [{ name: 'mlx-cpu', version: mlxVersion, sha256, platform }]);
  return join(folder, 'mlx');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { arch: { type: 'string', default: hostArchitecture } },
  });
  console.log(fetchLibmlx(values.arch));
}
