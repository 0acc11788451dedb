// Downloads from a server that misbehaves in every way it can: all is noticed, and no part of anything is ever visible.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PATIENCE } from '../../lib/libmlx/http.js';
import { ArchiveServer, firstOf, send, startProxy } from './archive-server.js';
import { digest, noise, standIn } from './stand-in.js';
import { ARCHIVE, Workplace } from './workplace.js';

const SEED = 20_261;
const archive = standIn();
const { content } = archive;
let server: ArchiveServer;
let place: Workplace;

beforeAll(async () => {
  server = await ArchiveServer.start();
  server.serve(ARCHIVE, archive);
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  place = new Workplace(server.url);
});
afterEach(() => place.remove());

/** Numbers from 0 up to a bound that look random and are the same each time. */
function* drawn(bound: number): Generator<number, never> {
  for (let k = 0; ; k++) yield noise(4, `${SEED} ${k}`).readUInt32LE() % bound;
}

const partOf = (): string => join(place.cache, '.part-libmlx-0.32.4-x86_64-linux-gnu');

describe('a server that behaves', () => {
  it('is asked once, and never again', async () => {
    const { library, fetched, version } = await place.ensure();
    expect([fetched, version]).toEqual([true, '0.32.4']);
    expect(readFileSync(library)).toEqual(noise(200_000));
    expect((await place.ensure()).fetched).toBe(false);
    expect(server.asked).toHaveLength(2);
    place.expectOrder({ entries: 1 });
  });

  it('is asked again if it has to be, or a file has changed', async () => {
    const { library } = await place.ensure();
    expect((await place.ensure({}, { verify: true })).fetched).toBe(false);
    expect((await place.ensure({}, { force: true })).fetched).toBe(true);
    const changed = readFileSync(library);
    changed[1000]! ^= 1;
    writeFileSync(library, changed);
    expect((await place.ensure({}, { verify: true })).fetched).toBe(true);
    expect(digest(readFileSync(library))).toBe(digest(noise(200_000)));
    place.expectOrder({ entries: 1 });
  });

  it('is not asked if another entry has changed, which is removed', async () => {
    server.serve(ARCHIVE.replace('.tar.gz', '-debug.tar.gz'), archive);
    const { library } = await place.ensure({ LIBMLX_ENABLE_DEBUG: '1' });
    await place.ensure({}, { force: true });
    const changed = readFileSync(library);
    changed[1000]! ^= 1;
    writeFileSync(library, changed);
    place.expectOrder({ entries: 2 });
    expect((await place.ensure({}, { verify: true })).fetched).toBe(false);
    place.expectOrder({ entries: 1 });
  });

  it('is not asked where LIBMLX_OFFLINE is set', async () => {
    expect((await place.failure({ LIBMLX_OFFLINE: '1' })).code).toBe('ERR_DOWNLOAD');
    expect(server.asked).toHaveLength(0);
    place.expectOrder({ entries: 0 });
  });

  it('may be left while it sends', async () => {
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error('enough'));
    const aborted = place.ensure({}, { signal: controller.signal, onProgress });
    await expect(aborted).rejects.toThrow();
    place.expectOrder({ entries: 0, parts: 1 });
  });
});

describe('answers', () => {
  it.each([404, 403, 410, 204, 300])('%d is an error at once', async (status) => {
    server.fault = ({ path }, response) => {
      if (!path.endsWith('.gz')) return false;
      response.writeHead(status).end();
      return true;
    };
    const error = await place.failure();
    expect([error.code, server.downloads.length]).toEqual(['ERR_DOWNLOAD', 1]);
    expect(error.message).toContain(`answered ${status}`);
    place.expectOrder({ entries: 0 });
  });

  it('a missing digest is an error', async () => {
    server.fault = ({ path }, response) =>
      path.endsWith('.sha256') && Boolean(response.writeHead(404).end());
    expect((await place.failure()).message).toContain('.sha256: the server answered 404');
  });

  it.each([500, 502, 503, 429, 408])('%d is tried four times', async (status) => {
    server.fault = (_, response) => Boolean(response.writeHead(status).end());
    const error = await place.failure();
    expect([error.code, server.asked.length]).toEqual(['ERR_DOWNLOAD', 4]);
    server.reset();
    server.fault = ({ before }, response) =>
      before < 3 && Boolean(response.writeHead(status).end());
    expect((await place.ensure()).fetched).toBe(true);
    place.expectOrder({ entries: 1 });
  });

  it('no server at all is an error', async () => {
    const error = await place.failure({ LIBMLX_MIRROR: 'http://127.0.0.1:9' });
    expect(error.message).toMatch(/ECONNREFUSED.*tried 4 times/);
  });
});

