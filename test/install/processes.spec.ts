// Several processes that fetch at once, processes that are killed, and caches that are full, read-only or not what they
// seem. Processes run the command line of the built package.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { MARKER, readEntry } from '../../lib/libmlx/cache.js';
import { ArchiveServer, firstOf } from './archive-server.js';
import { archiveOf, noise, standIn } from './stand-in.js';
import { ARCHIVE, isLink, Workplace } from './workplace.js';

const triple = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
const hostArchive = `v0.32.4/mlx-${triple}.tar.gz`;
const entryName = `libmlx-0.32.4-${triple}`;
const main = join(process.cwd(), 'dist', 'cli', 'main.js');

/** Large enough, and of enough files, that unpacking it takes a while. */
const large = archiveOf({
  'lib/libmlx.so': noise(4_000_000),
  ...Object.fromEntries(
    Array.from({ length: 300 }, (_, k) => [`include/${k}.h`, noise(2000, `${k}`)]),
  ),
});
const PIECES = 20;

let server: ArchiveServer;
let place: Workplace;
let sent = 0;

beforeAll(async () => {
  server = await ArchiveServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  server.serve(ARCHIVE, standIn());
  server.serve(hostArchive, large);
  place = new Workplace(server.url);
});
afterEach(() => place.remove());

/** Sends the archive in pieces, with pauses. */
function slowly(pause: number): void {
  server.fault = ({ path, range }, response) => {
    if (path !== hostArchive) return false;
    void (async (): Promise<void> => {
      const first = firstOf(range);
      const place = { 'content-range': `bytes ${first}-${large.content.length - 1}/*` };
      response.writeHead(first > 0 ? 206 : 200, {
        'content-length': large.content.length - first,
        ...(first > 0 ? place : {}),
      });
      const step = Math.ceil(large.content.length / PIECES);
      for (let at = first; at < large.content.length && !response.destroyed; at += step) {
        response.write(large.content.subarray(at, at + step));
        sent = Math.ceil((at + step) / step);
        await wait(pause);
      }
      response.end();
    })();
    return true;
  };
}

function start(more: Readonly<Record<string, string>> = {}): ChildProcess & { said: () => string } {
  const env = { ...process.env, ...place.environment(more), LIBMLX_DIR: '' };
  const child = spawn(process.execPath, [main, 'download', '--source', 'archive'], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (text += String(chunk)));
  return Object.assign(child, { said: () => text });
}

async function codeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

describe('processes', () => {
  it('of 32 that fetch at once, one downloads, and all have it', async () => {
    slowly(20);
    const children = Array.from({ length: 32 }, () => start());
    const codes = await Promise.all(children.map(codeOf));
    expect(codes).toEqual(codes.map(() => 0));
    expect(server.downloads).toHaveLength(1);
    const fetched = children.filter((child) => child.said().includes('was fetched'));
    expect(fetched).toHaveLength(1);
    place.expectOrder({ entries: 1 });
  });

  it('that are killed at 50 points leave nothing half, and the next one goes on', async () => {
    slowly(2);
    let killed = 0;
    for (let k = 0; k < 50; k++) {
      const [limit, later] = k < 25 ? [Math.floor((k * PIECES) / 25), 0] : [PIECES, (k - 25) * 8];
      sent = 0;
      const child = start();
      while (child.exitCode === null && (sent < limit || sent === 0)) await wait(1);
      await wait(later);
      child.kill('SIGKILL');
      await codeOf(child);
      if (child.signalCode === 'SIGKILL') killed += 1;
      const entry = join(place.cache, entryName);
      if (!existsSync(entry)) continue;
      expect(readEntry(entry)).toBeDefined();
      expect(readFileSync(join(entry, 'include', '299.h'))).toEqual(noise(2000, '299'));
      rmSync(entry, { recursive: true });
    }
    expect(killed).toBeGreaterThan(25);
    expect(await codeOf(start())).toBe(0);
    place.expectOrder({ entries: 1 });
  });
});

/** Runs a system command; false where that is not allowed. */
const allowed = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args).status === 0;

