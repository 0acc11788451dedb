// Archives: releases of the project mlx-build, or one that the user names.

import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { QuantumError } from '../errors.js';
import type { Content, FetchWork } from './content.js';
import { download, downloadText } from './download.js';
import { damaged } from './entry-guard.js';
import { extractTar } from './extract.js';
import { archiveName, entryName, type LibmlxRequest } from './fetch-request.js';
import { openClient, shown, type Patience } from './http.js';
import type { Manifest } from './manifest.js';
import { libraryNames } from './platform.js';
import { describeLibraries, digestOf } from './publish.js';
import type { Integrity, Variables } from './variables.js';

/** What fetching depends on besides the request. */
export interface FetchSettings {
  readonly variables: Variables;
  readonly manifest: Manifest;
  readonly cache: string;
  readonly patience: Patience;
}

/** A file that is there, with its digest and who knew it beforehand. */
interface FetchedFile extends Pick<Content, 'sha256' | 'trust'> {
  readonly file: string;
}

/** Most bytes that an archive may unpack to: libraries of kernels shrink to a quarter. */
function mostUnpacked(bytes: number): number {
  return 256 * 2 ** 20 + 20 * bytes;
}

/** How much more room an unpacked archive needs than the archive. */
const UNPACKED_FACTOR = 4;

/** Refuses to begin what there is no room for. */
export async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const message = `There are ${bavail * bsize} bytes free in ${folder}, and ${bytes} are needed. Make room, or name another folder with LIBMLX_CACHE.`;
  throw new QuantumError('ERR_DOWNLOAD', message, { source: folder });
}

/** Fetches an archive with a built libmlx and unpacks it. */
export async function fetchArchive(
  request: LibmlxRequest,
  settings: FetchSettings,
  work: FetchWork,
): Promise<Content> {
  const { manifest, variables } = settings;
  const name = archiveName(request);
  const base = (variables.mirror?.href ?? manifest.archives.base).replace(/\/$/, '');
  const place = { url: new URL(`${base}/v${request.version}/${name}`), name: entryName(request) };
  const pinned = request.version === manifest.version ? manifest.archives.sha256[name] : undefined;
  const fetched = await fetchFile({ ...place, pinned }, settings, work);
  const folder = await unpack(fetched, work);
  const prefix = await folderWith(
    join('lib', libraryNames(request.system).library),
    folder,
    fetched.file,
  );
  const files = await describeLibraries(folder, prefix);
  return { folder, prefix, sha256: fetched.sha256, trust: fetched.trust, files };
}

/** Unpacks a fetched archive, and removes it unless it is the user's. */
export async function unpack({ file }: FetchedFile, work: FetchWork): Promise<string> {
  const { size } = await stat(file);
  work.report({ phase: 'unpack', done: 0, total: size });
  const folder = join(work.folder, 'content');
  await mkdir(folder);
  await extractTar({ file, folder, mostBytes: mostUnpacked(size), signal: work.signal });
  return folder;
}

/** The folder with a file: the archive's own, or the only one in it. */
export async function folderWith(path: string, folder: string, file: string): Promise<string> {
  const candidates = ['.', ...(await readdir(folder))];
  const prefix = candidates.find((each) => existsSync(join(folder, each, path)));
  if (prefix !== undefined) return prefix;
  throw damaged(file, `has no ${path} in it.`);
}

/** What to fetch, unless the user names a file or a place. */
export interface FetchPlace {
  readonly url: URL;
  /** Of the entry: what has been downloaded is kept under this name. */
  readonly name: string;
  readonly pinned: string | undefined;
}

/** Gets the archive: the user's file, from the user's place, or from the usual one. */
export async function fetchFile(
  place: FetchPlace,
  settings: FetchSettings,
  work: FetchWork,
): Promise<FetchedFile> {
  const { archivePath, archiveUrl, archiveIntegrity } = settings.variables;
  if (archivePath !== undefined) return checkOwnFile(archivePath, archiveIntegrity);
  if (archiveUrl === undefined) return fetchFrom(place, archiveIntegrity, settings, work);
  if (archiveIntegrity === undefined) {
    const message = `MLX_ARCHIVE_URL needs MLX_ARCHIVE_INTEGRITY beside it: sha256= and the digest of the archive, or none.`;
    throw new QuantumError('ERR_INVALID_ARGUMENT', message, {
      argument: 'MLX_ARCHIVE_INTEGRITY',
      received: undefined,
    });
  }
  return fetchFrom(
    { ...place, url: archiveUrl, pinned: undefined },
    archiveIntegrity,
    settings,
    work,
  );
}

async function checkOwnFile(file: string, integrity: Integrity | undefined): Promise<FetchedFile> {
  if (!existsSync(file)) {
    const message = `MLX_ARCHIVE_PATH names ${file}, and there is no such file.`;
    throw new QuantumError('ERR_INVALID_ARGUMENT', message, {
      argument: 'MLX_ARCHIVE_PATH',
      received: file,
    });
  }
  const sha256 = await digestOf(file);
  if (integrity === undefined || integrity === 'none') return { file, sha256, trust: 'none' };
  if (integrity.sha256 === sha256) return { file, sha256, trust: 'given' };
  throw damaged(file, `has the digest ${sha256}, not ${integrity.sha256}.`);
}

async function fetchFrom(
  { url, name, pinned }: FetchPlace,
  integrity: Integrity | undefined,
  { variables, patience, cache }: FetchSettings,
  { signal, report }: FetchWork,
): Promise<FetchedFile> {
  const client = await openClient(variables, patience);
  try {
    const given = integrity === undefined || integrity === 'none' ? undefined : integrity.sha256;
    const beside =
      given ??
      pinned ??
      (integrity === 'none' ? undefined : await digestBeside(url, { client, patience, signal }));
    const part = join(cache, `.part-${name}`);
    const sha256 = await download({
      ...{ url, part, sha256: beside, client, patience, signal },
      report: (done, total) => report({ phase: 'download', done, total }),
      checkSpace: (bytes) => checkSpace(cache, bytes * (1 + UNPACKED_FACTOR)),
    });
    const trust = given ? 'given' : pinned ? 'pinned' : beside ? 'server' : 'none';
    return { file: part, sha256, trust };
  } finally {
    await client.close();
  }
}

async function digestBeside(url: URL, reader: Parameters<typeof downloadText>[1]): Promise<string> {
  const place = new URL(`${shown(url)}.sha256`);
  const digest = /^[0-9a-f]{64}\b/i.exec(await downloadText(place, reader))?.[0];
  if (digest === undefined) throw damaged(shown(place), 'is no digest.');
  return digest.toLowerCase();
}

/** Removes a download that has been unpacked or cannot be. */
export async function forgetDownload(request: LibmlxRequest, cache: string): Promise<void> {
  await rm(join(cache, `.part-${entryName(request)}`), { force: true });
}
