import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qmlx-path-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a program of the given shell text on the otherwise empty PATH. */
function install(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** What the build says with that PATH, and its exit status. */
function build(): { status: number | null; sentences: string[] } {
  const environment = { ...process.env, PATH: folder, CXX: undefined };
  const result = spawnSync(process.execPath, [join('scripts', 'build-addon.mjs')], {
    encoding: 'utf8',
    env: environment,
  });
  return { status: result.status, sentences: result.stderr.trim().split('\n') };
}

test('each missing prerequisite is one sentence', () => {
  expect(build()).toEqual({
    status: 1,
    sentences: [
      'CMake is missing: install CMake 3.18 or newer and put `cmake` on the PATH.',
      'A C++ compiler is missing (tried c++, g++, clang++): install g++ 11 or clang 14, or newer.',
      'A build tool is missing: install `make` or `ninja` and put it on the PATH.',
    ],
  });
});

test('tools that are too old are named with their version', () => {
  install('cmake', 'echo cmake version 3.10.2');
  install('make', 'echo GNU Make 4.3');
  install('g++', '[ "$1" = --version ]');
  expect(build()).toEqual({
    status: 1,
    sentences: [
      'qmlx needs CMake 3.18 or newer, and this is 3.10: install a newer CMake.',
      'The C++ compiler (g++) cannot compile C++20: install g++ 11 or clang 14, or newer.',
    ],
  });
});
