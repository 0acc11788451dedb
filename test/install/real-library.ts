// The real MLX library of the build, as an archive, and circuits in processes that have to find it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { create } from 'tar';
import { searchLibmlx } from '../../lib/libmlx/search.js';
import { digest, type StandIn } from './stand-in.js';

const { candidates } = searchLibmlx({ root: process.cwd() });

/** The library that this build was made with; undefined where there is none. */
export const realLibrary = process.platform === 'linux' ? candidates.at(-1)?.library : undefined;

/** An archive with what its wheel holds. */
export function realArchive(library: string): StandIn {
  const home = join(dirname(library), '..', '..');
  const folder = mkdtempSync(join(tmpdir(), 'qmlx-real-'));
  try {
    const file = join(folder, 'mlx.tar.gz');
    const parts = readdirSync(home).filter((name) => name.endsWith('.libs'));
    // Engines that earlier tests have copied beside it are not part of it.
    const filter = (path: string): boolean => !path.includes('libqmlx');
    create({ cwd: home, file, gzip: { level: 1 }, portable: true, sync: true, filter }, [
      'mlx/lib',
      'mlx/include',
      ...parts,
    ]);
    const content = readFileSync(file);
    return { content, sha256: digest(content) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a program that has imported everything of the built package; gives what it prints, read as JSON. */
export async function runProgram(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<unknown> {
  const entry = pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href;
  const script = `import * as qmlx from ${JSON.stringify(entry)};
    const { circuit, ensureLibmlx, buildEngine, locateLibmlx } = qmlx;
    const bell = (device) => circuit(2, 2).h(0).cx(0, 1).measureAll().run({ device, shots: 100, seed: 1 });
    const print = (value) => console.log(JSON.stringify(value));
    ${program}`;
  const env = { ...process.env, LIBMLX_DIR: '', ...environment };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env });
  let [told, printed] = ['', ''];
  child.stderr.on('data', (chunk) => (told += String(chunk)));
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`status ${status}: ${told}`);
  return JSON.parse(printed);
}
