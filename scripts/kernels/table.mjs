// Reads native/kernels/kernels.def.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

export const kernelFolder = join(root, 'native', 'kernels');

const ROW =
  /^KERNEL\((\w+),\s*"([\w.]+)",\s*(\d+),\s*(\d+),\s*"(\w*)",\s*"([^"]*)",\s*"([^"]*)",\s*"([^"]*)"\)$/gm;
const ELEMENTS = { float: 4, uint: 4, uint2: 8, uint4: 16, float2: 8 };
const SCALARS = { word: 1, index: 2, float: 1 };

const list = (text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function buffers(text, kernel) {
  return list(text).map((item) => {
    const [element, name, ...rest] = item.split(/\s+/);
    if (!(element in ELEMENTS) || !name || rest.length > 0) {
      throw new Error(`${kernel}: cannot read the array '${item}'`);
    }
    return { element, name };
  });
}

function scalars(text, kernel) {
  return list(text).map((item) => {
    const [name, kind = 'word'] = item.split(':');
    if (!(kind in SCALARS)) throw new Error(`${kernel}: cannot read the scalar '${item}'`);
    return { name, kind, words: SCALARS[kind] };
  });
}

/** The rows, in order: `{ name, header, threads, groups, shared, inputs, outputs, scalars }`. */
export function readKernels(text = readFileSync(join(kernelFolder, 'kernels.def'), 'utf8')) {
  const source = text.replace(/^#.*$/gm, '').trim();
  const rows = [...source.matchAll(ROW)].map(
    ([, name, header, threads, groups, shared, inputs, outputs, values]) => ({
      name,
      header,
      threads: Number(threads),
      groups: Number(groups),
      shared,
      inputs: buffers(inputs, name),
      outputs: buffers(outputs, name),
      scalars: scalars(values, name),
    }),
  );
  if (source.replace(ROW, '').trim() !== '') {
    throw new Error('kernels.def: there is text that is no row');
  }
  return rows;
}

/** Headers that a header includes and the header itself, each after those it includes. */
export function headersOf(header, seen = []) {
  const text = readFileSync(join(kernelFolder, header), 'utf8');
  for (const [, name] of text.matchAll(/^#include "kernels\/([^"]+)"$/gm)) {
    if (!seen.includes(name)) headersOf(name, seen);
  }
  if (!seen.includes(header)) seen.push(header);
  return seen;
}
