/** The wheel of MLX for the oldest macOS. */
export const darwinWheel = 'darwin-arm64-metal-14.0';
/** Those for newer ones, which the same engine has to fit. */
export const newerDarwinWheels = ['darwin-arm64-metal-15.0', 'darwin-arm64-metal-26.2'];

// Every platform that a prebuilt addon is made for. `triple` is zig's name of the target with the
// oldest system or C library; `engine` says how the MLX engine is built there, where there is one.
export const targets = {
  'linux-x64': {
    platform: 'linux',
    arch: 'x64',
    libc: 'glibc',
    triple: 'x86_64-linux-gnu.2.28',
    engine: { wheel: 'linux-x64-cpu', compiler: 'x86_64-linux-gnu-g++-12' },
  },
  'linux-x64-musl': { platform: 'linux', arch: 'x64', libc: 'musl', triple: 'x86_64-linux-musl' },
  'linux-arm64': {
    platform: 'linux',
    arch: 'arm64',
    libc: 'glibc',
    triple: 'aarch64-linux-gnu.2.28',
    engine: { wheel: 'linux-arm64-cpu', compiler: 'aarch64-linux-gnu-g++-12' },
  },
  'linux-arm64-musl': {
    platform: 'linux',
    arch: 'arm64',
    libc: 'musl',
    triple: 'aarch64-linux-musl',
  },
  'darwin-arm64': {
    platform: 'darwin',
    arch: 'arm64',
    triple: 'aarch64-macos.14.0',
    // Built with the addon: the C++ runtime is the system's, for both.
    engine: { wheel: darwinWheel },
  },
  'darwin-x64': { platform: 'darwin', arch: 'x64', triple: 'x86_64-macos.13.3' },
  'win32-x64': { platform: 'win32', arch: 'x64', triple: 'x86_64-windows-gnu' },
};

/** Name of the MLX engine's file. */
export function engineFile(platform) {
  return `libqmlx_mlx.${platform === 'darwin' ? 'dylib' : 'so'}`;
}

/** Name of the addon's file, as node-gyp-build looks for it. */
export function addonFile({ libc }) {
  return libc === undefined ? 'qmlx.node' : `qmlx.${libc}.node`;
}

/** The fields of package.json that say for which system a package is. */
export function systemFields({ platform, arch, libc }) {
  return { os: [platform], cpu: [arch], ...(libc === undefined ? {} : { libc: [libc] }) };
}
