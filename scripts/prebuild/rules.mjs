// What a prebuilt file has to be, as sentences about what it is instead. Facts come from inspect.py.
import { createRequire } from 'node:module';

const { js_native_api_symbols: language, node_api_symbols: system } = createRequire(
  import.meta.url,
)('node-api-headers').symbols.v9;

/** Names that node exports to addons of Node-API 9. */
const nodeNames = new Set([...language, ...system]);
const addonExports = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];
const engineExports = ['qmlx_engine_table_get'];

const cxx = '/usr/lib/libc++.1.dylib';
const darwinSystem = '/usr/lib/libSystem.B.dylib';
const processors = {
  'Mach-O': { arm64: 'ARM64', x64: 'X86_64' },
  ELF: { arm64: 'AARCH64', x64: 'X86_64' },
  PE: { x64: 'AMD64' },
};

/** The newest version of each library that a file on Linux may ask for; musl has no versions. */
const addonVersions = { glibc: { GLIBC: '2.28' }, musl: {} };
const engineVersions = { GLIBC: '2.35', GLIBCXX: '3.4.30', CXXABI: '1.3.13', GCC: '12.0' };
const linuxSystem =
  /^(libc|libm|libpthread|libdl|librt)\.so\.\d+$|^ld-linux-(x86-64|aarch64)\.so\.\d$/;
/** Of the C library, though the names look like the C++ runtime's. */
const ofLibc = new Set(['__cxa_finalize', '__cxa_atexit', '__cxa_thread_atexit_impl']);

const same = (a, b) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
const without = (names, known) => names.filter((name) => !known.has(name));

/** Collects sentences. */
class Findings {
  problems = [];

  expect(holds, sentence) {
    if (!holds) this.problems.push(sentence);
  }

  /** Nothing may be left. */
  none(names, sentence) {
    const shown =
      names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
    this.expect(names.length === 0, `${sentence}: ${shown}`);
  }
}

/**
 * @param {object} facts of one file
 * @param {{ platform: string, arch: string, libc?: string, part: 'addon' | 'engine', minimum?: string,
 *   libcxx?: Set<string>, libSystem?: Set<string>, libmlx?: Set<string>[] }} wanted the names that the
 *   system's libraries and each supported libmlx export
 * @returns {string[]} what is wrong
 */
export function problemsOf(facts, wanted) {
  const found = new Findings();
  const format = { darwin: 'Mach-O', linux: 'ELF', win32: 'PE' }[wanted.platform];
  found.expect(facts.format === format, `it is no ${format} file`);
  if (facts.format !== format) return found.problems;
  const processor = processors[format][wanted.arch];
  found.expect(facts.processor === processor, `it is for ${facts.processor}, not ${processor}`);
  if (format === 'Mach-O') checkMachO(found, facts, wanted);
  else if (format === 'ELF') checkElf(found, facts, wanted);
  else checkPe(found, facts);
  return found.problems;
}

