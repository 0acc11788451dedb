// A chain of 1,000 gates must cost the compiler little: the type of a circuit must not grow with each call.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const GATES = 1000;
// A type that grew with each call would need millions.
const MOST_INSTANTIATIONS = 100_000;
// Guards against a hang only; figures belong to bench/.
const TIMEOUT = 120_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qmlx-types-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A circuit of so many gates in one expression: all shapes of calls, every fourth with a parameter. */
function chain(gates: number): string {
  const qubit = (k: number): number => k % 10;
  const call = (k: number): string => {
    const [a, b, c] = [qubit(k), qubit(k + 3), qubit(k + 6)];
    const calls = [
      `.cx(${a}, ${b})`,
      `.rz(0.1, ${a})`,
      `.mcx([${a}, ${b}], ${c})`,
      `.u(theta.mul(2), param('p${k % 20}'), 0.3, ${a})`,
    ];
    return calls[k % calls.length]!;
  };
  return [
    "import { circuit, param } from 'qmlx';",
    "const theta = param('theta');",
    `export const c = circuit(10, 10)${Array.from({ length: gates }, (_, k) => call(k)).join('\n  ')};`,
    'export const names: readonly string[] = [theta, ...c.parameters].map(String);',
  ].join('\n');
}

interface Check {
  readonly errors: readonly string[];
  /** How many types the compiler instantiated. */
  readonly instantiations: number;
}

/** What the compiler says of some files. */
function check(sources: Readonly<Record<string, string>>): Check {
  const project = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      noEmit: true,
      paths: { qmlx: [join(root, 'lib/index.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    },
    files: Object.keys(sources),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  // The compiler recurses along a chain; on Node's default stack it overflows after some 600 calls in one
  // expression, whatever the types of the calls.
  const tsc = [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    folder,
    '--extendedDiagnostics',
  ];
  const run = spawnSync(process.execPath, ['--stack-size=3900', ...tsc], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return {
    errors: run.stdout.split('\n').filter((line) => line.includes(': error TS')),
    instantiations: Number(/^Instantiations:\s+(\d+)/m.exec(run.stdout)?.[1]),
  };
}

test(
  `a chain of ${GATES} gates costs little, and an index out of range at its end is an error`,
  () => {
    const wrong = chain(100).replace(';\nexport const names', '.h(10);\nexport const names');
    const { errors, instantiations } = check({ 'chain.ts': chain(GATES), 'wrong.ts': wrong });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^.*wrong\.ts.*'10' is not assignable/);
    expect(instantiations).toBeLessThan(MOST_INSTANTIATIONS);
  },
  TIMEOUT,
);
