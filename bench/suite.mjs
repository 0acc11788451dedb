// The whole suite: figures of qmlx alone, then the comparison with installed rivals. Writes bench/results/NAME.json and
// that machine's section of docs/benchmarks.md.
//   npm run build && node bench/rivals/setup.mjs && npm run bench -- [--name NAME] [--title TITLE] [--quick]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'cpu' },
    title: { type: 'string', default: cpus()[0]?.model ?? 'CPU' },
    quick: { type: 'boolean', default: false },
  },
});

function runScript(file, ...args) {
  const { status } = spawnSync(process.execPath, [place(file), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const scratch = mkdtempSync(join(tmpdir(), 'qmlx-bench-'));
const [own, comparison] = ['own.json', 'comparison.json'].map((name) => join(scratch, name));
runScript('first-light.mjs', own, ...(values.quick ? ['--quick'] : []));
runScript(
  'rivals.mjs',
  '--json',
  comparison,
  '--limit',
  '20',
  ...(values.quick ? ['--repeats', '2'] : []),
);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
mkdirSync(place('results'), { recursive: true });
const result = { title: values.title, own: read(own), comparison: read(comparison) };
writeFileSync(place(`results/${values.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
rmSync(scratch, { recursive: true });
runScript('report.mjs');
