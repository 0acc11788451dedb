// Missing, damaged and foreign MLX libraries, and nonsense in MLX's variables: the CPU engine runs, the other devices
// say why they cannot, and nothing crashes. With the real library of this build, changed byte by byte.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { searchLibmlx } from '../../lib/libmlx/search.js';
import { presentDevices } from '../../lib/run/engines.js';

interface Outcome {
  readonly used?: string;
  readonly counts?: readonly (readonly [string, number])[];
  readonly code?: string;
  readonly message?: string;
  readonly expected?: string;
  readonly received?: string;
}

interface Report {
  readonly outcomes: Readonly<Record<'auto' | 'mlx-cpu' | 'gpu' | 'cpu', Outcome>>;
  readonly warnings: readonly string[];
}

const root = process.cwd();

function probe(environment: Readonly<Record<string, string>>): Report {
  const script = join(root, 'test', 'conformance', 'libmlx-probe.mjs');
  const env = { ...process.env, ...environment };
  const text = execFileSync(process.execPath, [script], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(text) as Report;
}

const { candidates, version } = searchLibmlx({ root });
const real = candidates.at(-1);

// Only Linux reads a library's format before it loads it, and only a build with the engine has one to change.
const onLinux = process.platform === 'linux' && real !== undefined;

(onLinux ? describe : describe.skip)('libraries', () => {
  let work: string;
  let right: Outcome;
  const library = real?.library ?? '';

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'qmlx-libmlx-'));
    right = probe({}).outcomes.cpu;
    expect(right.used).toBe('cpu');
  });
  afterAll(() => rmSync(work, { recursive: true }));

  /** A folder as LIBMLX_DIR names it, with this content as its library. */
  function prefixWith(name: string, content: Buffer | string): string {
    const prefix = join(work, name, 'mlx');
    mkdirSync(join(prefix, 'lib'), { recursive: true });
    writeFileSync(join(prefix, 'lib', 'libmlx.so'), content);
    // The libraries that come with it lie beside its package.
    const home = join(dirname(library), '..', '..');
    for (const sibling of readdirSync(home).filter((entry) => entry.endsWith('.libs'))) {
      symlinkSync(join(home, sibling), join(work, name, sibling));
    }
    return prefix;
  }

  function replaced(from: string, to: string): Buffer {
    const content = readFileSync(library);
    const at = content.indexOf(from);
    expect(at).toBeGreaterThan(0);
    content.write(to, at);
    return content;
  }

  function expectFallback({ outcomes, warnings }: Report, pattern: RegExp, code: string): void {
    expect(outcomes.auto).toEqual(right);
    expect(outcomes.cpu).toEqual(right);
    expect(warnings.filter((warning) => pattern.test(warning))).toHaveLength(1);
    for (const device of ['mlx-cpu', 'gpu'] as const) {
      expect(outcomes[device]).toMatchObject({ code, message: expect.stringMatching(pattern) });
    }
  }

  const unavailable = 'ERR_BACKEND_UNAVAILABLE';

  it('that are missing', () => {
    const report = probe({ LIBMLX_DIR: join(work, 'nowhere') });
    expectFallback(report, /LIBMLX_DIR is .*but there is no .*libmlx\.so/, unavailable);
  });

  it('under a relative path', () => {
    expectFallback(probe({ LIBMLX_DIR: 'mlx' }), /LIBMLX_DIR to be an absolute path/, unavailable);
  });

  it.each([0, 64, 4096, 1_000_000])('cut off after %d bytes', (size) => {
    const prefix = prefixWith(`cut-${size}`, readFileSync(library).subarray(0, size));
    expectFallback(probe({ LIBMLX_DIR: prefix }), /libmlx/, unavailable);
  });

  it('that are text', () => {
    const prefix = prefixWith('text', 'This is no library.\n'.repeat(1000));
    expectFallback(probe({ LIBMLX_DIR: prefix }), /Cannot load libmlx/, unavailable);
  });

  it('for another processor', () => {
    const content = readFileSync(library);
    content.writeUInt8(content.readUInt8(18) ^ 0x7f, 18);
    const prefix = prefixWith('processor', content);
    expectFallback(probe({ LIBMLX_DIR: prefix }), /for another processor/, unavailable);
  });

  it('of another version', () => {
    const prefix = prefixWith('version', replaced(`${version}\0`, '9.87.6\0'));
    const report = probe({ LIBMLX_DIR: prefix });
    expectFallback(report, /is MLX 9\.87\.6.*works with MLX/, 'ERR_ABI_MISMATCH');
    expect(report.outcomes.gpu).toMatchObject({ expected: version, received: '9.87.6' });
  });

  it('for CUDA where there is no driver', () => {
    const prefix = prefixWith('cuda', replaced('libgcc_s.so.1\0', 'libcuda.so.0\0\0'));
    expectFallback(probe({ LIBMLX_DIR: prefix }), /no NVIDIA driver/, unavailable);
  });

  it("with nonsense in MLX's variables compute the same", () => {
    const { outcomes } = probe({
      MLX_ENABLE_TF32: 'perhaps',
      MLX_ENABLE_CACHE_THRASHING_CHECK: '',
      MLX_MAX_OPS_PER_BUFFER: '-1',
      MLX_MAX_MB_PER_BUFFER: 'many',
      MLX_CUDA_GRAPH_CACHE_SIZE: 'none',
      MLX_USE_CUDA_GRAPHS: 'x',
      MLX_METAL_FAST_SYNCH: '?',
    });
    const { present } = presentDevices();
    for (const device of present) {
      const outcome = outcomes[device];
      // MLX refuses some values on a GPU.
      if (outcome.code === undefined)
        expect(outcome).toEqual({ used: device, counts: right.counts });
      else expect([device, outcome.code]).toEqual(['gpu', 'ERR_BACKEND_FAILED']);
    }
    expect(outcomes.auto.counts).toEqual(right.counts);
  });
});
