// Fills prebuilds/ with what the published package carries.
//   npm run prebuild [-- TARGET…]     all targets of scripts/prebuild/targets.mjs if none is named
//     --clean    from the beginning
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runPackage } from '../run.mjs';
import { targets } from './targets.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { clean: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !(name in targets));
if (unknown.length > 0) {
  console.error(
    `There is no target ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}.`,
  );
  process.exit(2);
}

const shim = join(root, 'scripts', 'prebuild', 'gyp-shim.mjs');
for (const name of positionals.length > 0 ? positionals : Object.keys(targets)) {
  const { platform, arch, libc } = targets[name];
  // Apart from build/Release, which development uses.
  const folder = join(root, 'build', 'prebuild', name);
  if (values.clean) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const flags = ['--napi', '--name', 'qmlx', '--platform', platform, '--arch', arch];
  if (libc !== undefined) flags.push('--tag-libc', libc, '--libc', libc);
  const env = { ...process.env, QMLX_TARGET: name };
  console.log(`== ${name}`);
  runPackage('prebuildify/bin.js', [...flags, '--cwd', folder, '--out', root, '--node-gyp', shim], {
    env,
  });
}
