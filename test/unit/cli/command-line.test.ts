import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conforms } from './schema.js';
import { qmlx } from './terminal.js';

const BELL = `OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
creg c[2];
h q[0];
cx q[0], q[1];
measure q -> c;
`;

let folder = '';
let bell = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qmlx-cli-'));
  bell = file('bell.qasm', BELL);
});

afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('run', () => {
  it('prints a table of counts and nothing on standard error', async () => {
    const { code, out, err } = await qmlx(['run', bell, '--shots', '100', '--seed', '1']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/100 shots on cpu, seed 1/);
    expect(out).toMatch(/^00 /m);
    expect(out).toMatch(/^11 /m);
  });

  it('writes JSON that keeps the promised form', async () => {
    const { out } = await qmlx(['run', bell, '--format', 'json', '--shots', '64', '--seed', '9']);
    expect(conforms('run', out)).toMatchObject({ qmlx: 1, shots: 64, seed: 9, device: 'cpu' });
    // JSON.parse would list the key 11 first.
    expect(out).toMatch(/"counts": \{\s+"00": \d+,\s+"11": \d+\s+\}/);
  });

  it('writes large and negative seeds exactly', async () => {
    const big = await qmlx(['run', bell, '--format', 'json', '--seed', '12345678901234567890']);
    expect(conforms('run', big.out)).toMatchObject({ seed: '12345678901234567890' });
    const negative = await qmlx(['run', bell, '--format', 'json', '--seed', '-3']);
    expect(conforms('run', negative.out)).toMatchObject({ seed: -3 });
  });

  it('writes CSV', async () => {
    const { out } = await qmlx(['run', '-', '--format', 'csv', '--shots', '10'], {
      input: BELL.replace('h q[0];', 'x q[0];'),
    });
    expect(out).toBe('outcome,count\n11,10\n');
  });

  it('gives the same counts for the same seed', async () => {
    const args = ['run', bell, '--format', 'csv', '--seed', '5'];
    expect(await qmlx(args)).toEqual(await qmlx([...args, '--threads', '2']));
    expect(await qmlx(args)).toEqual(await qmlx([...args, '--precision', 'complex128']));
    const wrong = await qmlx([...args, '--precision', 'double']);
    expect(wrong.err).toMatch(/precision/);
  });

  it('shows progress only on a terminal, and clears it', async () => {
    const { err } = await qmlx(['run', bell], { isTTY: true });
    expect(err).toMatch(/^(\r\u001B\[K(planning|running|sampling) +█*░* \d+ %)+\r\u001B\[K$/);
  });
});

describe('other commands', () => {
  it('draw writes SVG and LaTeX, to a file if asked to', async () => {
    expect((await qmlx(['draw', bell, '--svg'])).out).toMatch(/^<svg [^]*<\/svg>\n$/);
    const path = join(folder, 'bell.tex');
    expect(await qmlx(['draw', bell, '--latex', '-o', path])).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(path, 'utf8')).toMatch(/^\\begin{quantikz}[^]*\\end{quantikz}\n$/);
    expect((await qmlx(['draw', bell, '--svg', '--latex'])).code).toBe(2);
    const missing = await qmlx(['draw', bell, '-o', join(folder, 'none', 'bell.txt')]);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('Cannot write');
  });

  it('run writes a histogram as SVG', async () => {
    const { out } = await qmlx(['run', bell, '--format', 'svg', '--seed', '1']);
    expect(out).toMatch(/^<svg [^]*<title>Counts<\/title>/);
  });

  it('draw draws', async () => {
    const { code, out } = await qmlx(['draw', bell, '--text']);
    expect(code).toBe(0);
    expect(out).toContain('q0: ');
  });

  it('explain explains', async () => {
    const { code, out } = await qmlx(['explain', bell]);
    expect(code).toBe(0);
    expect(out).toMatch(/pass/);
  });

  it('check sums up a good file', async () => {
    const { code, out, err } = await qmlx(['check', bell]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`${bell}: 2 qubits, 2 bits, 4 operations\n`);
    expect(conforms('check', (await qmlx(['check', bell, '--json'])).out)).toMatchObject({
      ok: true,
    });
  });

  it('fmt lays a file out', async () => {
    const path = file('wide.qasm', 'OPENQASM 3.0;qubit  q; // mine');
    const laidOut = 'OPENQASM 3.0;\nqubit q; // mine\n';
    expect(await qmlx(['fmt', path])).toEqual({ code: 0, out: laidOut, err: '' });
    expect((await qmlx(['fmt', path, '--check'])).code).toBe(1);
    expect(await qmlx(['fmt', path, '-w'])).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(path, 'utf8')).toBe(laidOut);
    expect(await qmlx(['fmt', path, '--check'])).toEqual({ code: 0, out: '', err: '' });
    expect((await qmlx(['fmt', '-', '-w'], { input: 'OPENQASM 3.0;' })).code).toBe(2);
    const broken = await qmlx(['fmt', '-'], { input: 'OPENQASM 3.0;\nqubit' });
    expect([broken.code, broken.out]).toEqual([1, '']);
    expect(broken.err).toContain('<stdin>:2:');
  });

  it('run gives inputs their values', async () => {
    const path = file(
      'input.qasm',
      'OPENQASM 3.0; include "stdgates.inc"; input float theta; qubit q; bit c; rx(theta) q; c = measure q;',
    );
    const args = ['run', path, '--shots', '10', '--format', 'csv'];
    const { code, out } = await qmlx([...args, '--param', `theta=${Math.PI}`]);
    expect([code, out]).toEqual([0, 'outcome,count\n1,10\n']);
    expect((await qmlx(args)).code).toBe(2);
  });

  it('files are included from one folder and from nowhere else', async () => {
    file('pair.inc', 'gate pair a, b { U(0, 0, 0) a; }');
    const path = file(
      'uses.qasm',
      'OPENQASM 3.0; include "pair.inc"; qubit[2] q; pair q[0], q[1];',
    );
    expect((await qmlx(['check', path, '--include', folder])).code).toBe(0);
    expect((await qmlx(['check', path])).err).toContain('cannot include');
    const climbing = file('climbs.qasm', 'OPENQASM 3.0; include "../pair.inc";');
    mkdirSync(join(folder, 'inner'));
    expect((await qmlx(['check', climbing, '--include', join(folder, 'inner')])).code).toBe(1);
  });

  it('info tells versions and devices', async () => {
    expect((await qmlx(['info'])).out).toMatch(/^qmlx \d+\.\d+\.\d+, Node .*\ncpu: /);
    conforms('info', (await qmlx(['info', '--json'])).out);
  });

  it('--version and --help end well', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await qmlx(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
    for (const args of [['--help'], ['run', '--help'], ['help', 'check']]) {
      const { code, out, err } = await qmlx(args);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^Usage: qmlx/);
    }
  });
});

