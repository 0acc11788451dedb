// Checks the Metal text of every kernel, with the signature that MLX puts around it, for types and
// address spaces. No compiler for Metal runs on Linux, so clang reads it as OpenCL C++, a language
// with the same address spaces, through a few definitions (metal-shim.h).
//   node scripts/kernels/check-metal.mjs        needs clang 22 (Debian: clang-22)
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from '../run.mjs';
import { metalKernel } from './metal-text.mjs';
import { readKernels } from './table.mjs';

const compiler = process.env.QMLX_CLANG ?? 'clang-22';
const flags = [
  ...['-x', 'clcpp', '-cl-std=clc++2021', '-target', 'spir64', '-fsyntax-only'],
  ...['-Xclang', '-finclude-default-header', '-Werror', '-Wno-unknown-attributes'],
  ...['-include', join(root, 'scripts', 'kernels', 'metal-shim.h')],
];

/** Words of Metal that OpenCL leaves free, so that clang would take them as names. */
const reserved =
  /\b(vertex|fragment|visible|mesh|object_data|ray_data|bfloat|imageblock|sampler)\b/;

/** The compiler's messages; empty if it accepts the text. */
function messages(text, work) {
  const word = reserved.exec(text);
  if (word) return `${word[0]} is a word of Metal and cannot be a name.`;
  const file = join(work, 'kernel.metal');
  // OpenCL has a keyword where Metal has an attribute.
  writeFileSync(file, text.replace('[[kernel]] void', 'kernel void'));
  const { status, stderr, error } = spawnSync(compiler, [...flags, file], { encoding: 'utf8' });
  if (error) throw new Error(`${compiler} cannot be started (${error.message}). Install clang 22.`);
  return status === 0 ? '' : stderr;
}

/** Mistakes that the check must see: without them it proves nothing. */
const mistakes = [
  [/threadgroup WalkMemory memory;/, 'device WalkMemory memory;'],
  [/const device complex64_t\* state/, 'const constant complex64_t* state'],
  [/float_of\(Word bits\) \{/, 'float_of(Word bits) { double wide = 0;'],
  [/popcount\(/, 'popcnt('],
  [/Word member;/, 'Word mesh;'],
];

const work = mkdtempSync(join(tmpdir(), 'qmlx-metal-'));
try {
  const kernels = readKernels();
  for (const row of kernels) {
    const found = messages(metalKernel(row), work);
    if (found !== '') throw new Error(`The Metal text of ${row.name} is refused:\n${found}`);
  }
  const walk = metalKernel(kernels.find(({ name }) => name === 'walk'));
  for (const [right, wrong] of mistakes) {
    const text = walk.replace(right, wrong);
    if (text === walk || messages(text, work) === '') {
      throw new Error(`The check does not see a mistake: ${wrong}`);
    }
  }
  console.log(`Metal text of ${kernels.length} kernels: types and address spaces agree.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
