// `npm test`: brings the build up to date, then runs every test: jest, ctest, the types and the
// examples of the documentation. The last line is "N passed, N failed".
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testDocumentation } from '../test/docs/run.mjs';
import { root, run, status } from './run.mjs';
import { testNative } from './test-native.mjs';

const node = process.execPath;
const total = { passed: 0, failed: 0 };

function add(name, { passed, failed }) {
  console.log(`${name}: ${passed} passed, ${failed} failed`);
  total.passed += passed;
  total.failed += failed;
}

function testTypeScript(config) {
  const report = join(root, 'build', 'jest.json');
  rmSync(report, { force: true });
  mkdirSync(join(root, 'build'), { recursive: true });
  const flags = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=QmlxWarning',
  ];
  const jest = join('node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--config', config, '--json', '--outputFile', report];
  const code = status(node, [...flags, jest, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function testTypes() {
  const code = status(node, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'test/types']);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

run(node, ['scripts/build.mjs']);
add('types', testTypes());
add('native', testNative(''));
add('documentation examples', await testDocumentation());
add('jest', testTypeScript('jest.config.js'));
add('jest without the addon', testTypeScript('jest.typescript.config.js'));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
