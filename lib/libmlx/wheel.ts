// The official wheel, fetched by the user's pip: it knows the index, proxies and certificates.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuantumError } from '../errors.js';
import { damaged } from './entry-guard.js';
import { extractZip } from './extract.js';
import type { PinnedWheel } from './manifest.js';
import { lastLines, runProgram } from './program.js';
import { describeLibraries, digestOf } from './publish.js';
import type { Content, FetchWork } from './content.js';

const PROGRAMS = process.platform === 'win32' ? ['python', 'python3'] : ['python3', 'python'];

function pipArguments(
  { platform }: PinnedWheel,
  requirements: string,
  folder: string,
): readonly string[] {
  const quiet = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-input'];
  const only = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--platform', platform];
  return [...quiet, ...only, '--dest', folder, '-r', requirements];
}

async function downloadWheel(
  wheel: PinnedWheel,
  version: string,
  { folder, signal }: FetchWork,
): Promise<string> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.package}==${version} --hash=sha256:${wheel.sha256}\n`);
  for (const program of PROGRAMS) {
    const ended = await runProgram(program, pipArguments(wheel, requirements, folder), signal);
    if (!ended.started) continue;
    if (ended.code === 0) return join(folder, wheel.file);
    throw new QuantumError(
      'ERR_DOWNLOAD',
      `pip could not download ${wheel.package} ${version}: ${lastLines(ended)}\nCheck the network, or fetch an archive: npx qmlx download --source archive`,
      { source: 'pip' },
    );
  }
  const message =
    'The official wheel is fetched with pip, and there is no Python 3 here. Install it, or fetch an archive: npx qmlx download --source archive';
  throw new QuantumError('ERR_DOWNLOAD', message, { source: 'pip' });
}

/** Fetches a wheel and unpacks it. */
export async function fetchWheel(
  wheel: PinnedWheel,
  version: string,
  work: FetchWork,
): Promise<Content> {
  work.report({ phase: 'download', done: 0, total: wheel.bytes });
  const file = await downloadWheel(wheel, version, work);
  const sha256 = await digestOf(file);
  if (sha256 !== wheel.sha256)
    throw damaged(file, `has the digest ${sha256}, not ${wheel.sha256}.`);
  work.report({ phase: 'unpack', done: 0, total: wheel.unpackedBytes });
  const folder = join(work.folder, 'content');
  await mkdir(folder);
  await extractZip({ file, folder, mostBytes: wheel.unpackedBytes, signal: work.signal });
  const files = await describeLibraries(folder, 'mlx');
  const differs = wheel.files.find(
    (pinned) =>
      !files.some(({ path, sha256: found }) => path === pinned.path && found === pinned.sha256),
  );
  if (differs !== undefined)
    throw damaged(file, `has been unpacked to another ${differs.path} than is pinned.`);
  return { folder, prefix: 'mlx', sha256, trust: 'pinned', files };
}
