// `npm run example NAME`: runs examples/NAME.ts against the built package.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root, run } from './run.mjs';

const [name, ...args] = process.argv.slice(2);
const source = join(root, 'examples', `${name}.ts`);
if (name === undefined || !existsSync(source)) {
  const names = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.ts'));
  console.error('Usage: npm run example NAME, where NAME is one of:');
  console.error(names.map((file) => file.slice(0, -3)).join(' '));
  process.exit(2);
}

// build/ lies inside the package, so that `import … from 'qmlx'` finds this checkout.
const folder = join(root, 'build', 'examples');
const target = join(folder, `${name}.mjs`);
mkdirSync(folder, { recursive: true });
const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
  fileName: source,
  compilerOptions: {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    inlineSourceMap: true,
  },
});
writeFileSync(target, outputText);
run(process.execPath, ['--enable-source-maps', target, ...args], { cwd: process.cwd() });
