// Licences of what a platform package holds besides our own engine.
import { existsSync, readFileSync } from 'node:fs';

/** By the names of files: the licence, and where a Debian or Ubuntu machine has its text. */
const BUNDLED = [
  {
    pattern: /^lib(blas|lapack)-/,
    license: 'BSD-3-Clause',
    texts: ['/usr/share/doc/liblapack3/copyright'],
    source: 'liblapack3',
  },
  {
    pattern: /^lib(gfortran|quadmath)-/,
    license: 'GPL-3.0-or-later WITH GCC-exception-3.1',
    texts: ['/usr/share/doc/gcc-12-base/copyright', '/usr/share/common-licenses/GPL-3'],
    source: 'gcc-12-base',
  },
];

/** The licence of a library that a wheel bundles. */
export function bundledLicense(file) {
  const known = BUNDLED.find(({ pattern }) => pattern.test(file));
  if (known) return known;
  throw new Error(`The licence of ${file} is not known: add it to scripts/packages/notices.mjs.`);
}

/** One text with all licences: MLX's, then those of bundled libraries. */
export function notices(mlxLicenses, bundled) {
  const parts = mlxLicenses.map((path) => ['MLX', readFileSync(path, 'utf8')]);
  const known = new Set(bundled.map((file) => bundledLicense(file)));
  for (const { license, texts, source, pattern } of known) {
    const files = bundled.filter((file) => pattern.test(file)).join(', ');
    for (const path of texts) {
      if (!existsSync(path)) throw new Error(`${path} is missing: apt-get install ${source}.`);
      parts.push([`${files} (${license})`, readFileSync(path, 'utf8')]);
    }
  }
  return parts.map(([name, text]) => `${name}\n\n${text.trim()}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
