// What must be on the machine before the addon can be built; each missing thing is one sentence.
import { output } from './run.mjs';

function atLeast(version, wanted) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

function missingNode() {
  const version = process.versions.node;
  return atLeast(version, '20.19')
    ? undefined
    : `qmlx needs Node.js 20.19 or newer, and this is ${version}: install a newer Node.js.`;
}

function missingCMake() {
  const version = output('cmake', ['--version'])?.match(/version (\d+\.\d+)/)?.[1];
  if (version === undefined) {
    return 'CMake is missing: install CMake 3.18 or newer and put `cmake` on the PATH.';
  }
  return atLeast(version, '3.18')
    ? undefined
    : `qmlx needs CMake 3.18 or newer, and this is ${version}: install a newer CMake.`;
}

function missingCompiler() {
  // On Windows CMake finds Visual Studio by itself, outside the PATH.
  if (process.platform === 'win32') return undefined;
  const candidates = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++'];
  // The first one present is the one CMake picks.
  const compiler = candidates.find((name) => output(name, ['--version']) !== undefined);
  if (compiler === undefined) {
    return `A C++ compiler is missing (tried ${candidates.join(', ')}): install g++ 11 or clang 14, or newer.`;
  }
  const program =
    '#include <concepts>\n#include <span>\nstd::integral auto f(std::span<int> s) { return s[0]; }';
  const flags = ['-std=c++20', '-fsyntax-only', '-x', 'c++', '-'];
  const stdio = ['pipe', 'pipe', 'ignore'];
  return output(compiler, flags, { input: program, stdio }) === undefined
    ? `The C++ compiler (${compiler}) cannot compile C++20: install g++ 11 or clang 14, or newer.`
    : undefined;
}

function missingBuildTool() {
  if (process.platform === 'win32') return undefined;
  return ['ninja', 'make'].some((name) => output(name, ['--version']) !== undefined)
    ? undefined
    : 'A build tool is missing: install `make` or `ninja` and put it on the PATH.';
}

/** One sentence for each missing prerequisite. */
export function missingPrerequisites() {
  return [missingNode(), missingCMake(), missingCompiler(), missingBuildTool()].filter(
    (text) => text !== undefined,
  );
}
