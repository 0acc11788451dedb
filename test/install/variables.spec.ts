// Variables from end to end: what each makes the server be asked for, and what becomes of it.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInstallScript } from '../../lib/libmlx/install-script.js';
import { ArchiveServer } from './archive-server.js';
import { archiveOf, standIn } from './stand-in.js';
import { ARCHIVE, LINUX, MAC, Workplace } from './workplace.js';

let server: ArchiveServer;
let place: Workplace;

beforeAll(async () => {
  server = await ArchiveServer.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  server.files.clear();
  place = new Workplace(server.url);
});
afterEach(() => place.remove());

const onMac = archiveOf({ 'lib/libmlx.dylib': 'library', 'lib/mlx.metallib': 'kernels' });

describe('on a Mac', () => {
  it.each([
    [{}, 'arm64-apple-darwin-14.0'],
    [{ LIBMLX_ENABLE_JIT: '1' }, 'arm64-apple-darwin-14.0-jit'],
    [{ LIBMLX_ENABLE_DEBUG: 'yes' }, 'arm64-apple-darwin-14.0-debug'],
    [{ LIBMLX_ENABLE_DEBUG: 'on', LIBMLX_ENABLE_JIT: 'y' }, 'arm64-apple-darwin-14.0-debug-jit'],
    [{ LIBMLX_DEPLOYMENT_TARGET: '26.2' }, 'arm64-apple-darwin-26.2'],
    [{ LIBMLX_MACOS_COMPAT: 'true' }, 'arm64-apple-darwin-14.0'],
  ] as [Record<string, string>, string][])('%j fetches %s', async (variables, name) => {
    server.serve(`v0.32.4/mlx-${name}.tar.gz`, onMac);
    const { library } = await place.ensure(variables, {}, { host: MAC });
    expect(server.downloads.map(({ path }) => path)).toEqual([`v0.32.4/mlx-${name}.tar.gz`]);
    expect(library).toBe(join(place.cache, `libmlx-0.32.4-${name}`, 'lib', 'libmlx.dylib'));
    place.expectOrder({ entries: 1 });
  });

  it('a target that is newer than the system is refused', async () => {
    const older = { host: { ...MAC, release: '24.0.0' } };
    const error = await place.failure({ LIBMLX_DEPLOYMENT_TARGET: '26.2' }, {}, older);
    expect(error.message).toMatch(/does not run on this macOS/);
  });
});

describe('on Linux', () => {
  it.each([
    ['x64', {}, 'mlx-x86_64-linux-gnu'],
    ['arm64', {}, 'mlx-aarch64-linux-gnu'],
    ['x64', { LIBMLX_VARIANT: 'cuda13' }, 'mlx-x86_64-linux-gnu-cuda13-cudnn9'],
    ['x64', { LIBMLX_ENABLE_DEBUG: '1' }, 'mlx-x86_64-linux-gnu-debug'],
  ] as [string, Record<string, string>, string][])(
    '%s %j fetches %s',
    async (arch, variables, name) => {
      server.serve(`v0.32.4/${name}.tar.gz`, standIn(1000));
      expect((await place.ensure(variables, {}, { host: { ...LINUX, arch } })).fetched).toBe(true);
    },
  );

  it('LIBMLX_VERSION fetches that version, which needs an engine of its own', async () => {
    server.serve(ARCHIVE.replace('0.32.4', '0.31.0'), standIn(1000));
    const { version, engine, library } = await place.ensure({ LIBMLX_VERSION: '0.31.0' });
    expect([version, engine]).toEqual(['0.31.0', undefined]);
    expect(library).toContain('libmlx-0.31.0-');
  });

  it.each(['LIBMLX_ENABLE_JIT', 'LIBMLX_ENABLE_DEBUG'])(
    '%s is not for wheels, and says so',
    async (name) => {
      const { code, message } = await place.failure({ [name]: '1' }, { source: 'wheel' });
      expect([code, message]).toEqual([
        'ERR_INVALID_ARGUMENT',
        expect.stringMatching(/wheel has no such variant/),
      ]);
    },
  );
});

describe('archives that the user names', () => {
  const archive = standIn(1000);

  it('MLX_ARCHIVE_PATH is taken offline, with its digest if there is one', async () => {
    const path = join(place.folder, 'mine.tar.gz');
    writeFileSync(path, archive.content);
    const wrong = { MLX_ARCHIVE_PATH: path, MLX_ARCHIVE_INTEGRITY: `sha256=${'0'.repeat(64)}` };
    expect((await place.failure(wrong)).code).toBe('ERR_INTEGRITY');
    expect((await place.ensure({ MLX_ARCHIVE_PATH: path, LIBMLX_OFFLINE: '1' })).fetched).toBe(
      true,
    );
    expect(server.asked).toHaveLength(0);
    expect((await place.failure({ MLX_ARCHIVE_PATH: '/nowhere' }, { force: true })).code).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });

  it('MLX_ARCHIVE_URL needs MLX_ARCHIVE_INTEGRITY, which is heeded', async () => {
    server.files.set('mine.tar.gz', archive.content);
    const MLX_ARCHIVE_URL = `${server.url}/mine.tar.gz`;
    expect((await place.failure({ MLX_ARCHIVE_URL })).message).toMatch(
      /needs MLX_ARCHIVE_INTEGRITY/,
    );
    const wrong = { MLX_ARCHIVE_URL, MLX_ARCHIVE_INTEGRITY: `sha256=${'1'.repeat(64)}` };
    expect((await place.failure(wrong)).code).toBe('ERR_INTEGRITY');
    const right = { MLX_ARCHIVE_URL, MLX_ARCHIVE_INTEGRITY: `sha256=${archive.sha256}` };
    expect((await place.ensure(right)).fetched).toBe(true);
    expect(
      (await place.ensure({ MLX_ARCHIVE_URL, MLX_ARCHIVE_INTEGRITY: 'none' }, { force: true }))
        .fetched,
    ).toBe(true);
    expect(server.asked.every(({ path }) => path === 'mine.tar.gz')).toBe(true);
  });
});

