// Proves that the rules find what they are for: files with one planted mistake each, made by the real
// compiler and linker, and the same file without it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchLibmlx } from '../fetch-libmlx.mjs';
import { run } from '../run.mjs';
import { problemsOf } from './rules.mjs';
import { darwinWheel } from './targets.mjs';
import { inspect, ld64, libcxxNames, macosStubs, systemStub, zig } from './toolchain.mjs';

const folder = mkdtempSync(join(tmpdir(), 'planted-'));
const libmlx = join(await fetchLibmlx(darwinWheel), 'lib', 'libmlx.dylib');
const stubs = macosStubs(libmlx);
const names = {
  libcxx: new Set(libcxxNames(libmlx)),
  libSystem: new Set(readFileSync(systemStub(), 'utf8').match(/[\w$.]+/g)),
};

const addon = `#include <stdexcept>
extern "C" {
int napi_get_undefined();
__attribute__((visibility("default"))) int node_api_module_get_api_version_v1() { return 9; }
__attribute__((visibility("default"))) int napi_register_module_v1() {
  try {
    if (napi_get_undefined()) throw std::runtime_error("undefined");
  } catch (const std::exception&) { return 1; }
  return 0;
}
}
`;
// What linking zig's own runtime in amounts to.
const runtime = `
extern "C" {
void __cxa_throw(void*, void*, void (*)(void*)) { __builtin_trap(); }
int __gxx_personality_v0() { return 0; }
}
`;

/** C++ where `flags` are given, C else. */
function compile(name, text, triple, flags) {
  const source = join(folder, `${name}.${flags ? 'cpp' : 'c'}`);
  writeFileSync(source, text);
  const object = join(folder, `${name}.o`);
  const common = ['-O2', '-g0', '-fPIC', '-fvisibility=hidden', '-c', ...(flags ?? [])];
  const compiler = flags ? 'c++' : 'cc';
  run(zig(), [compiler, '-target', triple, ...common, source, '-o', object]);
  return object;
}

function linkDarwin(name, objects, { minimum = '14.0', extra = [] } = {}) {
  const file = join(folder, `${name}.node`);
  const flags = ['-arch', 'arm64', '-platform_version', 'macos', minimum, minimum, '-bundle'];
  const inputs = [...objects, join(stubs, 'libcxx.tbd'), join(stubs, 'libSystem.tbd')];
  run(ld64(), [
    ...flags,
    '-dead_strip',
    '-U',
    '_napi_get_undefined',
    ...extra,
    '-o',
    file,
    ...inputs,
  ]);
  return file;
}

function linkLinux(name, objects, triple, flags = []) {
  const file = join(folder, `${name}.node`);
  run(zig(), ['cc', '-target', triple, '-shared', '-s', ...flags, '-o', file, ...objects]);
  return file;
}

function flipByte(file, name) {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  const copy = join(folder, `${name}.node`);
  writeFileSync(copy, bytes);
  return copy;
}

const marks = ['-U_LIBCPP_HAS_VENDOR_AVAILABILITY_ANNOTATIONS'];
marks.push('-D_LIBCPP_HAS_VENDOR_AVAILABILITY_ANNOTATIONS=1', '-fno-asynchronous-unwind-tables');
const darwin = [...marks, '-funwind-tables', '-fno-sized-deallocation'];
const macos = 'aarch64-macos.14.0';
const good = compile('good', addon, macos, darwin);
const goodFile = linkDarwin('good', [good]);
const linux = 'x86_64-linux-gnu.2.28';
// In C, so that no C++ runtime has to be compiled for it.
const visible = '__attribute__((visibility("default")))';
const plain = `${visible} int napi_register_module_v1(void) { return 0; }
${visible} int node_api_module_get_api_version_v1(void) { return 9; }
`;
const asking = plain.replace(
  'return 0',
  'extern unsigned arc4random(void); return (int)arc4random()',
);
const threadLocal = plain.replace(
  'return 0',
  'static __thread __attribute__((tls_model("initial-exec"))) int calls; return ++calls',
);
const [oldest, newest] = [linux, 'x86_64-linux-gnu.2.36'];
const musl = 'x86_64-linux-musl';

const onDarwin = { platform: 'darwin', arch: 'arm64', part: 'addon', minimum: '14.0', ...names };
const onLinux = { platform: 'linux', arch: 'x64', libc: 'glibc', part: 'addon' };
const onMusl = { ...onLinux, libc: 'musl' };
const map = join(folder, 'map');
writeFileSync(
  map,
  '{ global: napi_register_module_v1; node_api_module_get_api_version_v1; local: *; };',
);
const script = [`-Wl,--version-script=${map}`];

/** [what, file, target, the sentence that must be among the problems; none where there is no mistake] */
const cases = [
  ['no mistake on macOS', goodFile, onDarwin, undefined],
  [
    'a C++ runtime of its own',
    linkDarwin('runtime', [good, compile('bundled', runtime, macos, darwin)]),
    onDarwin,
    "does not come from the system's C++ runtime",
  ],
  [
    'a newer macOS',
    linkDarwin('newer', [good], { minimum: '15.0' }),
    onDarwin,
    'it needs macOS 15.0',
  ],
  [
    'a run path',
    linkDarwin('paths', [good], { extra: ['-rpath', '/opt'] }),
    onDarwin,
    'its run paths',
  ],
  [
    'a name looked up anywhere',
    linkDarwin(
      'flat',
      [
        good,
        compile(
          'other',
          'extern "C" int nowhere(); extern "C" __attribute__((used, visibility("default"))) int other() { return nowhere(); }',
          macos,
          darwin,
        ),
      ],
      { extra: ['-U', '_nowhere'] },
    ),
    onDarwin,
    'it looks up names anywhere: _nowhere',
  ],
  ['a changed byte', flipByte(goodFile, 'flipped'), onDarwin, 'pages differ from the signature'],
  ['another processor', goodFile, { ...onDarwin, arch: 'x64' }, 'it is for ARM64'],
  [
    'no mistake on Linux',
    linkLinux('elf', [compile('elf', plain, oldest)], oldest, script),
    onLinux,
    undefined,
  ],
  [
    'a newer glibc',
    linkLinux('glibc', [compile('asking', asking, newest)], newest, script),
    onLinux,
    'it needs GLIBC_2.36',
  ],
  [
    'no mistake on musl',
    linkLinux('musl', [compile('musl', plain, musl)], musl, script),
    onMusl,
    undefined,
  ],
  [
    'glibc in place of musl',
    linkLinux('wrong', [compile('wrong', asking, newest)], newest, script),
    onMusl,
    'it needs GLIBC_2.36',
  ],
  [
    'thread-local memory that musl refuses',
    linkLinux('tls', [compile('tls', threadLocal, musl)], musl, script),
    onMusl,
    'the initial-exec kind',
  ],
  [
    'exported names',
    linkLinux(
      'exports',
      [compile('extra', `${plain}${visible} int extra(void) { return 1; }\n`, oldest)],
      oldest,
    ),
    onLinux,
    'it exports extra',
  ],
];

let failed = 0;
for (const [what, file, wanted, sentence] of cases) {
  const problems = problemsOf(inspect([file])[0], wanted);
  const found =
    sentence === undefined
      ? problems.length === 0
      : problems.some((problem) => problem.includes(sentence));
  if (!found) failed += 1;
  console.log(
    `${what}: ${found ? 'as expected' : `NOT FOUND among: ${problems.join('; ') || 'no problems'}`}`,
  );
}
rmSync(folder, { recursive: true });
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
