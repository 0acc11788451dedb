// Formats our C++ in place, or with --check fails when a file is not formatted.
import { clangTool, nativeFiles } from './clang-tool.mjs';
import { run } from './run.mjs';

const files = nativeFiles(/\.(h|cpp)$/);
const mode = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i'];
if (files.length > 0) run(clangTool('clang-format'), [...mode, ...files]);
