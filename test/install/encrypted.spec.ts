// An encrypted server, with a certificate that only those trust who are told to. Which ones are trusted is read when a
// process starts, so that each download is a process.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveServer, startProxy } from './archive-server.js';
import { runProgram } from './real-library.js';
import { standIn } from './stand-in.js';
import { Workplace } from './workplace.js';

const folder = mkdtempSync(join(tmpdir(), 'qmlx-certificate-'));
const certificate = join(folder, 'certificate.pem');
const archive = `v0.32.4/mlx-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu.tar.gz`;
let server: ArchiveServer;
let place: Workplace;

beforeAll(async () => {
  const key = join(folder, 'key.pem');
  const names = ['-subj', '/CN=qmlx', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
      ...names,
    ],
    { stdio: 'ignore' },
  );
  server = await ArchiveServer.start({ key: readFileSync(key), cert: readFileSync(certificate) });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  server.reset();
  server.serve(archive, standIn(1000));
  place = new Workplace(server.url);
});
afterEach(() => place.remove());

const trusting = { NODE_EXTRA_CA_CERTS: certificate };

/** What a process that downloads has to tell. */
function fetchApart(more: Record<string, string>): Promise<unknown> {
  const program = `
    const told = ({ code, message }) => ({ code, message });
    print(await ensureLibmlx({ source: 'archive' }).then(({ fetched }) => ({ fetched }), told));`;
  return runProgram(program, place.environment(more));
}

// Elsewhere another archive is asked for.
const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('is used where its certificate is trusted', async () => {
  expect(await fetchApart(trusting)).toEqual({ fetched: true });
  place.expectOrder({ entries: 1 });
});

onLinux('is refused at once where it is not, with what to do', async () => {
  expect(await fetchApart({})).toEqual({
    code: 'ERR_DOWNLOAD',
    message: expect.stringMatching(/certificate is not trusted.*NODE_EXTRA_CA_CERTS/),
  });
  expect(server.asked).toHaveLength(0);
  place.expectOrder({ entries: 0 });
});

onLinux('is refused under another name than its certificate has', async () => {
  const LIBMLX_MIRROR = server.url.replace('127.0.0.1', 'localhost');
  expect(await fetchApart({ ...trusting, LIBMLX_MIRROR })).toEqual({
    code: 'ERR_DOWNLOAD',
    message: expect.stringMatching(/certificate is not trusted \(.*localhost/),
  });
  expect(server.asked).toHaveLength(0);
});

onLinux('may redirect to itself, and not to a server that is not encrypted', async () => {
  server.serve(`other/${archive}`, standIn(1000));
  let target = '';
  server.fault = ({ path }, response) =>
    !path.startsWith('other/') &&
    Boolean(response.writeHead(302, { location: `${target}/other/${path}` }).end());
  const open = await ArchiveServer.start();
  try {
    open.serve(`other/${archive}`, standIn(1000));
    target = open.url;
    expect(await fetchApart(trusting)).toEqual({
      code: 'ERR_DOWNLOAD',
      message: expect.stringContaining('which is not encrypted'),
    });
    expect(open.asked).toHaveLength(0);
    target = '';
    expect(await fetchApart(trusting)).toEqual({ fetched: true });
  } finally {
    await open.close();
  }
});

onLinux('is reached through a proxy that asks for a password', async () => {
  const proxy = await startProxy('user', 'p@ss word');
  const through = (password: string): Record<string, string> => ({
    ...trusting,
    HTTPS_PROXY: `http://user:${encodeURIComponent(password)}@127.0.0.1:${proxy.port}`,
  });
  try {
    const refused = (await fetchApart(through('wrong'))) as { code: string; message: string };
    expect(refused.code).toBe('ERR_DOWNLOAD');
    expect(refused.message).toMatch(/the proxy wants another user or password \(407\)/);
    expect(refused.message).not.toContain('wrong');
    expect([proxy.passed, server.asked]).toEqual([[], []]);
    expect(await fetchApart(through('p@ss word'))).toEqual({ fetched: true });
    // Nothing but the name of the server is seen.
    expect(new Set(proxy.passed)).toEqual(new Set([new URL(server.url).host]));
  } finally {
    proxy.server.closeAllConnections();
    proxy.server.close();
  }
});
