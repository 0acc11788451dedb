// Builds build/Release/qmlx.node, and the MLX engine beside it where libmlx can be had, from
// CMakeLists.txt. Node-API headers come from the npm package `node-api-headers` (package.json,
// binary.napi_versions).
//   QMLX_REQUIRE_MLX=1    fails when the MLX engine cannot be built
import { availableParallelism } from 'node:os';
import { missingPrerequisites } from './prerequisites.mjs';
import { runPackage } from './run.mjs';

const missing = missingPrerequisites();
for (const sentence of missing) console.error(sentence);
if (missing.length > 0) process.exit(1);

/** A folder with MLX's headers and library, or '' where there is none. */
async function mlxPrefix() {
  if (process.env.LIBMLX_DIR) return process.env.LIBMLX_DIR;
  if (process.platform !== 'linux') return '';
  try {
    const { fetchLibmlx } = await import('./fetch-libmlx.mjs');
    return await fetchLibmlx();
  } catch (error) {
    if (process.env.QMLX_REQUIRE_MLX === '1') throw error;
    console.error(`Building without the MLX engine: ${error.message}`);
    return '';
  }
}

const settings = [`--CDQMLX_MLX_PREFIX=${await mlxPrefix()}`];
const parallel = String(availableParallelism());
const level = process.env.npm_config_loglevel === 'verbose' ? 'info' : 'warn';
// `configure` first: `build` alone keeps the settings of an older configuration.
for (const command of ['configure', 'build']) {
  const flags = ['--log-level', level, '--parallel', parallel, ...settings];
  runPackage('cmake-js/bin/cmake-js', [command, ...flags]);
}
