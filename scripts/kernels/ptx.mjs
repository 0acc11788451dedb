// PTX of every kernel of native/kernels, for CUDA GPUs of compute capability 7.5 and newer.
//   node scripts/kernels/ptx.mjs              writes native/kernels/ptx/NAME.ptx and .fatbin
//   node scripts/kernels/ptx.mjs --check      exits 1 when a file does not belong to its sources
//   node scripts/kernels/ptx.mjs --assemble   also rebuilds each file, compares it, and assembles it
//                                             for every kind of GPU; prints registers and spills
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { root, run } from '../run.mjs';
import { toCuda } from './entries.mjs';
import { headersOf, kernelFolder, readKernels } from './table.mjs';
import { cudaTool, cudaVersion } from './toolchain.mjs';

const folder = join(kernelFolder, 'ptx');
const flags = ['-arch=compute_75', '-O3', '-std=c++17'];
const architectures = ['sm_75', 'sm_80', 'sm_90', 'sm_120'];

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    assemble: { type: 'boolean', default: false },
  },
});

/** Changes with everything that a kernel's PTX is made from. */
function sourceHash(row) {
  const hash = createHash('sha256').update(`${cudaVersion} ${flags.join(' ')}\n${toCuda(row)}`);
  for (const header of headersOf(row.header)) hash.update(readFileSync(join(kernelFolder, header)));
  return hash.digest('hex');
}

/** PTX without comments and blanks: MLX copies and hashes the text for every launch. */
function compact(text) {
  return text
    .replace(/\/\/.*$/gm, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?, ?/g, ',')
    .replace(/\$L__BB\d+_/g, '$$L')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function compile(row, work) {
  const source = join(work, `${row.name}.cu`);
  const target = join(work, `${row.name}.ptx`);
  writeFileSync(source, toCuda(row));
  run(cudaTool('nvcc'), ['-ptx', ...flags, `-I${join(root, 'native')}`, source, '-o', target]);
  return `// sources ${sourceHash(row)}\n${compact(readFileSync(target, 'utf8'))}\n`;
}

/** The PTX as the CUDA driver's compressed container. */
function pack(row, text, work) {
  const source = join(work, `${row.name}.ptx`);
  const target = join(work, `${row.name}.fatbin`);
  writeFileSync(source, text);
  const image = `--image3=kind=ptx,sm=75,file=${row.name}.ptx`;
  run(cudaTool('fatbinary'), ['--create', target, '--compress-mode=size', '-64', image], {
    cwd: work,
  });
  return readFileSync(target);
}

function isCurrent(row) {
  try {
    const text = readFileSync(join(folder, `${row.name}.ptx`), 'utf8');
    return text.startsWith(`// sources ${sourceHash(row)}\n`);
  } catch {
    return false;
  }
}

function assemble(row, work) {
  for (const architecture of architectures) {
    const args = ['-v', `-arch=${architecture}`, join(folder, `${row.name}.ptx`)];
    const result = spawnSync(cudaTool('ptxas'), [...args, '-o', join(work, 'out.cubin')], {
      encoding: 'utf8',
    });
    if (result.status !== 0) throw new Error(`${row.name}, ${architecture}: ${result.stderr}`);
    const used = /Used (\d+) registers/.exec(result.stderr)?.[1];
    const spilled = /(\d+) bytes spill stores/.exec(result.stderr)?.[1];
    console.log(`${row.name} ${architecture}: ${used} registers, ${spilled} bytes spilled`);
  }
}

function checkRebuilt(row, work) {
  const text = compile(row, work);
  const same =
    text === readFileSync(join(folder, `${row.name}.ptx`), 'utf8') &&
    pack(row, text, work).equals(readFileSync(join(folder, `${row.name}.fatbin`)));
  if (!same) throw new Error(`${row.name}: the files differ from what the compiler writes.`);
}

function main(work) {
  for (const row of readKernels()) {
    if (options.check || options.assemble) {
      if (!isCurrent(row)) {
        throw new Error(`PTX of ${row.name} is out of date: run node scripts/kernels/ptx.mjs.`);
      }
      if (options.assemble) {
        checkRebuilt(row, work);
        assemble(row, work);
      }
    } else if (!isCurrent(row)) {
      const text = compile(row, work);
      writeFileSync(join(folder, `${row.name}.fatbin`), pack(row, text, work));
      writeFileSync(join(folder, `${row.name}.ptx`), text);
    }
  }
}

const work = mkdtempSync(join(tmpdir(), 'qmlx-ptx-'));
try {
  mkdirSync(folder, { recursive: true });
  main(work);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
