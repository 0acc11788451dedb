// How every script starts another program: argument arrays only, never a shell string.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a program in the package root with the terminal's output; returns its exit status. */
export function status(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) {
    console.error(`${program}: ${result.error.message}`);
    return 1;
  }
  return result.status ?? 1;
}

/** Runs a program and ends this process when it fails. */
export function run(program, args, options) {
  const code = status(program, args, options);
  if (code !== 0) process.exit(code);
}

/** Runs a script of an installed package, e.g. `runPackage('typescript/bin/tsc', [])`. */
export function runPackage(script, args, options) {
  run(process.execPath, [join(root, 'node_modules', script), ...args], options);
}

/** Standard output of a program, or undefined when it cannot be started or fails. */
export function output(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, encoding: 'utf8', ...options });
  return result.error || result.status !== 0 ? undefined : result.stdout;
}
