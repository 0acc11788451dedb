// Archives that try to write where they must not, or too much: each is refused, and nothing of it is left.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { existsSync, readdirSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header, Pax, type HeaderData } from 'tar';
import { extractZip } from '../../lib/libmlx/extract.js';
import { ArchiveServer } from './archive-server.js';
import { digest } from './stand-in.js';
import { ARCHIVE, Workplace } from './workplace.js';

let server: ArchiveServer;
let place: Workplace;

beforeAll(async () => {
  server = await ArchiveServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  place = new Workplace(server.url);
});
afterEach(() => place.remove());

/** An entry of a tar archive: what its header says, and its content. */
type Entry = HeaderData & {
  readonly content?: string;
  /** A path that does not fit into a header. */
  readonly long?: string;
};

function block({ content = '', long, ...header }: Entry): Buffer {
  const size = header.size ?? content.length;
  const head = Buffer.alloc(512);
  new Header({ mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), ...header, size }).encode(head, 0);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  const before = long === undefined ? [] : [new Pax({ path: long }).encode()];
  return Buffer.concat([...before, head, body]);
}

function tarOf(entries: readonly Entry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(block), Buffer.alloc(1024)]));
}

const GOOD: Entry = { path: 'lib/libmlx.so', type: 'File', content: 'library' };
const file = (path: string): Entry => ({ path, type: 'File', content: 'evil' });
const link = (path: string, linkpath: string): Entry => ({ path, type: 'SymbolicLink', linkpath });

/** Where an escape would be seen: names are relative to the folder that archives are unpacked into. */
const HOSTILE: Readonly<Record<string, readonly [readonly Entry[], RegExp]>> = {
  'an absolute path': [[GOOD, file('/tmp/qmlx-escaped')], /absolute path/],
  'a path that leads up': [[GOOD, file('../qmlx-escaped')], /leads out/],
  'a path that leads up in its middle': [[GOOD, file('lib/../../qmlx-escaped')], /leads out/],
  'a path with a drive': [[GOOD, file('C:/qmlx-escaped')], /absolute path/],
  'a path with backslashes': [[GOOD, file('..\\qmlx-escaped')], /character/],
  'a path with a control character': [[GOOD, file('lib/a\u0007b')], /character/],
  'a path that is too long': [
    [GOOD, { ...file('x'), long: `lib/${'a/'.repeat(300)}b` }],
    /too long/,
  ],
  'a link to an absolute path': [
    [GOOD, link('lib/a', '/etc/passwd')],
    /links to something outside/,
  ],
  'a link that leads up': [
    [GOOD, link('lib/a', '../../qmlx-escaped')],
    /links to something outside/,
  ],
  'a file below a link': [[GOOD, link('lib/a', '.'), file('lib/a/b')], /below a file or a link/],
  'a file in the place of a link': [[GOOD, link('lib/a', 'b'), file('lib/a')], /twice/],
  'a folder in the place of a link': [
    [GOOD, link('a', 'lib'), { path: 'a', type: 'Directory' }],
    /twice/,
  ],
  'a file below a file': [[GOOD, file('lib/libmlx.so/a')], /below a file or a link/],
  'a file that stands there twice': [[GOOD, { ...GOOD, content: 'another' }], /twice/],
  'names that differ in case': [[GOOD, file('lib/LIBMLX.so')], /twice/],
  'a hard link': [
    [GOOD, { path: 'lib/a', type: 'Link', linkpath: '/etc/passwd' }],
    /neither a file/,
  ],
  'a hard link inside': [
    [GOOD, { path: 'lib/a', type: 'Link', linkpath: 'lib/libmlx.so' }],
    /neither a file/,
  ],
  'a device': [
    [GOOD, { path: 'lib/null', type: 'CharacterDevice', devmaj: 1, devmin: 3 }],
    /neither a file/,
  ],
  'a block device': [
    [GOOD, { path: 'lib/disk', type: 'BlockDevice', devmaj: 8, devmin: 0 }],
    /neither a file/,
  ],
  'a pipe': [[GOOD, { path: 'lib/pipe', type: 'FIFO' }], /neither a file/],
  'a size that is not there': [
    [GOOD, { path: 'lib/b', type: 'File', size: 5000, content: 'short' }],
    /cannot be unpacked/,
  ],
  'a size beyond all bounds': [
    [GOOD, { path: 'lib/b', type: 'File', size: 8 * 2 ** 30 - 1 }],
    /holds more than/,
  ],
  'no library': [[file('lib/other.so')], /has no lib/],
};

