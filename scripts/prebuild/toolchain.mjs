// What prebuilt files are compiled, linked and looked at with; downloaded once, by hash.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, root, run } from '../run.mjs';
import { unpackWheels } from '../wheels.mjs';

const tools = join(root, 'build', 'tools');

const manylinux = 'manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64'.split('.')[0];
const zigWheels = {
  '0.17.1': 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
  // The last one with a stub of macOS 14's system library; newer stubs are refused by ld64.lld.
  '0.13.0': '3ce0c9f16547e5d61b32e0d226926e9a2552ef4b91fccf7ab5ea1a623a77824b',
};

function zigFolder(version) {
  const folder = join(tools, `zig-${version}`);
  const wheel = { name: 'ziglang', version, sha256: zigWheels[version], platform: manylinux };
  return join(unpackWheels(folder, [wheel]), 'ziglang');
}

/** Path of the compiler. */
export function zig() {
  const path = join(zigFolder('0.17.1'), 'zig');
  chmodSync(path, 0o755);
  return path;
}

/** Path of the linker for macOS. */
export function ld64() {
  const found = ['ld64.lld-22', 'ld64.lld'].map((name) => output('which', [name])?.trim());
  const path = found.find((name) => name !== undefined);
  if (path === undefined) {
    throw new Error('ld64.lld is missing: install Debian’s package lld-22, or LLVM’s lld 22.');
  }
  return path;
}

/** What lief reads of binary files: one object a file (inspect.py). */
export function inspect(files) {
  const folder = join(tools, 'lief-1.0.0');
  if (!existsSync(join(folder, 'lief'))) {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    run('python3', [...pip, '--target', folder, 'lief==1.0.0']);
  }
  const env = { ...process.env, PYTHONPATH: folder };
  const script = join(root, 'scripts', 'prebuild', 'inspect.py');
  const text = output('python3', [script, ...files], { env, maxBuffer: 2 ** 28 });
  if (text === undefined) throw new Error(`Cannot read ${files.join(', ')}.`);
  return JSON.parse(text);
}

/**
 * Names of the C++ runtime that older systems are known to have, besides those that libmlx itself
 * imports: programs for the systems named import them. `node scripts/prebuild/witnesses.mjs` looks.
 */
export const witnessed = JSON.parse(
  readFileSync(join(root, 'scripts', 'prebuild', 'libcxx-witnesses.json'), 'utf8'),
);

/** Names of macOS' C++ runtime that files for macOS may import. */
export function libcxxNames(libmlx) {
  const [{ imports }] = inspect([libmlx]);
  const names = imports['/usr/lib/libc++.1.dylib'];
  return [...new Set([...names, ...witnessed.flatMap((witness) => witness.names)])].sort();
}

/** Path of the stub of macOS 14's system library. */
export function systemStub() {
  return join(zigFolder('0.13.0'), 'lib', 'libc', 'darwin', 'libSystem.tbd');
}

/** A folder with the stubs that files for macOS are linked with. */
export function macosStubs(libmlx) {
  const folder = join(tools, 'macos-stubs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'libSystem.tbd'), readFileSync(systemStub()));
  const lines = [
    '--- !tapi-tbd',
    'tbd-version: 4',
    'targets: [ arm64-macos, x86_64-macos ]',
    "install-name: '/usr/lib/libc++.1.dylib'",
    'exports:',
    '  - targets: [ arm64-macos, x86_64-macos ]',
    `    symbols: [ ${libcxxNames(libmlx).join(', ')} ]`,
    '...',
    '',
  ];
  writeFileSync(join(folder, 'libcxx.tbd'), lines.join('\n'));
  return folder;
}
