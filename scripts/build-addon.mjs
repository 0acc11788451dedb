// Builds build/Release/qmlx.node from CMakeLists.txt. Node-API headers come from the npm package
// `node-api-headers` (package.json, binary.napi_versions), so nothing is downloaded.
import { availableParallelism } from 'node:os';
import { missingPrerequisites } from './prerequisites.mjs';
import { runPackage } from './run.mjs';

const missing = missingPrerequisites();
for (const sentence of missing) console.error(sentence);
if (missing.length > 0) process.exit(1);

const parallel = String(availableParallelism());
const level = process.env.npm_config_loglevel === 'verbose' ? 'info' : 'warn';
// `configure` first: `build` alone keeps the settings of an older configuration.
for (const command of ['configure', 'build']) {
  runPackage('cmake-js/bin/cmake-js', [command, '--log-level', level, '--parallel', parallel]);
}
