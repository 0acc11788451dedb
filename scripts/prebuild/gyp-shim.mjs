#!/usr/bin/env node
// What prebuildify starts instead of node-gyp, with its arguments, which need no attention: builds
// the target named by QMLX_TARGET with cmake-js, from CMakeLists.txt, into build/ of this folder.
import { copyFileSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fetchLibmlx } from '../fetch-libmlx.mjs';
import { root, run, runPackage } from '../run.mjs';
import { darwinWheel, engineFile, targets } from './targets.mjs';
import { ld64, macosStubs, zig } from './toolchain.mjs';

const target = targets[process.env.QMLX_TARGET];
const { platform, triple, engine } = target;
const folder = join(root, 'scripts', 'prebuild');
// Compiler caches take zig's `c++` for a source file.
delete process.env.CMAKE_CXX_COMPILER_LAUNCHER;
delete process.env.CMAKE_C_COMPILER_LAUNCHER;

function build(out, definitions, ...wanted) {
  const settings = Object.entries(definitions).map(([name, value]) => `--CD${name}=${value}`);
  const flags = ['--directory', root, '--out', out, '--log-level', 'warn'];
  flags.push('--parallel', String(availableParallelism()), '--CDQMLX_TESTS=OFF', ...settings);
  runPackage('cmake-js/bin/cmake-js', ['configure', ...flags]);
  for (const target of wanted)
    runPackage('cmake-js/bin/cmake-js', ['build', ...flags, '--target', target]);
}

const addon = {
  CMAKE_TOOLCHAIN_FILE: join(folder, 'zig.cmake'),
  QMLX_ZIG: zig(),
  QMLX_TRIPLE: triple,
  // Most of the time goes to the headers of the standard library.
  CMAKE_UNITY_BUILD: 'ON',
  CMAKE_UNITY_BUILD_BATCH_SIZE: '0',
};
if (platform === 'darwin') {
  const libmlx = join(await fetchLibmlx(darwinWheel), 'lib', 'libmlx.dylib');
  addon.QMLX_LD64 = ld64();
  addon.QMLX_STUBS = macosStubs(libmlx);
}
if (engine && platform === 'darwin') addon.QMLX_MLX_PREFIX = await fetchLibmlx(engine.wheel);
build(join(process.cwd(), 'build'), addon, 'qmlx', ...(addon.QMLX_MLX_PREFIX ? ['qmlx_mlx'] : []));

if (engine?.compiler) {
  const out = join(process.cwd(), 'engine');
  const definitions = {
    CMAKE_TOOLCHAIN_FILE: join(folder, 'gnu.cmake'),
    QMLX_COMPILER: engine.compiler,
    QMLX_MLX_PREFIX: await fetchLibmlx(engine.wheel),
  };
  build(out, definitions, 'qmlx_mlx');
  const name = engineFile(platform);
  mkdirSync(join(process.cwd(), 'build', 'Release'), { recursive: true });
  const built = join(process.cwd(), 'build', 'Release', name);
  copyFileSync(join(out, 'Release', name), built);
  run(engine.compiler.replace(/g\+\+-\d+$/, 'strip'), ['--strip-unneeded', built]);
}
