// Type-checks the examples against the built declarations, as a user's compiler would see them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

function compilerOptions(root) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
}

/** Type errors as `file:line: message`, one list for each example. */
export function typeErrors(root, examples, folder) {
  mkdirSync(folder, { recursive: true });
  const paths = examples.map((example, index) => {
    const path = join(folder, `${index}.mts`);
    writeFileSync(path, `${example.code}\nexport {};\n`);
    return path;
  });
  const program = ts.createProgram(paths, compilerOptions(root));
  return paths.map((path, index) => {
    const source = program.getSourceFile(path);
    const { file, line } = examples[index];
    return ts.getPreEmitDiagnostics(program, source).map(({ start = 0, messageText }) => {
      const offset = source.getLineAndCharacterOfPosition(start).line;
      return `${file}:${line + offset}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}
