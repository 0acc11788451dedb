// Runs tests of the package with prebuilt addons of other systems, in a Node.js for that system. What
// jest needs is not there, so tests are compiled and run by node:test (test-globals.mjs).
//   npm run prebuild:run [-- TARGET…]      all targets below if none is named
//     --tests A,B       only these, such as conformance/behaviour
// Needs qemu-aarch64 (Debian: qemu-user) and libc6-arm64-cross for arm64, and for musl its loader, 1.2.4
// or newer: Debian 13's package musl, for both processors, unpacked into MUSL_PREFIX.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { transformSync } from 'esbuild';
import { root, status } from '../run.mjs';
import { addonFile, targets } from './targets.mjs';
import { nodeCommands } from './toolchain.mjs';

const TESTS = [
  'conformance/batches',
  'conformance/behaviour',
  'conformance/decisions',
  'conformance/frozen-vectors',
  'conformance/qasm-grammar',
  'differential/seeded-counts',
];

/** lib/ and test/ as JavaScript, beside prebuilds/, with stand-ins for two packages. */
function stage() {
  const folder = join(root, 'build', 'prebuild', 'tests');
  rmSync(folder, { recursive: true, force: true });
  for (const top of ['lib', 'test']) {
    const entries = readdirSync(join(root, top), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const from = join(entry.parentPath, entry.name);
      const [path, to] = [entry.name, join(folder, relative(root, from))];
      mkdirSync(dirname(to), { recursive: true });
      if (!path.endsWith('.ts')) {
        copyFileSync(from, to);
        continue;
      }
      const { code } = transformSync(readFileSync(from, 'utf8'), {
        loader: 'ts',
        target: 'es2022',
      });
      writeFileSync(to.replace(/\.ts$/, '.js'), code);
    }
  }
  const globals = join(folder, 'node_modules', '@jest', 'globals');
  mkdirSync(globals, { recursive: true });
  writeFileSync(join(globals, 'package.json'), '{ "type": "module", "exports": "./index.mjs" }');
  copyFileSync(join(root, 'scripts', 'prebuild', 'test-globals.mjs'), join(globals, 'index.mjs'));
  copyFileSync(join(root, 'libmlx.json'), join(folder, 'libmlx.json'));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  manifest.exports = './lib/index.js';
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  symlinkSync(join(root, 'prebuilds'), join(folder, 'prebuilds'));
  return folder;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string' } },
});
const tests = values.tests?.split(',') ?? TESTS;
const folder = stage();
let failed = 0;
for (const name of positionals.length > 0 ? positionals : Object.keys(nodeCommands)) {
  const { platform, arch, ...target } = targets[name];
  const addon = join(root, 'prebuilds', `${platform}-${arch}`, addonFile(target));
  if (!existsSync(addon)) throw new Error(`${addon} is missing: npm run prebuild -- ${name}.`);
  const [program, ...args] = nodeCommands[name]();
  for (const test of tests) {
    console.log(`== ${name}: ${test}`);
    const file = join(folder, 'test', `${test}.test.js`);
    const env = { ...process.env, LIBMLX_DIR: '', LIBMLX_CACHE: join(folder, 'empty') };
    // How node-gyp-build is told, where no file of Alpine's is there to see.
    env.LIBC = target.libc;
    const flags = ['--test-reporter=dot', '--test-reporter-destination=stdout'];
    if (status(program, [...args, ...flags, file], { cwd: folder, env }) !== 0) failed += 1;
  }
}
console.log(failed === 0 ? 'all passed' : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
