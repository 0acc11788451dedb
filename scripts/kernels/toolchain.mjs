// The CUDA compiler, from wheels of pinned hashes. It runs without a GPU.
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';
import { unpackWheels } from '../wheels.mjs';

export const cudaVersion = '13.0.88';

const platform = 'manylinux2014_x86_64';
const wheels = [
  {
    name: 'nvidia-cuda-nvcc',
    version: cudaVersion,
    sha256: '56fe502eb77625a12f25172caa3cdddb4e4c8ba2c8c17dba44b164761b380f03',
  },
  {
    name: 'nvidia-nvvm',
    version: cudaVersion,
    sha256: 'c5f41ffeb6466944a026dfa5317d7d85355c119bbec279205d22f1869d1054e0',
    platform: 'manylinux2010_x86_64',
  },
  {
    name: 'nvidia-cuda-crt',
    version: cudaVersion,
    sha256: '2c8043c7c9e02492716426e9919fc78d2c5b3b2a7a768a88e952676b08aa55a4',
  },
  {
    name: 'nvidia-cuda-runtime',
    version: '13.0.96',
    sha256: '7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548',
  },
];

/** Path of a CUDA tool (nvcc, ptxas, fatbinary); downloads the toolchain on first use. */
export function cudaTool(name) {
  const folder = join(root, 'build', 'tools', `cuda-${cudaVersion}`);
  unpackWheels(
    folder,
    wheels.map((wheel) => ({ platform, ...wheel })),
  );
  const cuda = join(folder, 'nvidia', 'cu13');
  for (const bin of [join(cuda, 'bin'), join(cuda, 'nvvm', 'bin')]) {
    if (!existsSync(bin)) continue;
    for (const file of readdirSync(bin, { withFileTypes: true })) {
      if (file.isFile()) chmodSync(join(bin, file.name), 0o755);
    }
  }
  return join(cuda, 'bin', name);
}
