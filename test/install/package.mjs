// The tarball that is published: what is in it, how large it is, and what tools that read packages say of it.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_BYTES } from '../../scripts/packages/main.mjs';
import { root } from '../../scripts/run.mjs';
import { must } from './registry.mjs';

/** The paths that may be in it, as patterns; every other is a mistake. */
const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|libmlx\.json|CMakeLists\.txt)$/,
  /^scripts\/install\.mjs$/,
  /^dist\/.+\.(js|d\.ts)$/,
  /^dist\/play\/page\/(index\.html|style\.css|licenses\.txt)$/,
  /^native\/.+\.(cpp|h|def|ptx|fatbin)$/,
  /^prebuilds\/[a-z0-9]+-[a-z0-9]+\/(qmlx(\.[a-z]+)?\.node|libqmlx_mlx\.(so|dylib))$/,
];

function attempt(name, check) {
  try {
    return { name, note: check() };
  } catch (error) {
    return { name, problem: error.message };
  }
}

/** How long it takes; Linux asks for nothing. */
function timeInstallScript(folder) {
  const env = { PATH: process.env.PATH, LIBMLX_CACHE: join(folder, 'cache') };
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    must(process.execPath, [join(folder, 'scripts', 'install.mjs')], { env });
    return performance.now() - start;
  });
  return `: ${Math.round(times.sort((a, b) => a - b)[2])} ms`;
}

/** Checks the package in a folder, packed; a name and what is wrong for each. */
export function checkPackage(folder) {
  const work = mkdtempSync(join(tmpdir(), 'qmlx-pack-'));
  try {
    const flags = ['--json', '--ignore-scripts', '--pack-destination', work];
    const [packed] = JSON.parse(must('npm', ['pack', folder, ...flags], { cwd: work }));
    const tarball = join(work, packed.filename);
    const paths = packed.files.map(({ path }) => path);
    const tool = (script, args) =>
      must(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: work });
    return [
      attempt('install script with nothing to do', () => timeInstallScript(folder)),
      attempt('tarball: content', () => {
        const wrong = paths.filter((path) => !ALLOWED.some((pattern) => pattern.test(path)));
        if (wrong.length > 0) throw new Error(`These are in the tarball: ${wrong.join(', ')}`);
        return `: ${paths.length} files`;
      }),
      attempt('tarball: no binding.gyp', () => {
        const { gypfile } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        if (gypfile !== false || paths.some((path) => path.endsWith('.gyp')))
          throw new Error('gyp');
      }),
      attempt('tarball: at most 3 MB', () => {
        const { size } = statSync(tarball);
        if (size > MOST_BYTES) throw new Error(`It has ${size} bytes.`);
        return `: ${size} bytes`;
      }),
      attempt('publint', () => void tool('publint/src/cli.js', ['run', tarball, '--strict'])),
      attempt(
        'attw',
        () => void tool('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only']),
      ),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
