// `npm run test:install`: the packed package, downloads from a server that misbehaves, and installing with the npm that
// is there. With --all: with every package manager, in every way. The last line is "N passed, N failed".
//   node scripts/test-install.mjs [--all] [--only NAME]...
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchManagers, MODES, tryManager } from '../test/install/managers.mjs';
import { checkPackage } from '../test/install/package.mjs';
import { assemblePackages, startRegistry } from '../test/install/registry.mjs';
import { root, run, status } from './run.mjs';

const { values } = parseArgs({
  options: { all: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const managers =
  values.only ??
  (values.all ? ['npm-11', 'npm-12', 'pnpm-11', 'pnpm-12', 'yarn', 'yarn-pnp', 'bun'] : ['npm']);
const total = { passed: 0, failed: 0 };

function count(name, problem, note = '') {
  if (problem === undefined) total.passed += 1;
  else total.failed += 1;
  console.log(`${problem === undefined ? 'passed' : 'FAILED'}  ${name}${note}`);
  if (problem !== undefined) console.log(problem);
}

function testDownloads() {
  const report = join(root, 'build', 'jest-install.json');
  rmSync(report, { force: true });
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const pattern = [
    '--testMatch',
    `**/test/install/**/*.${values.all ? '{spec,whole}' : 'spec'}.ts`,
  ];
  status(process.execPath, [...flags, jest, '--json', '--outputFile', report, ...pattern], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(report)) return count('downloads', 'jest did not run');
  const result = JSON.parse(readFileSync(report, 'utf8'));
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  console.log(`downloads: ${result.numPassedTests} passed, ${result.numFailedTests} failed`);
}

async function testManagers(work, packages) {
  const modes = values.all || values.only ? MODES : ['normal', 'blocked', 'fetched'];
  if (managers.some((name) => name !== 'npm')) fetchManagers();
  const registry = await startRegistry(work, packages);
  try {
    for (const name of managers) {
      for (const mode of modes) {
        const { offered, seconds, problem } = tryManager(name, mode, { ...registry, work });
        if (offered) count(`${name}, ${mode}`, problem, `: installed in ${seconds.toFixed(1)} s`);
        else console.log(`-       ${name} has nothing for '${mode}'`);
      }
    }
  } finally {
    registry.close();
  }
}

// Whole, it tests the prebuilt files that are published; else what `npm run build` has made.
if (values.all)
  run('npm', ['run', '--silent', 'prebuild', '--', `${process.platform}-${process.arch}`]);
const work = mkdtempSync(join(tmpdir(), 'qmlx-registry-'));
try {
  const packages = await assemblePackages(join(work, 'packages'));
  if (values.only === undefined) {
    for (const { name, problem, note } of checkPackage(packages.main)) count(name, problem, note);
    testDownloads();
  }
  await testManagers(work, packages);
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