function checkMachO(found, facts, { part, arch, minimum, libcxx, libSystem, libmlx = [] }) {
  const engine = part === 'engine';
  const imports = (library) => facts.imports[library] ?? [];
  found.expect(facts.type === (engine ? 'DYLIB' : 'BUNDLE'), `its type is ${facts.type}`);
  found.expect(facts.flags.includes('NOUNDEFS'), 'it does not promise NOUNDEFS');
  found.expect(
    facts.minimumSystem === minimum,
    `it needs macOS ${facts.minimumSystem}, not ${minimum}`,
  );
  const libraries = [...(engine ? ['@rpath/libmlx.dylib'] : []), cxx, darwinSystem];
  found.expect(same(facts.libraries, libraries), `it is linked to ${facts.libraries.join(', ')}`);
  const paths = engine ? ['@loader_path'] : [];
  found.expect(
    same(facts.runPaths, paths),
    `its run paths are ${facts.runPaths.join(', ') || 'none'}`,
  );
  const names = engine ? ['@rpath/libqmlx_mlx.dylib'] : [];
  found.expect(same(facts.installNames, names), `it is called ${facts.installNames.join(', ')}`);
  const exported = (engine ? engineExports : addonExports).map((name) => `_${name}`);
  found.expect(same(facts.exports, exported), `it exports ${facts.exports.join(', ')}`);
  const flat = new Set(engine ? [] : [...nodeNames].map((name) => `_${name}`));
  found.none(without(imports('flat'), flat), 'it looks up names anywhere');
  found.none(without(imports(cxx), libcxx), 'no known C++ runtime of that macOS has');
  found.none(without(imports(darwinSystem), libSystem), 'the system library of macOS 14 lacks');
  for (const library of libmlx) {
    found.none(without(imports('@rpath/libmlx.dylib'), library), 'a supported libmlx lacks');
  }
  // Exceptions of libmlx match our handlers only if both use the runtime of the system.
  for (const name of ['___cxa_throw', '___gxx_personality_v0']) {
    found.expect(
      imports(cxx).includes(name),
      `${name} does not come from the system's C++ runtime`,
    );
  }
  found.expect(imports(darwinSystem).includes('__Unwind_Resume'), 'it brings its own unwinder');
  const typeInfo = imports(cxx).some((name) => name.startsWith('__ZTISt'));
  found.expect(typeInfo, "it brings its own types of the standard library's exceptions");
  found.expect(facts.sections.includes('__unwind_info'), 'exceptions cannot pass through it');
  const { signature } = facts;
  // Intel's Macs load unsigned libraries.
  if (signature === null && arch === 'x64') return;
  found.expect(
    signature?.adHoc && signature.sha256 && signature.covers,
    'it has no ad-hoc signature',
  );
  found.expect(
    signature?.wrongPages === 0,
    `${signature?.wrongPages} pages differ from the signature`,
  );
}

function newer(a, b) {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const place = left.findIndex((part, k) => part !== (right[k] ?? 0));
  return place >= 0 && left[place] > (right[place] ?? 0);
}

function checkElf(found, facts, { part, libc, libmlx = [] }) {
  const engine = part === 'engine';
  const limits = engine ? engineVersions : addonVersions[libc];
  for (const version of Object.values(facts.versions).flat()) {
    const [, name, number] = /^([A-Z]+)_([\d.]+)$/.exec(version) ?? [];
    const fine = name in limits && !newer(number, limits[name]);
    found.expect(fine, `it needs ${version}`);
  }
  const expected = engine
    ? /^(libmlx\.so|libstdc\+\+\.so\.6|libgcc_s\.so\.1)$/
    : libc === 'musl'
      ? /^libc\.so$/
      : /^$/;
  const known = (name) => expected.test(name) || (libc !== 'musl' && linuxSystem.test(name));
  found.none(
    facts.libraries.filter((name) => !known(name)),
    'it is linked to',
  );
  // Such memory is handed out when a process starts; musl refuses what is opened later.
  found.expect(!facts.staticTls, 'it needs thread-local memory of the initial-exec kind');
  const paths = engine ? ['$ORIGIN'] : [];
  found.expect(
    same(facts.runPaths, paths),
    `its run paths are ${facts.runPaths.join(', ') || 'none'}`,
  );
  const exported = engine ? engineExports : addonExports;
  found.expect(same(facts.exports, exported), `it exports ${facts.exports.join(', ')}`);
  const imports = facts.imports[''];
  const ofRuntime = imports.filter((name) => /^(_Z|__cxa_|__gxx_)/.test(name) && !ofLibc.has(name));
  if (engine) {
    found.expect(ofRuntime.includes('__cxa_throw'), 'it brings its own C++ runtime');
    const ofMlx = imports.filter((name) => /^_ZNK?3mlx/.test(name));
    for (const library of libmlx) found.none(without(ofMlx, library), 'a supported libmlx lacks');
  } else {
    found.none(ofRuntime, 'it needs a C++ runtime for');
    found.none(
      without(
        imports.filter((name) => /^n(ode_)?api_/.test(name)),
        nodeNames,
      ),
      'node lacks',
    );
  }
}

function checkPe(found, facts) {
  const system = /^(kernel32\.dll|ntdll\.dll|api-ms-win-crt-.*\.dll)$/i;
  found.none(
    facts.libraries.filter((name) => !system.test(name)),
    'it is linked to',
  );
  found.expect(same(facts.exports, addonExports), `it exports ${facts.exports.join(', ')}`);
}
