// Environment variables: every text that makes sense is read, every other is an error that names the variable.

import { describe, expect, it } from '@jest/globals';
import { QuantumError } from 'qmlx';
import {
  readVariables,
  unknownVariables,
  VARIABLES,
  type Variables,
} from '../../../lib/libmlx/variables.js';

const DIGEST = 'ab'.repeat(32);

function read(name: string, text: string): unknown {
  const [key] = Object.entries(VARIABLES).find(([, row]) => row.name === name)!;
  return readVariables({ [name]: text })[key as keyof Variables];
}

const FLAGS = Object.values(VARIABLES)
  .filter(({ expected }) => expected.startsWith('one of 1,'))
  .map(({ name }) => name);

it('has the flags of the documentation', () => {
  expect(FLAGS.sort()).toEqual([
    'LIBMLX_BUILD',
    'LIBMLX_ENABLE_DEBUG',
    'LIBMLX_ENABLE_JIT',
    'LIBMLX_MACOS_COMPAT',
    'LIBMLX_OFFLINE',
    'LIBMLX_REQUIRED',
    'LIBMLX_SKIP_DOWNLOAD',
  ]);
});

it.each(FLAGS)('%s is on for five texts in any case', (name) => {
  for (const text of ['1', 'true', 'on', 'yes', 'y', 'TRUE', 'Yes']) {
    expect(read(name, text)).toBe(true);
  }
});

describe('values', () => {
  it.each([
    ['LIBMLX_VERSION', '0.32.4', '0.32.4'],
    ['LIBMLX_VARIANT', 'cuda13', 'cuda13'],
    ['LIBMLX_SOURCE', 'archive', 'archive'],
    ['LIBMLX_DEPLOYMENT_TARGET', '26.2', '26.2'],
    ['LIBMLX_DIR', '/opt/mlx', '/opt/mlx'],
    ['MLX_ARCHIVE_INTEGRITY', `sha256=${DIGEST.toUpperCase()}`, { sha256: DIGEST }],
    ['MLX_ARCHIVE_INTEGRITY', 'none', 'none'],
    ['NO_PROXY', 'a.example,.b', 'a.example,.b'],
    ['QMLX_DEVICE', 'mlx-cpu', 'mlx-cpu'],
    ['QMLX_THREADS', '16', 16],
    ['QMLX_LOG', 'debug', 'debug'],
  ])('%s=%s', (name, text, value) => {
    expect(read(name, text)).toEqual(value);
  });

  it.each([
    ['LIBMLX_MIRROR', 'https://mirror.example/mlx/', 'https://mirror.example/mlx/'],
    ['LIBMLX_MIRROR', 'http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['HTTPS_PROXY', 'http://user:pass@proxy.example:3128', 'http://user:pass@proxy.example:3128/'],
    ['HTTP_PROXY', 'proxy.example:3128', 'http://proxy.example:3128/'],
  ])('%s=%s', (name, text, value) => {
    expect(String(read(name, text))).toBe(value);
  });

  it('of proxies in small letters too', () => {
    expect(readVariables({ https_proxy: 'http://p:1' }).httpsProxy?.port).toBe('1');
  });

  it('that are empty are none', () => {
    const empty = Object.fromEntries(Object.values(VARIABLES).map(({ name }) => [name, '']));
    expect(Object.values(readVariables(empty)).every((value) => value === undefined)).toBe(true);
  });
});

describe('nonsense', () => {
  it.each([
    ...FLAGS.flatMap((name) => ['0', 'false', 'maybe', ' 1'].map((text) => [name, text])),
    ...['1', '0.32', 'v0.32.4', '0.32.4-dev', 'latest', '../0.32.4'].map((text) => [
      'LIBMLX_VERSION',
      text,
    ]),
    ...['gpu', 'CPU', 'cuda12'].map((text) => ['LIBMLX_VARIANT', text]),
    ...['pip', 'Archive'].map((text) => ['LIBMLX_SOURCE', text]),
    ...['14', '13.0', '26'].map((text) => ['LIBMLX_DEPLOYMENT_TARGET', text]),
    ...['mlx', './mlx', '~/mlx'].flatMap((text) => [
      ['LIBMLX_DIR', text],
      ['LIBMLX_CACHE', text],
      ['MLX_ARCHIVE_PATH', text],
    ]),
    ...['mirror', 'ftp://a.example/', 'http://a.example/', 'file:///a'].flatMap((text) => [
      ['LIBMLX_MIRROR', text],
      ['MLX_ARCHIVE_URL', text],
    ]),
    ...[DIGEST, 'sha256=', `sha256=${DIGEST}0`, `md5=${DIGEST}`, 'None'].map((text) => [
      'MLX_ARCHIVE_INTEGRITY',
      text,
    ]),
    ...['socks5://p:1', 'http://'].flatMap((text) => [
      ['HTTP_PROXY', text],
      ['HTTPS_PROXY', text],
    ]),
    ['QMLX_DEVICE', 'cuda'],
    ...['0', '1025', '2.5', 'all'].map((text) => ['QMLX_THREADS', text]),
    ['QMLX_LOG', 'loud'],
  ] as [string, string][])('%s=%s', (name, text) => {
    let error: unknown;
    try {
      read(name, text);
    } catch (caught) {
      error = caught;
    }
    expect(QuantumError.is(error, 'ERR_INVALID_ARGUMENT') && error.argument).toBe(name);
    expect((error as Error).message).toMatch(new RegExp(`${name} to be .*Correct it or unset it`));
  });

  it('does not show the password of a proxy', () => {
    expect(() => readVariables({ HTTPS_PROXY: 'ftp://user:secret@p' })).toThrow(/^(?!.*secret)/);
  });

  it('in a name is noticed', () => {
    const environment = {
      LIBMLX_DIRECTORY: '/a',
      QMLX_LOG: 'info',
      PATH: '/bin',
      MLX_ARCHIVE_SHA: 'x',
    };
    expect(unknownVariables(environment)).toEqual(['LIBMLX_DIRECTORY', 'MLX_ARCHIVE_SHA']);
  });
});