describe('LIBMLX_BUILD', () => {
  const sources = archiveOf({
    'mlx-0.32.4/CMakeLists.txt': `cmake_minimum_required(VERSION 3.18)
project(mlx LANGUAGES CXX)
option(MLX_METAL_JIT "" OFF)
add_library(mlx version.cpp)
target_compile_definitions(mlx PRIVATE JIT=$<BOOL:\${MLX_METAL_JIT}>)
install(TARGETS mlx LIBRARY DESTINATION lib)
`,
    'mlx-0.32.4/version.cpp':
      'namespace mlx::core { const char* version() { return JIT ? "0.32.4-jit" : "0.32.4"; } }\n',
  });

  it('compiles sources from the mirror with CMake', async () => {
    server.serve('v0.32.4/mlx-0.32.4-sources.tar.gz', sources);
    const { library, fetched } = await place.ensure({ LIBMLX_BUILD: '1', LIBMLX_ENABLE_JIT: '1' });
    expect(fetched).toBe(true);
    expect(library).toContain('-build-jit');
    const symbols = spawnSync('python3', [
      '-c',
      `import ctypes; f = ctypes.CDLL(${JSON.stringify(library)})._ZN3mlx4core7versionEv; f.restype = ctypes.c_char_p; print(f().decode())`,
    ]);
    expect(String(symbols.stdout).trim()).toBe('0.32.4-jit');
    place.expectOrder({ entries: 1 });
  });

  it('says what the compiler said, and leaves nothing', async () => {
    const broken = archiveOf({
      'mlx/CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.18)\nproject(x NONE)\nmessage(FATAL_ERROR "no such luck")\n',
    });
    server.serve('v0.32.4/mlx-0.32.4-sources.tar.gz', broken);
    const { code, message } = await place.failure({ LIBMLX_BUILD: '1' });
    expect([code, message]).toEqual([
      'ERR_BACKEND_UNAVAILABLE',
      expect.stringContaining('no such luck'),
    ]);
    place.expectOrder({ entries: 0, parts: 1 });
  });
});

describe('the install script', () => {
  async function install(
    more: Record<string, string> = {},
    host = LINUX,
  ): Promise<{ code: number; lines: readonly string[] }> {
    let text = '';
    const stream = { write: (piece: string) => (text += piece) };
    const patience = { connect: 100, idle: 100, slow: 100, slowBytes: 1, retry: 1 };
    const code = await runInstallScript(place.environment(more), stream, { host, patience });
    return { code, lines: text.trim().split('\n') };
  }

  const nothingFetched = (): void => expect(server.asked).toHaveLength(0);

  it('does nothing on Linux unless it is asked to, and says one line', async () => {
    const { code, lines } = await install();
    expect([code, lines]).toEqual([0, [expect.stringMatching(/npx qmlx download/)]]);
    nothingFetched();
  });

  it('fetches on a Mac once', async () => {
    server.serve('v0.32.4/mlx-arm64-apple-darwin-14.0.tar.gz', onMac);
    expect((await install({}, MAC)).lines.at(-1)).toMatch(/fetched .*libmlx\.dylib/);
    expect((await install({}, MAC)).lines).toEqual([expect.stringMatching(/uses .*libmlx\.dylib/)]);
    expect(server.downloads).toHaveLength(1);
  });

  it.each([
    [{ LIBMLX_SKIP_DOWNLOAD: '1' }, MAC],
    [{ LIBMLX_OFFLINE: '1' }, MAC],
    [{ npm_config_offline: 'true' }, MAC],
    [{ LIBMLX_BUILD: '1' }, MAC],
    [{}, { ...MAC, arch: 'x64' }],
    [{ LIBMLX_VARIANT: 'cpu' }, { ...LINUX, glibc: '' }],
    [{ LIBMLX_VARIANT: 'nonsense' }, MAC],
    [{ LIBMLX_REQUIRED: 'perhaps' }, LINUX],
  ] as [Record<string, string>, typeof MAC][])('%j fetches nothing', async (variables, host) => {
    const { code, lines } = await install(variables, host);
    expect([code, lines.length]).toEqual([variables['LIBMLX_REQUIRED'] ? 1 : 0, 1]);
    nothingFetched();
    expect((await install({ LIBMLX_REQUIRED: '1', ...variables }, host)).code).toBe(1);
  });

  it.each([404, 502])(
    'ends well where the server answers %d, unless libmlx is required',
    async (status) => {
      server.fault = (_, response) => Boolean(response.writeHead(status).end());
      expect((await install({}, MAC)).code).toBe(0);
      const { code, lines } = await install({ LIBMLX_REQUIRED: '1' }, MAC);
      expect([code, lines.at(-1)]).toEqual([1, expect.stringContaining(`answered ${status}`)]);
      place.expectOrder({ entries: 0 });
    },
  );

  it('ends well where the archive is damaged', async () => {
    server.serve('v0.32.4/mlx-arm64-apple-darwin-14.0.tar.gz', {
      ...onMac,
      sha256: '0'.repeat(64),
    });
    expect((await install({}, MAC)).code).toBe(0);
    expect((await install({ LIBMLX_REQUIRED: '1' }, MAC)).code).toBe(1);
    place.expectOrder({ entries: 0 });
  });
});
