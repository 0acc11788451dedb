// `npm run test:notebooks`: executes examples/notebooks in Jupyter and checks what they show. Jupyter comes from the
// Python package index and the kernels, tslab and Deno, from npm, into build/notebooks/; the first run downloads
// about 100 MB. The last line is "N passed, N failed".
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root, run, status } from './run.mjs';

const jupyter = ['nbconvert==7.17.2', 'jupyter-client==8.10.0'];
const kernels = { tslab: '1.0.22', deno: '2.9.6' };

const folder = join(root, 'build', 'notebooks');
const python = join(folder, 'python');
const modules = join(folder, 'node_modules');
const hangLimit = 300_000;
const attempts = 5;
const nothing = 'no outputs';

/** What each kind of output must look like, whatever the kernel. */
const looks = {
  'text/plain': (text) => text.trim() !== '',
  'text/html': (text) => /<table>[^]*<\/table>/.test(text),
  'image/svg+xml': (text) => /^<svg [^]*<title>[^]*<\/svg>\s*$/.test(text),
  'application/vnd.vegalite.v5+json': (spec) => spec.mark === 'bar' && spec.data.values.length > 0,
  stdout: (text) => /^Step 0: .* => /.test(text),
};

function install() {
  // Written last, so that an interrupted installation starts again.
  const done = join(folder, 'installed.json');
  const wanted = JSON.stringify({ jupyter, kernels });
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', python]);
  run(join(python, 'bin', 'pip'), ['install', '--quiet', ...jupyter]);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const packages = Object.entries(kernels).map(([name, version]) => `${name}@${version}`);
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  run('npm', ['install', ...flags, ...packages], { cwd: folder });
  symlinkSync(root, join(modules, 'qmlx'), 'junction');
  writeFileSync(done, wanted);
}

function describeKernels() {
  const tslab = [join(modules, 'tslab', 'bin', 'tslab'), 'kernel', '--config-path'];
  const deno = [join(modules, 'deno', 'bin.cjs'), 'jupyter', '--kernel', '--conn'];
  for (const [name, command] of Object.entries({ tslab, deno })) {
    const place = join(folder, 'kernels', name);
    mkdirSync(place, { recursive: true });
    const argv = [process.execPath, ...command, '{connection_file}'];
    const spec = { argv, display_name: name, language: 'typescript' };
    writeFileSync(join(place, 'kernel.json'), JSON.stringify(spec));
  }
}

/** Executes a notebook and gives its cells. */
function execute(name) {
  const output = join(folder, name);
  rmSync(output, { force: true });
  const source = JSON.parse(readFileSync(join(root, 'examples', 'notebooks', name), 'utf8'));
  writeFileSync(output, JSON.stringify(source));
  const options = ['--to', 'notebook', '--execute', '--inplace', name, '--log-level', 'ERROR'];
  const environment = {
    JUPYTER_PATH: folder,
    JUPYTER_DATA_DIR: folder,
    DENO_DIR: join(folder, 'deno'),
  };
  const code = status(join(python, 'bin', 'jupyter-nbconvert'), options, {
    cwd: folder,
    env: { ...process.env, ...environment },
    timeout: hangLimit,
  });
  if (code !== 0) throw new Error(`${name} failed with exit status ${code}`);
  return JSON.parse(readFileSync(output, 'utf8')).cells;
}

const joined = (value) => (Array.isArray(value) ? value.join('') : value);

/** What is wrong with the outputs of a cell, in words. */
function faultsOf({ metadata, outputs = [] }) {
  const shown = new Map();
  for (const { output_type: type, name, data, text } of outputs) {
    if (type === 'error') return ['it throws'];
    if (type === 'stream') shown.set(name, (shown.get(name) ?? '') + joined(text));
    for (const [mime, value] of Object.entries(data ?? {})) shown.set(mime, joined(value));
  }
  const expected = metadata.qmlx?.shows ?? [];
  return expected
    .filter((kind) => !shown.has(kind) || !looks[kind](shown.get(kind)))
    .map((kind) => `no good ${kind} among ${[...shown.keys()].join(', ') || nothing}`);
}

/** Faults of every code cell, as lists by its index. */
function faultsOfNotebook(name) {
  const cells = execute(name).map((cell, index) => ({ cell, index }));
  return cells
    .filter(({ cell }) => cell.cell_type === 'code')
    .map(({ cell, index }) => ({ index, faults: faultsOf(cell) }));
}

/**
 * Kernels send some outputs after they have said that they are idle, when Jupyter listens no more. A notebook that
 * lost one is executed again, a few times at most: what is really wrong stays wrong.
 */
function check(name) {
  let cells = faultsOfNotebook(name);
  for (let attempt = 1; attempt < attempts; attempt++) {
    const lost = cells.some(({ faults }) => faults.some((fault) => fault.endsWith(nothing)));
    if (!lost) break;
    cells = faultsOfNotebook(name);
  }
  return cells;
}

install();
describeKernels();
let [passed, failed] = [0, 0];
for (const name of readdirSync(join(root, 'examples', 'notebooks'))) {
  if (!name.endsWith('.ipynb')) continue;
  for (const { index, faults } of check(name)) {
    for (const fault of faults) console.error(`${name}, cell ${index}: ${fault}`);
    if (faults.length === 0) passed++;
    else failed++;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
