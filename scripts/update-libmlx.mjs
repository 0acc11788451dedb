// Writes libmlx.json for a version of MLX: asks pip for every official wheel, and notes digests, sizes and files.
//   node scripts/update-libmlx.mjs 0.32.4 [--archive FILE]...     also pins release archives that lie here
import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import yauzl from 'yauzl';
import { root, run } from './run.mjs';

const linux = { x64: 'manylinux_2_35_x86_64', arm64: 'manylinux_2_35_aarch64' };
const wheels = {
  'linux-x64-cpu': ['mlx-cpu', linux.x64],
  'linux-x64-cuda13': ['mlx-cuda-13', linux.x64],
  'linux-arm64-cpu': ['mlx-cpu', linux.arm64],
  'linux-arm64-cuda13': ['mlx-cuda-13', linux.arm64],
  'darwin-arm64-metal-14.0': ['mlx-metal', 'macosx_14_0_arm64'],
  'darwin-arm64-metal-15.0': ['mlx-metal', 'macosx_15_0_arm64'],
  // Its tag says 26.0, and its libraries need 26.2.
  'darwin-arm64-metal-26.2': ['mlx-metal', 'macosx_26_0_arm64'],
};

/** Libraries and what they need at run time; headers, CMake files and metadata only count. */
const isNeeded = (path) => /^(mlx\/lib|[^/]+\.libs)\/[^/]+$/.test(path);

async function digest(stream) {
  const hash = createHash('sha256');
  await pipeline(stream, hash);
  return hash.digest('hex');
}

async function describeWheel(file) {
  const zip = await yauzl.openPromise(file);
  const files = [];
  let unpackedBytes = 0;
  let fileCount = 0;
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName;
    if (path.endsWith('/')) continue;
    fileCount += 1;
    unpackedBytes += entry.uncompressedSize;
    if (!isNeeded(path)) continue;
    const sha256 = await digest(await zip.openReadStreamPromise(entry));
    files.push({ path, bytes: entry.uncompressedSize, sha256 });
  }
  const sha256 = await digest(createReadStream(file));
  return {
    file: basename(file),
    bytes: statSync(file).size,
    sha256,
    unpackedBytes,
    fileCount,
    files,
  };
}

async function fetchWheel(name, platform, version) {
  const folder = mkdtempSync(join(tmpdir(), 'libmlx-wheel-'));
  try {
    const flags = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
    const wheel = ['--platform', platform, '--dest', folder, `${name}==${version}`];
    run('python3', ['-m', 'pip', 'download', ...flags, ...wheel]);
    const described = await describeWheel(join(folder, readdirSync(folder)[0]));
    return { package: name, platform, ...described };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { archive: { type: 'string', multiple: true, default: [] } },
});
const path = join(root, 'libmlx.json');
const earlier = JSON.parse(readFileSync(path, 'utf8'));
const version = positionals[0] ?? earlier.version;
const manifest = {
  schema: 2,
  version,
  wheels: {},
  archives: {
    base: 'https://github.com/cocoa-xu/mlx-build/releases/download',
    sha256: version === earlier.version ? { ...earlier.archives?.sha256 } : {},
  },
  sources: { url: `https://github.com/ml-explore/mlx/archive/refs/tags/v${version}.tar.gz` },
};
for (const [key, [name, platform]] of Object.entries(wheels)) {
  manifest.wheels[key] = await fetchWheel(name, platform, version);
  console.log(`${key}: ${manifest.wheels[key].bytes} bytes`);
}
for (const file of values.archive) {
  manifest.archives.sha256[basename(file)] = await digest(createReadStream(file));
}
writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
