// The command as the shell runs it, from the built package.

import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Information } from 'qmlx';

const MAIN = join(process.cwd(), 'dist', 'cli', 'main.js');

/** Counts of fourteen qubits: more than a pipe holds. */
const WIDE = `OPENQASM 2.0; include "qelib1.inc"; qreg q[14]; creg c[14]; h q; measure q -> c;`;

function start(args: string[], input: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  child.stdin.end(input);
  return child;
}

async function qmlx(args: string[], input = '', env: Record<string, string> = {}) {
  const child = start(args, input, env);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, out, err };
}

it('reads standard input and writes all of a long output', async () => {
  const args = ['run', '-', '--shots', '100000', '--format', 'csv'];
  const { code, out, err } = await qmlx(args, WIDE);
  expect([code, err]).toEqual([0, '']);
  const counts = out.trimEnd().split('\n').slice(1);
  const total = counts.reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
  expect(total).toBe(100_000);
});

it('ends quietly when its reader has seen enough', async () => {
  const child = start(['run', '-', '--shots', '100000', '--format', 'csv'], WIDE);
  child.stdout.once('data', () => child.stdout.destroy());
  const [err, ended] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect([err, ended]).toEqual(['', [0, null]]);
});

it.each([
  [['run', 'missing.qasm'], 2],
  [['run', '-'], 1],
  [['run', '-', '--device', 'gpu'], 1],
  [['fly'], 2],
  [['--version'], 0],
])('%j ends with %d', async (args, expected) => {
  const { code } = await qmlx(args, 'qreg q[');
  expect(code).toBe(expected);
});

it('info says that a calibration is damaged, and goes on', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'qmlx-cache-'));
  const env = { XDG_CACHE_HOME: cache, HOME: cache, LOCALAPPDATA: cache };
  const { calibration } = JSON.parse((await qmlx(['info', '--json'], '', env)).out) as Information;
  expect(calibration).toMatchObject({ state: 'none' });
  mkdirSync(dirname(calibration.file), { recursive: true });
  writeFileSync(calibration.file, '{');
  const { code, out, err } = await qmlx(['info'], '', env);
  rmSync(cache, { recursive: true });
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(
    /^calibration ignored, auto takes a GPU from 17 qubits: .*calibration\.json: .*JSON/m,
  );
});