describe('findings', () => {
  const broken = BELL.replace('h q[0]', 'hh q[0]');

  it('come with line, column and carets, and exit code 1', async () => {
    const path = file('broken.qasm', broken);
    for (const command of ['run', 'draw', 'explain', 'check']) {
      const { code, out, err } = await qmlx([command, path]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(`${path}:5:1: error: `);
      expect(err).toContain('5 | hh q[0];');
      expect(err).toMatch(/^ {2}\| \^\^$/m);
    }
  });

  it('come as JSON from check', async () => {
    const { code, out } = await qmlx(['check', '-', '--json'], { input: broken });
    expect(code).toBe(1);
    const report = conforms('check', out);
    expect(report).toMatchObject({ ok: false, file: '<stdin>', diagnostics: [{ line: 5 }] });
  });

  it('do not let a source beyond the limit into memory', async () => {
    const { code, err } = await qmlx(['check', '-'], { input: '/'.repeat(17 * 2 ** 20) });
    expect(code).toBe(1);
    expect(err).toContain('16777216');
  });
});

describe('exit codes', () => {
  it.each([
    ['no command', [], 2],
    ['an unknown command', ['fly'], 2],
    ['an unknown option', ['run', 'FILE', '--shot', '3'], 2],
    ['a missing file name', ['run'], 2],
    ['a missing value', ['run', 'FILE', '--shots'], 2],
    ['shots that are no number', ['run', 'FILE', '--shots', 'many'], 2],
    ['shots out of range', ['run', 'FILE', '--shots', '-1'], 2],
    ['a seed that is no integer', ['run', 'FILE', '--seed', '1.5'], 2],
    ['an unknown format', ['run', 'FILE', '--format', 'xml'], 2],
    ['an unknown device', ['run', 'FILE', '--device', 'abacus'], 2],
    ['a parameter without a value', ['run', 'FILE', '--param', 'theta'], 2],
    ['a parameter the circuit lacks', ['run', 'FILE', '--param', 'theta=1'], 2],
    ['a file that is not there', ['run', 'FILE.missing'], 2],
    ['a folder', ['run', '.'], 2],
    ['a port out of range', ['play', 'FILE', '--port', '65536'], 2],
    ['a link that holds no circuit', ['play', 'http://127.0.0.1:80/#theta=1'], 2],
    ['nothing to play', ['play', 'FILE.missing'], 2],
    ['a device without an engine', ['run', 'FILE', '--device', 'gpu'], 3],
  ])('%s: %j ends with %d', async (_, args, expected) => {
    const { code, out, err } = await qmlx(args.map((arg) => arg.replace('FILE', bell)));
    expect([code, out]).toEqual([expected, '']);
    expect(err).not.toBe('');
    expect(err).not.toContain('    at ');
  });

  it('suggests the option that was meant', async () => {
    expect((await qmlx(['run', bell, '--shot', '3'])).err).toContain('--shots');
  });
});

describe('colours', () => {
  const args = ['run', 'nowhere.qasm'];

  it('appear on a terminal', async () => {
    expect((await qmlx(args, { isTTY: true })).err).toContain('\u001B[31m');
  });

  it('do not appear elsewhere or with NO_COLOR', async () => {
    expect((await qmlx(args)).err).not.toContain('\u001B');
    const env = { NO_COLOR: '1' };
    expect((await qmlx(args, { isTTY: true, env })).err).not.toContain('\u001B');
  });
});
