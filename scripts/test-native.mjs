// Builds and runs the C++ tests with ctest; prints "N passed, N failed" over all test cases.
// With a list of sanitizers (`address,undefined`, `thread`) it uses a build of its own.
import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';

function configure(folder, sanitizers) {
  mkdirSync(folder, { recursive: true });
  const settings = ['-DCMAKE_BUILD_TYPE=Release', `-DQMLX_SANITIZE=${sanitizers}`];
  run('cmake', ['-S', root, '-B', folder, ...settings], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Counts of the test cases; a program that ends without its summary line counts as one failure. */
function count(log) {
  const total = { passed: 0, failed: 0 };
  for (const [, passed, failed] of log.matchAll(/^(?:\d+: )?(\d+) passed, (\d+) failed$/gm)) {
    total.passed += Number(passed);
    total.failed += Number(failed);
  }
  return total;
}

/** Builds the test programs whose name matches; gives their paths from the root. */
export function testPrograms(pattern) {
  const names = readdirSync(join(root, 'test', 'native'))
    .filter((file) => file.endsWith('.cpp') && pattern.test(file.slice(0, -4)))
    .map((file) => `native_${file.slice(0, -4)}`);
  const targets = names.flatMap((name) => ['--target', name]);
  run('cmake', ['--build', join(root, 'build'), ...targets]);
  return names.map((name) => join('build', name));
}

/** Builds and runs the native tests; returns the counts. */
export function testNative(sanitizers) {
  const folder = sanitizers
    ? join(root, 'build', `sanitize-${sanitizers.replace(',', '-')}`)
    : join(root, 'build');
  if (sanitizers) configure(folder, sanitizers);
  const parallel = String(availableParallelism());
  run('cmake', ['--build', folder, '--target', 'native_tests', '--parallel', parallel]);
  const result = spawnSync('ctest', ['-V', '--timeout', '600'], {
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

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = testNative(process.argv[2] ?? '');
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
