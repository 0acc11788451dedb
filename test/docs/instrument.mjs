// Turns an example into a module that checks its own comments: `expression; // => value` becomes a
// call that compares the value with the comment. Line numbers stay those of the document.
import { posix } from 'node:path';
import ts from 'typescript';

const names = { check: '$check', log: '$log' };

/** The text of `// => …` after a statement, with `// …` lines that continue it. */
function expectedAfter(source, end) {
  const match = /^[ \t]*;?[ \t]*(?:\n[ \t]*)?\/\/ => ?(.*(?:\n[ \t]*\/\/ {4}.*)*)/.exec(
    source.slice(end),
  );
  return match?.[1].replace(/\n[ \t]*\/\/ {4}/g, '\n');
}

function isLog(node) {
  return (
    ts.isCallExpression(node) &&
    node.expression.getText() === 'console.log' &&
    node.arguments.length > 0
  );
}

/** Edits `{ position, text }` for one statement that a `// =>` comment follows. */
function editsFor(statement, expected, place) {
  const tail = `, ${JSON.stringify(expected)}, ${JSON.stringify(place)})`;
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    if (isLog(expression)) {
      const { callee, args } = { callee: expression.expression, args: expression.arguments };
      return [
        { position: callee.getStart(), end: callee.end, text: names.log },
        { position: args.pos, text: '[' },
        { position: args.end, text: `]${tail.slice(0, -1)}` },
      ];
    }
    return [
      { position: expression.getStart(), text: `${names.check}(` },
      { position: expression.end, text: tail },
    ];
  }
  const declaration = ts.isVariableStatement(statement) && statement.declarationList.declarations;
  if (declaration?.length === 1 && ts.isIdentifier(declaration[0].name)) {
    return [
      { position: statement.end, text: `; ${names.check}(${declaration[0].name.text}${tail};` },
    ];
  }
  return undefined;
}

function collectEdits(sourceFile, example) {
  const edits = [];
  const visit = (node) => {
    if (ts.isStatement(node) && !ts.isBlock(node)) {
      const expected = expectedAfter(sourceFile.text, node.end);
      if (expected !== undefined) {
        const { line } = sourceFile.getLineAndCharacterOfPosition(node.end);
        const found = editsFor(node, expected, `${example.file}:${example.line + line}`);
        if (found) {
          edits.push(...found);
          return;
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return edits.sort((a, b) => b.position - a.position);
}

/** JavaScript of one example. `harness` is the module that exports the two checks. */
export function instrument(example, harness) {
  const sourceFile = ts.createSourceFile('example.ts', example.code, ts.ScriptTarget.ES2022, true);
  let code = example.code;
  let asserted = 0;
  for (const { position, end = position, text } of collectEdits(sourceFile, example)) {
    code = code.slice(0, position) + text + code.slice(end);
    if (text.includes('$')) asserted++;
  }
  const written = example.code.match(/\/\/ =>/g)?.length ?? 0;
  if (asserted < written) {
    throw new Error(`${example.file}:${example.line}: a "// =>" comment follows no single value`);
  }
  const header = `import { check as ${names.check}, log as ${names.log} } from '${harness}';`;
  // The header takes the fence's line, so that stack traces name the document's own lines.
  const text = `${'\n'.repeat(example.line - 2)}${header}\n${code}\n`;
  return ts.transpileModule(text, {
    fileName: example.file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      inlineSources: true,
      sourceRoot: new URL(`../../${posix.dirname(example.file)}/`, import.meta.url).href,
    },
  }).outputText;
}
