// Builds and runs the C++ tests with ctest; prints "N passed, N failed" over all test cases.
// With a list of sanitizers (`address,undefined`, `thread`) it uses a build of its own.
//   --arm64    those of the CPU engine for arm64, under qemu-aarch64 (Debian: g++-12-aarch64-linux-gnu, qemu-user)
import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';

function configure(folder, settings) {
  mkdirSync(folder, { recursive: true });
  const release = ['-DCMAKE_BUILD_TYPE=Release', ...settings];
  run('cmake', ['-S', root, '-B', folder, ...release], { stdio: ['ignore', 'ignore', 'inherit'] });
}

const arm64Settings = [
  `-DCMAKE_TOOLCHAIN_FILE=${join(root, 'scripts', 'prebuild', 'gnu.cmake')}`,
  '-DQMLX_COMPILER=aarch64-linux-gnu-g++-12',
  '-DCMAKE_CROSSCOMPILING_EMULATOR=qemu-aarch64;-L;/usr/aarch64-linux-gnu',
];

/** Counts of the test cases; a program that ends without its summary line counts as one failure. */
function count(log) {
  const total = { passed: 0, failed: 0 };
  for (const [, passed, failed] of log.matchAll(/^(?:\d+: )?(\d+) passed, (\d+) failed$/gm)) {
    total.passed += Number(passed);
    total.failed += Number(failed);
  }
  return total;
}

/** Names of the test programs that match. */
function programs(pattern) {
  return readdirSync(join(root, 'test', 'native'))
    .filter((file) => file.endsWith('.cpp') && pattern.test(file.slice(0, -4)))
    .map((file) => `native_${file.slice(0, -4)}`);
}

function build(folder, names) {
  const targets = names.flatMap((name) => ['--target', name]);
  run('cmake', ['--build', folder, ...targets, '--parallel', String(availableParallelism())]);
}

/** Builds the test programs whose name matches; gives their paths from the root. */
export function testPrograms(pattern) {
  const names = programs(pattern);
  build(join(root, 'build'), names);
  return names.map((name) => join('build', name));
}

/** Runs the tests whose name matches in a folder where they are built; returns the counts. */
function runTests(folder, pattern) {
  const result = spawnSync('ctest', ['-V', '--timeout', '600', '-R', pattern], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const total = count(result.stdout);
  if (result.status !== 0) {
    process.stdout.write(result.stdout);
    total.failed = Math.max(total.failed, 1);
  }
  return total;
}

/** The CPU engine's tests, NEON against the portable vectors among them. */
function testArm64() {
  const folder = join(root, 'build', 'arm64');
  configure(folder, arm64Settings);
  build(folder, programs(/^cpu_/));
  return runTests(folder, '^cpu_');
}

/** Builds and runs the native tests; returns the counts. */
export function testNative(sanitizers) {
  const folder = sanitizers
    ? join(root, 'build', `sanitize-${sanitizers.replace(',', '-')}`)
    : join(root, 'build');
  if (sanitizers) configure(folder, [`-DQMLX_SANITIZE=${sanitizers}`]);
  build(folder, ['native_tests']);
  return runTests(folder, '.');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const arm64 = process.argv[2] === '--arm64';
  const { passed, failed } = arm64 ? testArm64() : testNative(process.argv[2] ?? '');
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
