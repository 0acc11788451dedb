// Looks at what prebuilds/ holds without running it: systems, libraries, names, signatures (rules.mjs).
//   npm run check:prebuilds [-- TARGET…]    every target that is there if none is named
//     --rebuild    builds the targets again and compares the bytes
//     --all-wheels    compares engines with the wheels for newer macOS, too (120 MB of downloads)
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchLibmlx } from '../fetch-libmlx.mjs';
import { root, run } from '../run.mjs';
import { problemsOf } from './rules.mjs';
import { addonFile, darwinWheel, engineFile, newerDarwinWheels, targets } from './targets.mjs';
import { inspect, libcxxNames, systemStub } from './toolchain.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rebuild: { type: 'boolean' }, 'all-wheels': { type: 'boolean' } },
});

/** The files of a target, relative to the package. */
function filesOf({ platform, arch, engine, ...target }) {
  const folder = join('prebuilds', `${platform}-${arch}`);
  const files = [{ part: 'addon', file: join(folder, addonFile(target)) }];
  if (engine) files.push({ part: 'engine', file: join(folder, engineFile(platform)) });
  return files;
}

/** What the rules compare with. */
async function namesFor({ platform, triple, engine }) {
  const names = {};
  if (platform === 'darwin') {
    const prefix = await fetchLibmlx(darwinWheel);
    names.libcxx = new Set(libcxxNames(join(prefix, 'lib', 'libmlx.dylib')));
    names.libSystem = new Set(readFileSync(systemStub(), 'utf8').match(/[\w$.]+/g));
    names.minimum = /macos\.([\d.]+)/.exec(triple)[1];
  }
  if (engine) {
    const suffix = platform === 'darwin' ? 'dylib' : 'so';
    const newer = platform === 'darwin' && values['all-wheels'] ? newerDarwinWheels : [];
    const files = [];
    for (const wheel of [engine.wheel, ...newer])
      files.push(join(await fetchLibmlx(wheel), 'lib', `libmlx.${suffix}`));
    names.libmlx = inspect(files).map(({ exports }) => new Set(exports));
  }
  return names;
}

const present = Object.keys(targets).filter((name) =>
  existsSync(join(root, filesOf(targets[name])[0].file)),
);
let failed = 0;
let passed = 0;
function report(file, problems) {
  if (problems.length === 0) passed += 1;
  else failed += 1;
  console.log(`${file}: ${problems.length === 0 ? 'as it should be' : problems.join('; ')}`);
}

for (const name of positionals.length > 0 ? positionals : present) {
  const names = await namesFor(targets[name]);
  const files = filesOf(targets[name]);
  const facts = inspect(files.map(({ file }) => join(root, file)));
  files.forEach(({ part, file }, k) => {
    report(file, problemsOf(facts[k], { ...targets[name], ...names, part }));
  });
  if (!values.rebuild) continue;
  const before = files.map(({ file }) => readFileSync(join(root, file)));
  run(process.execPath, [join(root, 'scripts', 'prebuild', 'make.mjs'), name, '--clean']);
  files.forEach(({ file }, k) => {
    const equal = readFileSync(join(root, file)).equals(before[k]);
    report(`${file}, built again`, equal ? [] : ['its bytes differ']);
  });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
