// The table of docs/architecture.md: what the files of each layer may import or include.
// `uses` names layers, `types` layers of which only types may be imported (`import type`, which
// leaves nothing at run time); `packages` names Node built-ins and npm packages, '*' means any.

const pure = ['errors', 'limits'];

/** Layers of lib/. A layer is a folder, or a single file directly in lib/ without its suffix. */
export const libraryLayers = {
  index: { uses: ['*'], packages: [] },
  errors: { uses: [], packages: [] },
  limits: { uses: ['errors'], packages: [] },
  // A circuit's methods name what a run returns; lib/run installs what they call.
  circuit: { uses: pure, types: ['observable', 'results', 'run'], packages: [] },
  observable: { uses: [...pure, 'circuit'], packages: [] },
  program: { uses: [...pure, 'circuit'], packages: [] },
  results: { uses: [...pure, 'circuit', 'observable', 'native'], packages: ['node:util'] },
  qasm: { uses: [...pure, 'circuit'], packages: [] },
  // Draws PNG images where the package is installed.
  draw: { uses: [...pure, 'circuit', 'results'], packages: ['@resvg/resvg-js'] },
  cache: { uses: [], packages: ['node:os', 'node:path'] },
  libmlx: { uses: ['errors', 'cache'], packages: ['*'] },
  // What stands in for the addon where none can be loaded.
  engine: { uses: [...pure, 'circuit', 'program'], types: ['native'], packages: ['node:os'] },
  native: { uses: ['errors', 'libmlx', 'engine'], packages: ['*'] },
  run: {
    uses: [...pure, 'circuit', 'observable', 'program', 'results', 'native', 'cache'],
    packages: [
      'node:crypto',
      'node:fs',
      'node:os',
      'node:path',
      'node:timers/promises',
      'node:util',
    ],
  },
  // The page it serves is bundled for browsers and imports nothing of lib but types.
  play: { uses: ['index'], packages: ['*'] },
  bench: { uses: ['index'], packages: ['*'] },
  cli: { uses: ['index', 'play', 'bench'], packages: ['*'] },
};

/** The only file that may load a compiled addon. */
export const addonLoader = 'lib/native.ts';

/** Where `createRequire` may stand: it also resolves packages, as only CommonJS can everywhere. */
export const resolvers = ['lib/native.ts', 'lib/libmlx/package.ts'];

/** Folders of native/. `system: 'standard'` allows the headers of the C++ standard library only. */
export const nativeLayers = {
  gates: { uses: [], system: 'standard' },
  kernels: { uses: [], system: 'none' },
  core: { uses: ['gates'], system: 'standard' },
  cpu: { uses: ['core', 'kernels'], system: 'any' },
  mlx: { uses: ['core', 'kernels'], system: 'any' },
  engines: { uses: ['core'], system: 'any' },
  addon: { uses: ['core', 'cpu', 'engines', 'gates'], system: 'any' },
};

/** The only folder that may include the Node-API headers. */
export const nodeApiFolder = 'addon';

export const nodeApiHeaders = /^(napi|node_api|js_native_api|node|v8|uv)\b/;

// emmintrin.h, immintrin.h and cpuid.h come with every compiler for x86-64 and need no option there: functions name the wider
// instruction sets that they use.
export const standardHeaders = new Set(
  `algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
  cinttypes climits cmath compare complex concepts condition_variable cstddef cstdint cstdio cstdlib
  cstring deque exception execution expected filesystem format forward_list fstream functional
  future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map
  memory memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex
  scoped_allocator semaphore set shared_mutex source_location span sstream stack stdexcept stop_token
  streambuf string string_view system_error thread tuple type_traits typeindex typeinfo
  unordered_map unordered_set utility valarray variant vector version
  stdbool.h stddef.h stdint.h emmintrin.h immintrin.h cpuid.h`.split(/\s+/),
);
