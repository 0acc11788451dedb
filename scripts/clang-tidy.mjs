// Checks our C++ with clang-tidy, a file a core at a time. Arguments name files; the default is all that this machine's
// build compiles.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { clangTool, nativeFiles } from './clang-tool.mjs';
import { root } from './run.mjs';

/** Files for other processors have no place in the build. */
function compiledFiles() {
  const commands = JSON.parse(readFileSync(join(root, 'build', 'compile_commands.json'), 'utf8'));
  const compiled = new Set(commands.map(({ file }) => file));
  return nativeFiles(/^native\/.*\.cpp$/).filter((file) => compiled.has(join(root, file)));
}

const waiting = process.argv.length > 2 ? process.argv.slice(2) : compiledFiles();
const tool = clangTool('clang-tidy');
let failed = false;

function check(file) {
  return new Promise((resolve) => {
    const child = spawn(tool, ['-p', 'build', '--quiet', file], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'ignore'],
    });
    child.on('close', (code) => {
      failed ||= code !== 0;
      resolve();
    });
  });
}

async function worker() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await check(file);
}

await Promise.all(Array.from({ length: availableParallelism() }, worker));
process.exit(failed ? 1 : 0);