function canMount(): boolean {
  const probe = new Workplace('');
  const mounted = allowed('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe.folder);
  if (mounted) spawnSync('umount', [probe.folder]);
  probe.remove();
  return mounted;
}

// Mounting a small file system takes a privilege that not every machine gives.
(canMount() ? describe : describe.skip)('a cache of 1 MiB', () => {
  beforeEach(() => {
    mkdirSync(place.cache);
    expect(allowed('mount', '-t', 'tmpfs', '-o', 'size=1m,mode=755', 'tmpfs', place.cache)).toBe(
      true,
    );
  });
  afterEach(() => void allowed('umount', place.cache));

  it('is refused before anything is written if it is known to be too small', async () => {
    server.serve(ARCHIVE, standIn(900_000));
    expect((await place.failure()).message).toMatch(/bytes free in/);
    place.expectOrder({ entries: 0 });
  });

  it('fills up while something is downloaded, and is empty afterwards', async () => {
    const { content } = standIn(2_000_000);
    server.fault = ({ path }, response) =>
      path.endsWith('.gz') && Boolean(response.writeHead(200).end(content));
    const { code, message } = await place.failure();
    expect([code, message]).toEqual(['ERR_DOWNLOAD', expect.stringContaining('ENOSPC')]);
    place.expectOrder({ entries: 0 });
  });

  it('fills up while something is unpacked, and is empty afterwards', async () => {
    server.serve(ARCHIVE, archiveOf({ 'lib/libmlx.so': Buffer.alloc(3_000_000) }));
    const { code, message } = await place.failure();
    expect([code, message]).toEqual(['ERR_DOWNLOAD', expect.stringContaining('ENOSPC')]);
    place.expectOrder({ entries: 0, parts: 1 });
  });

  it('that is read-only cannot be filled, and can be used', async () => {
    server.serve(ARCHIVE, standIn(20_000));
    const { library } = await place.ensure();
    expect(allowed('mount', '-o', 'remount,ro', place.cache)).toBe(true);
    expect((await place.ensure()).library).toBe(library);
    const { code, message } = await place.failure({}, { force: true });
    expect([code, message]).toEqual(['ERR_DOWNLOAD', expect.stringContaining('LIBMLX_CACHE')]);
    expect(allowed('mount', '-o', 'remount,rw', place.cache)).toBe(true);
  });
});

describe('caches that are not what they seem', () => {
  it('a link to a folder of the user is followed', async () => {
    mkdirSync(join(place.folder, 'elsewhere'));
    symlinkSync(join(place.folder, 'elsewhere'), place.cache);
    expect((await place.ensure()).fetched).toBe(true);
    expect(isLink(place.cache)).toBe(true);
    place.expectOrder({ entries: 1 });
  });

  it('a file, or a folder that everybody can write, is refused', async () => {
    writeFileSync(place.cache, '');
    expect((await place.failure()).message).toMatch(/is not a folder/);
    rmSync(place.cache);
    mkdirSync(place.cache);
    chmodSync(place.cache, 0o777);
    expect((await place.failure()).message).toMatch(/written by everybody/);
    expect(server.asked).toHaveLength(0);
  });

  it('entries of other programs stay as they are, and are not used', async () => {
    const foreign = join(place.cache, 'libmlx-0.32.4-x86_64-linux-gnu');
    mkdirSync(join(foreign, 'lib'), { recursive: true });
    writeFileSync(join(foreign, 'lib', 'libmlx.so'), 'foreign');
    const { library } = await place.ensure();
    expect(library.startsWith(`${foreign}-qmlx`)).toBe(true);
    expect(readFileSync(join(foreign, 'lib', 'libmlx.so'), 'utf8')).toBe('foreign');
    expect((await place.ensure()).library).toBe(library);
  });

  it.each(['to a folder', 'to nothing'])(
    'a link %s in the place of an entry is left alone',
    async (kind) => {
      const target = join(place.folder, 'target');
      if (kind === 'to a folder') {
        mkdirSync(target);
        writeFileSync(join(target, MARKER), '{}');
      }
      mkdirSync(place.cache);
      const link = join(place.cache, 'libmlx-0.32.4-x86_64-linux-gnu');
      symlinkSync(target, link);
      const { library } = await place.ensure();
      expect(library.startsWith(`${link}-qmlx`)).toBe(true);
      expect([isLink(link), existsSync(join(target, 'lib'))]).toEqual([true, false]);
    },
  );
});
