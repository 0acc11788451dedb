// `node scripts/check-latex.mjs`: compiles every golden LaTeX picture, one a page, where pdflatex and quantikz are
// installed. `--out FOLDER` keeps the document. Debian 12 has quantikz 1 only; the files of version 2 are in Debian 13's
// texlive-pictures and may lie in any folder that kpsewhich searches, such as $TEXMFHOME/tex/latex.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './run.mjs';

const pictures = join(root, 'test/fixtures/draw/golden');
const { values } = parseArgs({ options: { out: { type: 'string' } } });

function found(file) {
  return Boolean(spawnSync('kpsewhich', [file], { encoding: 'utf8' }).stdout?.trim());
}

/** What a page holds, or nothing for a circuit without wires. */
function pageOf(file) {
  const picture = readFileSync(join(pictures, file), 'utf8');
  return picture.includes('lstick') ? `\\begin{page}\n${picture}\\end{page}\n` : '';
}

function compile(folder) {
  const pages = readdirSync(pictures)
    .filter((file) => file.endsWith('.tex'))
    .map(pageOf);
  const head = [
    '\\documentclass[multi=page,border=6pt,varwidth=40cm]{standalone}',
    '\\usepackage{amsmath,tikz}',
    '\\usetikzlibrary{quantikz2}',
  ].join('\n');
  const path = join(folder, 'pictures.tex');
  writeFileSync(path, `${head}\n\\begin{document}\n${pages.join('')}\\end{document}\n`);
  const options = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', path];
  const { status, stdout } = spawnSync('pdflatex', options, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout.slice(-2000));
  return pages.filter((page) => page !== '').length;
}

if (spawnSync('pdflatex', ['--version']).error || !found('tikzlibraryquantikz2.code.tex')) {
  console.log('LaTeX: not checked, for want of pdflatex or quantikz 2');
} else {
  const folder = values.out ?? mkdtempSync(join(tmpdir(), 'qmlx-latex-'));
  mkdirSync(folder, { recursive: true });
  try {
    console.log(`LaTeX: ${compile(folder)} pictures compile`);
  } finally {
    if (values.out === undefined) rmSync(folder, { recursive: true });
  }
}
