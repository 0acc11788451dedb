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
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { run } from './run.mjs';

const marker = '.complete';

/** The folder for downloads: `LIBMLX_CACHE`, or `libmlx` in the platform's cache folder. */
export function cacheFolder(environment = process.env, platform = process.platform) {
  if (environment.LIBMLX_CACHE) return environment.LIBMLX_CACHE;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'libmlx');
  if (platform === 'win32' && environment.LOCALAPPDATA) {
    return join(environment.LOCALAPPDATA, 'libmlx');
  }
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'libmlx');
}

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
      run('python3', ['-m', 'zipfile', '-e', join(downloads, file), content]);
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
  run('python3', args);
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
