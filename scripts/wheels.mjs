// Python wheels of pinned hashes, unpacked into a folder once. pip knows the user's index, proxy and
// certificates, so it does the downloading.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { status } from './run.mjs';

/** A file that a folder holds once it is complete. */
const marker = '.complete';

/**
 * Downloads wheels and unpacks them together. The folder appears when it is complete, so that a
 * second process or an interrupted one never sees a part of it.
 * @param {string} folder where the files go
 * @param {{ name: string, version: string, sha256: string, platform?: string }[]} wheels
 */
export function unpackWheels(folder, wheels) {
  if (existsSync(join(folder, marker))) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const downloads = join(work, 'wheels');
    const content = join(work, 'content');
    mkdirSync(downloads);
    mkdirSync(content);
    for (const wheel of wheels) download(wheel, downloads);
    for (const file of readdirSync(downloads)) {
      python(['-m', 'zipfile', '-e', join(downloads, file), content]);
    }
    writeFileSync(join(content, marker), '');
    publish(content, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function download({ name, version, sha256, platform }, folder) {
  const requirements = join(folder, '..', `${name}.txt`);
  writeFileSync(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  args.push('--only-binary=:all:', '--require-hashes', '--dest', folder, '-r', requirements);
  if (platform) args.push('--platform', platform);
  python(args);
}

function python(args) {
  if (status('python3', args) === 0) return;
  throw new Error(`python3 ${args.slice(0, 3).join(' ')} failed.`);
}

/** Another process may have been faster; its folder is as good as ours. */
function publish(content, folder) {
  try {
    renameSync(content, folder);
  } catch (error) {
    if (existsSync(join(folder, marker))) return;
    if (!existsSync(folder)) throw error;
    rmSync(folder, { recursive: true, force: true });
    renameSync(content, folder);
  }
}