it.each(Object.keys(HOSTILE))('refuses an archive with %s', async (name) => {
  const [entries, reason] = HOSTILE[name]!;
  const content = tarOf(entries);
  server.serve(ARCHIVE, { content, sha256: digest(content) });
  const { code, message } = await place.failure();
  expect([code, message]).toEqual(['ERR_INTEGRITY', expect.stringMatching(reason)]);
  place.expectOrder({ entries: 0 });
  expect(existsSync('/tmp/qmlx-escaped')).toBe(false);
  expect(readdirSync(place.folder)).toEqual(['cache']);
});

it('takes the good entry alone', async () => {
  const content = tarOf([GOOD, link('lib/libmlx-link.so', 'libmlx.so')]);
  server.serve(ARCHIVE, { content, sha256: digest(content) });
  expect((await place.ensure()).fetched).toBe(true);
});

it('refuses one that unpacks to more than it may', async () => {
  const zeros = gzipSync(Buffer.alloc(400 * 2 ** 20), { level: 1 });
  server.serve(ARCHIVE, { content: zeros, sha256: digest(zeros) });
  expect((await place.failure()).code).toBe('ERR_INTEGRITY');
  place.expectOrder({ entries: 0 });
});

/** A zip archive without compression; sizes and names as given, true or not. */
function zipOf(
  entries: readonly { path: string; content?: string; mode?: number; claimed?: number }[],
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content = 'x', mode = 0o100644, claimed = content.length } of entries) {
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(claimed, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt32LE(claimed, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    parts.push(local, name, Buffer.from(content));
    directory.push(central, name);
    offset += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

it.each([
  ['a path that leads up', [{ path: '../qmlx-escaped' }]],
  ['an absolute path', [{ path: '/tmp/qmlx-escaped' }]],
  ['a link', [{ path: 'a', content: '/etc/passwd', mode: 0o120777 }]],
  ['a file twice', [{ path: 'mlx/A' }, { path: 'mlx/a' }]],
  ['a file below a file', [{ path: 'a' }, { path: 'a/b' }]],
  ['another size than it says', [{ path: 'a', claimed: 5 }]],
  ['more than it may', [{ path: 'a', content: 'x'.repeat(2000) }]],
  ['a backslash', [{ path: 'a\\..\\b' }]],
] as const)('refuses a wheel with %s', async (_, entries) => {
  const work = mkdtempSync(join(tmpdir(), 'qmlx-zip-'));
  const zip = join(work, 'a.whl');
  writeFileSync(zip, zipOf(entries));
  const extracted = extractZip({ file: zip, folder: join(work, 'content'), mostBytes: 1000 });
  await expect(extracted).rejects.toMatchObject({ code: 'ERR_INTEGRITY' });
  expect(readdirSync(work).filter((name) => !['a.whl', 'content'].includes(name))).toEqual([]);
  rmSync(work, { recursive: true });
});

it('unpacks a wheel that is fine', async () => {
  const work = mkdtempSync(join(tmpdir(), 'qmlx-zip-'));
  writeFileSync(join(work, 'a.whl'), zipOf([{ path: 'mlx/lib/libmlx.so', content: 'library' }]));
  await extractZip({ file: join(work, 'a.whl'), folder: work, mostBytes: 1000 });
  expect(existsSync(join(work, 'mlx', 'lib', 'libmlx.so'))).toBe(true);
  rmSync(work, { recursive: true });
});
