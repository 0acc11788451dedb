// Writes what follows from native/kernels: the table of kernels and their C++ entry points
// (kernels.gen.h, kernels_host.gen.h) and the Metal text (kernels_metal.gen.h). PTX has a script of
// its own (ptx.mjs), since it needs a compiler.
//   node scripts/kernels/generate.mjs            regenerates
//   node scripts/kernels/generate.mjs --check    exits 1 with a sentence when a file is out of date
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../run.mjs';
import { toHost, toMetalBody } from './entries.mjs';
import { metalPiece } from './metal-text.mjs';
import { headersOf, kernelFolder, readKernels } from './table.mjs';

const notice = '// Generated from kernels.def by scripts/kernels/generate.mjs.\n#pragma once\n';

function toTable(rows) {
  const names = rows.map((row) => `  ${row.name},`).join('\n');
  const quote = (list) => `"${list.map(({ name }) => name).join(' ')}"`;
  const entries = rows.map(
    (row) =>
      `    {"${row.name}", ${row.threads}, ${quote(row.inputs)}, ${quote(row.outputs)}, ` +
      `"${row.scalars.map(({ kind }) => kind[0]).join('')}"},`,
  );
  return `${notice}
namespace qmlx::kernels {

enum class KernelName : unsigned char {
${names}
};

struct KernelRow {
  const char* name;
  unsigned threads;  // of a group, at most
  const char* inputs;
  const char* outputs;
  const char* scalars;  // w: 32-bit word, i: 64-bit index, f: float
};

inline constexpr KernelRow kKernels[] = {
${entries.join('\n')}
};

}  // namespace qmlx::kernels
`;
}

function toHostHeader(rows) {
  const headers = [...new Set(rows.map((row) => row.header))].sort();
  return `${notice}
${headers.map((header) => `#include "kernels/${header}"`).join('\n')}

namespace qmlx::kernels {

using HostKernel = void (*)(const Grid& grid, void* memory, void* const* buffers,
                            const Word* scalars);

${rows.map(toHost).join('\n')}
inline constexpr HostKernel kHostKernels[] = {
${rows.map((row) => `    run_${row.name},`).join('\n')}
};

inline constexpr unsigned kSharedBytes[] = {
${rows.map((row) => `    ${row.shared === '' ? '0' : `sizeof(${row.shared})`},`).join('\n')}
};

}  // namespace qmlx::kernels
`;
}

function toMetalHeader(rows) {
  const pieces = [...new Set(rows.flatMap((row) => headersOf(row.header)))];
  const constant = (header) => `kMetal_${header.replace('.h', '')}`;
  const raw = (text) => `R"metal(${text})metal"`;
  const texts = pieces.map(
    (header) => `inline constexpr const char* ${constant(header)} = ${raw(metalPiece(header))};\n`,
  );
  const kernels = rows.map(
    (row) =>
      `    {{${headersOf(row.header).map(constant).join(', ')}},\n     ${raw(toMetalBody(row))}},`,
  );
  return `${notice}
namespace qmlx::kernels {

${texts.join('\n')}
struct MetalKernel {
  const char* pieces[8];  // of the text in front of the kernel; null where there are fewer
  const char* body;
};

inline constexpr MetalKernel kMetalKernels[] = {
${kernels.join('\n')}
};

}  // namespace qmlx::kernels
`;
}

function main() {
  const rows = readKernels();
  const files = [
    ['kernels.gen.h', toTable(rows)],
    ['kernels_host.gen.h', toHostHeader(rows)],
    ['kernels_metal.gen.h', toMetalHeader(rows)],
  ];
  const stale = [];
  for (const [name, text] of files) {
    const file = join(kernelFolder, name);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (process.argv.includes('--check')) stale.push(relative(root, file));
    else writeFileSync(file, text);
  }
  if (stale.length === 0) return;
  console.error(
    `${stale.join(', ')} out of date: run node scripts/kernels/generate.mjs and commit.`,
  );
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main();