describe('what arrives', () => {
  it('is cut off at 200 random bytes, noticed each time, and goes on where it can', async () => {
    const cuts = drawn(content.length);
    let [resumed, refused, short] = [0, 0, 0];
    for (let k = 0; k < 200; k++) {
      const cut = cuts.next().value;
      const kind = k % 3;
      server.reset();
      server.fault = ({ path, range, before }, response) => {
        if (!path.endsWith('.gz') || (kind === 0 && before > 0)) return false;
        const first = firstOf(range);
        // A body without a length that ends early looks complete.
        if (kind === 2) response.writeHead(200).end(content.subarray(0, cut));
        else if (first > 0)
          response.writeHead(206, { 'content-range': `bytes ${first}-/*` }).destroy();
        else {
          response.writeHead(200, { 'content-length': content.length });
          response.write(content.subarray(0, cut), () => response.destroy());
        }
        return true;
      };
      if (kind === 0) {
        expect((await place.ensure({}, { force: true })).fetched).toBe(true);
        resumed += 1;
      } else {
        const { code } = await place.failure({}, { force: true });
        expect(code).toBe(kind === 1 ? 'ERR_DOWNLOAD' : 'ERR_INTEGRITY');
        if (kind === 1) refused += 1;
        else short += 1;
      }
      place.expectOrder({ entries: 1, parts: 1 });
    }
    expect([resumed, refused, short]).toEqual([67, 67, 66]);
  });

  it('has a wrong bit at 200 random places, noticed each time', async () => {
    const bits = drawn(8 * content.length);
    for (let k = 0; k < 200; k++) {
      const bit = bits.next().value;
      const flipped = Buffer.from(content);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      server.fault = ({ path, range }, response) => {
        if (!path.endsWith('.gz')) return false;
        send(response, flipped, range);
        return true;
      };
      const { code, message } = await place.failure();
      // By its digest: gzip has a checksum too, which is no protection.
      expect([code, message]).toEqual(['ERR_INTEGRITY', expect.stringMatching(/has the digest/)]);
      place.expectOrder({ entries: 0 });
    }
  });

  it('has another digest than the one beside it, or that is none', async () => {
    for (const text of ['0'.repeat(64), '<html>', '', 'abc', 'x'.repeat(5000)]) {
      server.fault = ({ path }, response) =>
        path.endsWith('.sha256') && Boolean(response.end(text));
      const { code } = await place.failure();
      expect(code).toMatch(/^ERR_(INTEGRITY|DOWNLOAD)$/);
      place.expectOrder({ entries: 0 });
    }
  });

  it('stops or trickles', async () => {
    const patience = { ...PATIENCE, retry: 1, idle: 300, slow: 300, slowBytes: 100_000 };
    for (const interval of [0, 20]) {
      server.fault = ({ path }, response) => {
        if (!path.endsWith('.gz')) return false;
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 100));
        const timer = interval > 0 ? setInterval(() => response.write('.'), interval) : undefined;
        response.on('close', () => clearInterval(timer));
        return true;
      };
      const { code, message } = await place.failure({}, {}, { patience });
      expect(code).toBe('ERR_DOWNLOAD');
      expect(message).toMatch(interval > 0 ? /too slow/ : /[Tt]imeout/);
      place.expectOrder({ entries: 0, parts: 1 });
    }
  });
});

