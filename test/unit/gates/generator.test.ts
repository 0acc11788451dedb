import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callsOf, distance, loweringOf, matrixOf, product, readTable, valuesOf } from './table.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const definitions = readFileSync(join(root, 'native/gates/gates.def'), 'utf8');
const guide = readFileSync(join(root, 'docs/adding-a-gate.md'), 'utf8');
const newRow = /```text\n(GATE[^]*?)```/.exec(guide)![1]!;

const OUTPUTS = [
  'native/gates/gates.gen.h',
  'lib/circuit/gates.gen.ts',
  'lib/circuit/gate-methods.gen.ts',
  'docs/gates.md',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qmlx-gates-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function generate(table: string, ...flags: string[]): { status: number | null; message: string } {
  const file = join(folder, 'gates.def');
  writeFileSync(file, table);
  const script = join(root, 'scripts/generate-gates.mjs');
  const run = spawnSync(process.execPath, [script, '--table', file, '--out', folder, ...flags], {
    encoding: 'utf8',
  });
  return { status: run.status, message: run.stderr };
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

test('the committed files are what the table gives', () => {
  expect(generate(definitions).status).toBe(0);
  for (const path of OUTPUTS) expect(read(path)).toBe(readFileSync(join(root, path), 'utf8'));
});

describe('adding a gate', () => {
  test('touches one file by hand', () => {
    const section = /## Files to edit by hand\n([^]*?)\nThen/.exec(guide)![1]!;
    expect(section.match(/^- /gm)).toHaveLength(1);
    expect(section).toContain('native/gates/gates.def');
  });

  test('brings it into every generated file', () => {
    expect(generate(`${definitions}\n${newRow}`)).toEqual({ status: 0, message: '' });
    for (const path of OUTPUTS) expect(read(path)).toContain('sqrtIswap');
    expect(read('native/gates/gates.gen.h')).toMatch(/\{"sqrtIswap", 0, 0, 2, \d+, 2\},/);
    expect(read('lib/circuit/gates.gen.ts')).toContain("| 'sqrtIswap'");
    expect(read('lib/circuit/gate-methods.gen.ts')).toMatch(/^ {2}sqrtIswap<Q0 extends number/m);
    expect(read('docs/gates.md')).toContain('| `sqrtIswap(qubit1, qubit2)` |');
  });

  test('gives a gate whose columns agree', () => {
    const row = readTable(newRow)[0]!;
    const matrix = matrixOf(row, {});
    expect(distance(loweringOf(row, {}), matrix)).toBeLessThan(1e-15);
    const half = callsOf(row.power, row, valuesOf(row, [], { t: [0.5, 0] }));
    expect(distance(product(half, half), matrix)).toBeLessThan(1e-15);
  });
});

describe('--check', () => {
  test('passes where the files are current', () => {
    generate(definitions);
    expect(generate(definitions, '--check')).toEqual({ status: 0, message: '' });
  });

  test('names the stale files and writes nothing', () => {
    generate(definitions);
    const { status, message } = generate(`${definitions}\n${newRow}`, '--check');
    expect(status).toBe(1);
    expect(message).toBe(
      `${OUTPUTS.join(', ')} out of date: run node scripts/generate-gates.mjs and commit.\n`,
    );
    expect(read('docs/gates.md')).not.toContain('sqrtIswap');
  });
});

describe('a slip in the table is a sentence', () => {
  const x = '"flip 0", "0, 1; 1, 0", "n", "", "", "", "N", "S."';
  test.each([
    ['GATE("n", "", "", 0, 1, "flip 0")', 'row n: a row has 13 columns, not 6'],
    [`GATE("x", "", "", 0, 1, ${x})`, 'row x: "x" is taken'],
    [`GATE("n", "phase", "", 0, 1, ${x})`, 'row n: "phase" is taken'],
    [`GATE("n", "", "a,b,c,d,e", 0, 1, ${x})`, 'row n: a gate has at most four parameters'],
    [`GATE("n", "", "", 0, 2, ${x})`, 'row n: the matrix must have 4 rows of 4 entries'],
    [`GATE("n", "", "", 0, 1, ${x.replace('flip 0', 'flop 0')})`, 'row n: "flop" is no primitive'],
    [
      `GATE("n", "", "", 0, 1, ${x.replace('flip 0', 'flip 1')})`,
      'row n: targets "1" must lie below 1',
    ],
    [
      `GATE("n", "", "", 0, 1, ${x.replace('flip 0', 'rot 0')})`,
      'row n: "rot" takes 1 angles, not 0',
    ],
    [`GATE("n", "", "", 0, 1, ${x.replace('flip 0', 'rot(a) 0')})`, '"a" in "a" is none of: pi'],
    [
      `GATE("n", "", "a", 0, 1, ${x.replace('flip 0', 'rot(a*a) 0')})`,
      'row n: an angle must be affine',
    ],
    [`GATE("n", "", "a", 0, 1, ${x.replace('flip 0', 'rot((a) 0')})`, 'incomplete expression "(a"'],
    [
      `GATE("n", "", "", 0, 1, ${x.replace('flip 0', 'pauli(pi) Q 0')})`,
      'needs one letter of X, Y, Z',
    ],
    [
      `GATE("n", "", "", 0, 1, ${x.replace('1, 0"', '1+, 0"')})`,
      'row n: incomplete expression "1+"',
    ],
    [`GATE("n", "", "", 0, 1, ${x.replace('"n"', '"m"')})`, 'row n: "m" is no gate of the table'],
    [`GATE("n", "", "", 0, 1, ${x.replace('"n"', '"rx"')})`, 'row n: "rx" takes 1 angles'],
    [`GATE("n", "", "", 0, 1, ${x.replace('"n"', '"swap"')})`, '"swap" does not fit on 1 targets'],
    [`GATE("n", "", "", 0, 1, ${x.replace('"n"', '"cx"')})`, 'row n: "cx" has other controls'],
    [`GATE("n", "", "", 0, 1, ${x.replace('"n"', '""')})`, 'row n: every gate needs an inverse'],
  ])('%s', (row, sentence) => {
    const { status, message } = generate(`${definitions}\n${row}`);
    expect(status).toBe(1);
    expect(message.trim().split('\n')).toHaveLength(1);
    expect(message).toContain(sentence);
  });
});
