// Finds the examples of the documentation: fenced `ts` blocks in Markdown and in TSDoc comments.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

function filesUnder(root, folder, suffix) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .filter((name) => name.endsWith(suffix))
    .sort();
}

/** The lines of a file as Markdown: for TypeScript, the insides of its TSDoc comments. */
function markdownLines(file, text) {
  const lines = text.split('\n');
  if (file.endsWith('.md')) return lines;
  let inside = false;
  return lines.map((line) => {
    if (/^\s*\/\*\*/.test(line)) inside = true;
    const content = inside ? line.replace(/^\s*(\/\*\*|\*(?!\/)) ?/, '') : '';
    if (line.includes('*/')) inside = false;
    return content;
  });
}

/** Examples of one file: `{ file, line, code }`, where `line` is the first line inside the fence. */
export function extractExamples(file, text) {
  const examples = [];
  let open;
  markdownLines(file, text).forEach((line, index) => {
    const fence = /^\s*(`{3,})(.*)$/.exec(line);
    if (!open && fence) {
      open = { mark: fence[1], language: fence[2].trim(), line: index + 2, code: [] };
    } else if (open && fence && fence[1] === open.mark && fence[2].trim() === '') {
      if (open.language === 'ts') {
        examples.push({ file, line: open.line, code: open.code.join('\n') });
      }
      open = undefined;
    } else if (open) {
      open.code.push(line);
    }
  });
  if (open) throw new Error(`${file}:${open.line - 1}: the code block is never closed`);
  return examples;
}

/** All examples of a package: README.md, docs/ and the TSDoc comments of lib/. */
export function findExamples(root) {
  const files = [
    ...(existsSync(join(root, 'README.md')) ? ['README.md'] : []),
    ...filesUnder(root, 'docs', '.md'),
    ...filesUnder(root, 'lib', '.ts'),
  ];
  return files.flatMap((file) => extractExamples(file, readFileSync(join(root, file), 'utf8')));
}