describe('going on', () => {
  it.each([1, 1000, content.length - 1])('asks for the rest after %d bytes', async (have) => {
    mkdirSync(place.cache);
    writeFileSync(partOf(), content.subarray(0, have));
    await place.ensure();
    expect(server.downloads.map(({ range }) => range)).toEqual([`bytes=${have}-`]);
    place.expectOrder({ entries: 1 });
  });

  it('asks for nothing if all is there', async () => {
    mkdirSync(place.cache);
    writeFileSync(partOf(), content);
    await place.ensure();
    expect(server.downloads).toHaveLength(0);
  });

  it.each([
    ['of something else', noise(5000, 'other')],
    ['longer than the file', Buffer.concat([content, content])],
  ])('begins anew if what is there is %s', async (_, wrong) => {
    mkdirSync(place.cache);
    writeFileSync(partOf(), wrong);
    expect((await place.ensure()).fetched).toBe(true);
    expect(server.downloads.at(-1)!.range).toBeUndefined();
    place.expectOrder({ entries: 1 });
  });

  it('takes everything from a server that knows no ranges, or gives another one', async () => {
    for (const status of [200, 206]) {
      place.remove();
      mkdirSync(place.cache, { recursive: true });
      writeFileSync(partOf(), content.subarray(0, 5000));
      server.reset();
      server.fault = ({ path, range }, response) => {
        if (!path.endsWith('.gz') || range === undefined) return false;
        response
          .writeHead(status, status === 206 ? { 'content-range': 'bytes 7-/*' } : {})
          .end(content);
        return true;
      };
      expect((await place.ensure()).fetched).toBe(true);
    }
  });
});

describe('redirects', () => {
  const redirect = (target: (path: string) => string | undefined): void => {
    server.fault = ({ path }, response) => {
      const location = target(path);
      if (location === undefined) return false;
      response.writeHead(302, { location }).end();
      return true;
    };
  };

  it('are followed five times', async () => {
    const hop = /^hop(\d)\/(.*)$/;
    redirect((path) => {
      const [, count = '0', rest = path] = hop.exec(path) ?? [];
      return count === '5' ? undefined : `/hop${Number(count) + 1}/${rest}`;
    });
    server.serve(`hop5/${ARCHIVE}`, archive);
    expect((await place.ensure()).fetched).toBe(true);
  });

  it('in a circle are an error', async () => {
    redirect((path) => `/${path}`);
    const { code, message } = await place.failure();
    expect([code, server.asked.length]).toEqual(['ERR_DOWNLOAD', 6]);
    expect(message).toContain('redirects more than 5 times');
  });

  it.each(['http://example.com/mlx', 'ftp://127.0.0.1/mlx', 'file:///etc/passwd', 'http://['])(
    'to %s are refused',
    async (target) => {
      redirect(() => target);
      expect((await place.failure()).message).toMatch(/not encrypted|no URL/);
    },
  );
});

describe('proxies', () => {
  it('that never answer are waited for no longer than servers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const { port } = silent.address() as AddressInfo;
      const proxy = { HTTP_PROXY: `http://127.0.0.1:${port}` };
      const patience = { ...PATIENCE, idle: 100, retry: 1 };
      const { code, message } = await place.failure(proxy, {}, { patience });
      expect([code, message]).toEqual(['ERR_DOWNLOAD', expect.stringMatching(/Timeout.*4 times/)]);
    } finally {
      silent.close();
    }
  });

  it('get the name and password, and others are refused', async () => {
    const proxy = await startProxy('user', 'p@ss word');
    try {
      const address = (password: string): Record<string, string> => ({
        HTTP_PROXY: `http://user:${encodeURIComponent(password)}@127.0.0.1:${proxy.port}`,
      });
      const refused = await place.failure(address('wrong'));
      expect(refused.code).toBe('ERR_DOWNLOAD');
      expect(refused.message).toMatch(/the proxy wants another user or password/);
      expect(refused.message).not.toContain('wrong');
      expect(server.asked).toHaveLength(0);
      await place.ensure({ ...address('wrong'), NO_PROXY: '127.0.0.1' });
      expect(proxy.passed).toHaveLength(0);
      await place.ensure(address('p@ss word'), { force: true });
      expect(proxy.passed.length).toBeGreaterThan(0);
    } finally {
      proxy.server.closeAllConnections();
      proxy.server.close();
    }
  });
});

it('keeps nothing of an archive that is none', async () => {
  for (const [k, bad] of [
    Buffer.from('no archive'),
    content.subarray(0, 5000),
    Buffer.alloc(0),
  ].entries()) {
    server.serve(ARCHIVE, { content: bad, sha256: digest(bad) });
    expect([k, (await place.failure()).code]).toEqual([k, 'ERR_INTEGRITY']);
    place.expectOrder({ entries: 0 });
  }
  expect(existsSync(partOf())).toBe(false);
  server.serve(ARCHIVE, archive);
});
