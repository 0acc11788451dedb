// Whether qmlx reads the same texts as the grammar of the OpenQASM 3 specification:
//   node bench/qasm/oracle.mjs SPECIFICATION [--count 10000] [--seed 1] [--write]
// SPECIFICATION is a checkout of the specification's repository. The parser that ANTLR generates from its grammar is
// made in build/oracle, with two packages installed there. --write freezes the verdicts for the tests.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { readSyntax } from '../../dist/qasm/read-syntax.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build', 'oracle');
const packages = ['antlr-ng@1.0.10', 'antlr4ng@3.0.16'];

function run(command, args, cwd) {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
}

function transpile(source, target) {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions });
  writeFileSync(target, outputText);
}

/** Makes the reference parser and gives a function that says whether it accepts a text. */
async function reference(specification) {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'node_modules'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], folder);
  }
  for (const name of ['qasm3Lexer', 'qasm3Parser']) {
    copyFileSync(
      join(specification, 'source', 'grammar', `${name}.g4`),
      join(folder, `${name}.g4`),
    );
    const options = ['-D', 'language=TypeScript', '--lib', '.', '-o', '.', '-l', 'false'];
    run('npx', ['antlr-ng', ...options, `${name}.g4`], folder);
    transpile(join(folder, `${name}.ts`), join(folder, `${name}.js`));
  }
  const load = (name) => import(pathToFileURL(join(folder, name)).href);
  const { CharStream, CommonTokenStream } = await load('node_modules/antlr4ng/dist/index.mjs');
  const [{ qasm3Lexer }, { qasm3Parser }] = [
    await load('qasm3Lexer.js'),
    await load('qasm3Parser.js'),
  ];
  return (text) => {
    const lexer = new qasm3Lexer(CharStream.fromString(text));
    lexer.removeErrorListeners();
    let errors = 0;
    const listener = {
      syntaxError: () => (errors += 1),
      reportAmbiguity() {},
      reportAttemptingFullContext() {},
      reportContextSensitivity() {},
    };
    lexer.addErrorListener(listener);
    const parser = new qasm3Parser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(listener);
    parser.program();
    return errors === 0;
  };
}

/** Whether qmlx reads a text; one without a header is OpenQASM 3 here. */
function accepts(text) {
  const headed = /^OPENQASM\s/.test(text) ? text : `OPENQASM 3.0;\n${text}`;
  const { diagnostics } = readSyntax(headed, '', () => '');
  return !diagnostics
    .resolve()
    .some(({ code, severity }) => severity === 'error' && code !== 'ERR_QASM_UNSUPPORTED');
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const [specification] = positionals;
if (specification === undefined || !existsSync(join(specification, 'source', 'grammar'))) {
  console.log('Skipped: name a checkout of the specification of OpenQASM.');
  process.exit(0);
}
const [count, seed] = [Number(values.count), Number(values.seed)];
const isAccepted = await reference(specification);
const generator = join(folder, 'generated-programs.js');
transpile(join(root, 'test/fixtures/qasm/generated-programs.ts'), generator);
const { generatedPrograms } = await import(pathToFileURL(generator).href);
const texts = generatedPrograms(count, seed);
const verdicts = texts.map(isAccepted);
const different = texts.filter((text, k) => accepts(text) !== verdicts[k]);
for (const text of different.slice(0, 12)) {
  console.log(
    `${accepts(text) ? 'read here alone' : 'refused here alone'}: ${JSON.stringify(text)}`,
  );
}
const accepted = verdicts.filter(Boolean).length;
console.log(
  `${count} programs of seed ${seed}: ${accepted} accepted, ${different.length} verdicts differ`,
);
if (values.write) {
  const bytes = Buffer.alloc(Math.ceil(count / 8));
  verdicts.forEach((verdict, k) => verdict && (bytes[k >> 3] |= 1 << (k & 7)));
  const frozen = {
    specification: 'OpenQASM 3.1',
    packages,
    count,
    seed,
    accepted: bytes.toString('base64'),
  };
  const target = join(root, 'test/fixtures/qasm/generated-verdicts.json');
  writeFileSync(target, `${JSON.stringify(frozen, null, 2)}\n`);
}
if (different.length > 0) process.exitCode = 1;
