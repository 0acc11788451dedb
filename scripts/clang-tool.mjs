// clang-format and clang-tidy of one pinned version for everybody, from PyPI into build/tools.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { output, root, run } from './run.mjs';

const version = '22.1.8';

/** Path of a clang tool; installs it on first use. */
export function clangTool(name) {
  const folder = join(root, 'build', 'tools');
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const tool = join(bin, name);
  if (!existsSync(tool) || !output(tool, ['--version'])?.includes(version)) {
    run('python3', ['-m', 'venv', folder]);
    run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', `${name}==${version}`]);
  }
  return tool;
}

/** Our own C++ files, as git knows them; generated ones are left out. */
export function nativeFiles(pattern) {
  return output('git', ['ls-files', 'native', 'test/native'])
    .split('\n')
    .filter((name) => pattern.test(name) && !name.includes('.gen.'));
}
