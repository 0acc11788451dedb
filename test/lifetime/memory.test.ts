// Memory after many runs of every kind, measured in a process of its own. One state of 20 qubits is 8 MiB, one of 24
// qubits 128 MiB.

import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = join(process.cwd(), 'test', 'lifetime', 'memory.mjs');
/** Guards against a hang. */
const PATIENCE = 240_000;

interface Growth {
  readonly most: number;
  readonly stayed: number;
}

async function growth(name: string, times: number): Promise<Growth> {
  const args = ['--expose-gc', SCRIPT, name, String(times)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Growth;
}

it.each([
  ['runs', 10_000, 12],
  ['circuits', 5_000, 12],
  ['programs', 100_000, 8],
  ['compiled', 3_000, 12],
  ['simulators', 300, 24],
  ['failures', 3_000, 12],
  ['aborts', 300, 64],
])(
  '%s: %d times leave less than %d MiB behind',
  async (name, times, limit) => {
    expect((await growth(name, times)).stayed).toBeLessThan(limit);
  },
  PATIENCE,
);

it(
  'states that nobody disposes are freed while more are made',
  async () => {
    const { most, stayed } = await growth('states', 300);
    expect(most).toBeLessThan(1200);
    expect(stayed).toBeLessThan(64);
  },
  PATIENCE,
);
