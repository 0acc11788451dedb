// Kernel headers as Metal text: MLX compiles one string, so includes are put in order beforehand,
// and what other languages need is left out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toMetalBody } from './entries.mjs';
import { headersOf, kernelFolder } from './table.mjs';

// A Metal threadgroup has 32 KiB in all, so that tiles are half as large as on other GPUs. MLX puts
// its own text with the standard library in front.
const prologue = '#define QMLX_TILE_BITS 11\nusing namespace metal;\n';

/** Keeps the branch for Metal of an `#if defined(__METAL_VERSION__)`. */
function metalBranches(text) {
  const lines = [];
  let state = 'outside';
  for (const line of text.split('\n')) {
    if (line.startsWith('#if defined(__METAL_VERSION__)')) state = 'kept';
    else if (state !== 'outside' && /^#(elif|else)/.test(line)) state = 'dropped';
    else if (state !== 'outside' && line.startsWith('#endif')) state = 'outside';
    else if (state !== 'dropped') lines.push(line);
  }
  return lines.join('\n');
}

/** One header as a part of the text. */
export function metalPiece(header) {
  const text = readFileSync(join(kernelFolder, header), 'utf8');
  const body = metalBranches(text)
    .replace(/^#(pragma once|include ".*")\n/gm, '')
    .replace(/^ *\/\/.*\n/gm, '')
    .replace(/ +\/\/ .*$/gm, '')
    .replace(/\n{2,}/g, '\n');
  return header === 'dialect.h' ? prologue + body : body;
}

/** The whole text of a kernel with the signature that MLX generates around its body. */
export function metalKernel(row) {
  const header = headersOf(row.header).map(metalPiece).join('');
  const type = { float: 'float', uint: 'uint32_t', uint2: 'uint32_t', uint4: 'uint32_t' };
  const element = (name) => type[name] ?? 'complex64_t';
  let buffer = 0;
  const parameters = [
    ...[...row.inputs, { element: 'uint', name: 'scalars' }].map(
      ({ element: name, name: input }) =>
        `  const device ${element(name)}* ${input} [[buffer(${buffer++})]]`,
    ),
    ...row.outputs.map(
      ({ element: name, name: output }) =>
        `  device ${element(name)}* ${output} [[buffer(${buffer++})]]`,
    ),
    '  uint3 thread_position_in_threadgroup [[thread_position_in_threadgroup]]',
    '  uint3 threadgroup_position_in_grid [[threadgroup_position_in_grid]]',
    '  uint3 threadgroups_per_grid [[threadgroups_per_grid]]',
    '  uint3 threads_per_threadgroup [[threads_per_threadgroup]]',
  ];
  const name = `custom_kernel_qmlx_${row.name}`;
  return `${header}[[kernel]] void ${name}(\n${parameters.join(',\n')}) {\n${toMetalBody(row)}\n}\n`;
}
