import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'qmlx-layers-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Runs the check as CI does, in a process of its own. */
function violations(folder: string): string[] {
  const script = pathToFileURL(join(process.cwd(), 'scripts', 'check-layers.mjs')).href;
  const program = `import { findViolations } from ${JSON.stringify(script)};
    console.log(JSON.stringify(findViolations(${JSON.stringify(folder)})));`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', program, '-'], {
    encoding: 'utf8',
  });
  expect(result.stderr).toBe('');
  return JSON.parse(result.stdout) as string[];
}

test('this package has no violation', () => {
  expect(violations(process.cwd())).toEqual([]);
});

test('allowed imports and includes pass', () => {
  write('lib/errors.ts', '');
  write('lib/circuit/circuit.ts', "import { QuantumError } from '../errors.js';\n");
  write('lib/native.ts', "import load from 'node-gyp-build';\n");
  write('native/core/plan.h', '#include <cstdint>\n');
  write('native/addon/addon.cpp', '#include <napi.h>\n#include "core/plan.h"\n');
  expect(violations(root)).toEqual([]);
});

test('a circuit that imports an engine, a file system or another layer is caught', () => {
  write('lib/circuit/a.ts', "\nimport { main } from '../cli/main.js';\n");
  write('lib/circuit/b.ts', "import { readFile } from 'node:fs';\n");
  write('lib/cli/main.ts', "export { x } from '../circuit/a.js';\nvoid import('../index.js');\n");
  expect(violations(root)).toEqual([
    "lib/circuit/a.ts:2: 'circuit' must not import 'cli' (allowed: errors, limits)",
    "lib/circuit/b.ts:1: 'circuit' must not import 'node:fs' (allowed: no package)",
    "lib/cli/main.ts:1: 'cli' must not import 'circuit' (allowed: index, play, bench)",
  ]);
});

test('where only types are allowed, a value is caught', () => {
  write('lib/circuit/a.ts', "import type { Result } from '../results/result.js';\n");
  write('lib/circuit/b.ts', "import { Result } from '../results/result.js';\n");
  write('lib/circuit/c.ts', "export type R = import('../results/result.js').Result;\n");
  expect(violations(root)).toEqual([
    "lib/circuit/b.ts:1: 'circuit' may import 'results' with `import type` only",
  ]);
});

test('only lib/native.ts loads the addon', () => {
  write('lib/run/a.ts', "import load from 'node-gyp-build';\n");
  write('lib/cli/b.ts', "\nconst path = './qmlx.node';\n");
  expect(violations(root)).toEqual([
    'lib/cli/b.ts:2: only lib/native.ts may load the addon',
    'lib/run/a.ts:1: only lib/native.ts may load the addon',
  ]);
});

test('includes of native/ follow the table', () => {
  write('native/addon/addon.h', '');
  write('native/core/a.cpp', '#include <vector>\n#include <unistd.h>\n#include <napi.h>\n');
  write('native/core/b.cpp', '#include "addon/addon.h"\n#include "plan.h"\n');
  write('native/kernels/k.h', '#include <cstdint>\n');
  expect(violations(root)).toEqual([
    "native/core/a.cpp:2: 'core' must not include <unistd.h> (allowed: the C++ standard library only)",
    'native/core/a.cpp:3: only native/addon may include <napi.h>',
    "native/core/b.cpp:1: 'core' must not include 'addon' (allowed: gates)",
    'native/core/b.cpp:2: "plan.h" is not a path from native/',
    "native/kernels/k.h:1: 'kernels' must not include <cstdint> (allowed: no system header)",
  ]);
});

test('a folder that is in no layer is named', () => {
  write('lib/magic/a.ts', '');
  expect(violations(root)).toEqual([
    "lib/magic/a.ts:1: 'magic' is not a layer of scripts/layers.mjs",
  ]);
});
