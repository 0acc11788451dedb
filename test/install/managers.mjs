// Installs the package as users do: every package manager, with scripts and without, without optional packages, from its
// cache alone, to be read only, and with an install script that fetches or fails to. After each the package is imported
// and a Bell circuit is run.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { must } from './registry.mjs';

const folder = join(root, 'test', 'install', 'managers');
const installed = join(folder, 'node_modules');
const platform = `@qmlx/mlx-${process.platform}-${process.arch}`;
const CLOSED = 'http://127.0.0.1:9/';

/** The package managers; fetched at the first use. */
export function fetchManagers() {
  if (existsSync(join(installed, 'bun'))) return;
  must('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder });
}

const ours = join(installed, 'node', 'bin', 'node');
const npm = (name) =>
  name === 'npm' ? ['npm'] : [ours, join(installed, name, 'bin', 'npm-cli.js')];
const pnpm = (name) =>
  name === 'pnpm-12'
    ? [join(installed, name, 'pnpm')]
    : [ours, join(installed, name, 'bin', 'pnpm.mjs')];
const yarn = [ours, join(installed, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js')];

/**
 * How each is told what to do: a command, files to write, and variables, by mode. `exits` where it ends with another
 * code than 0 by design. A mode that it does not offer is missing.
 */
function npmDialect(name) {
  const install = [...npm(name), 'install', '--no-audit', '--no-fund'];
  return {
    files: ({ url }) => ({ '.npmrc': `registry=${url}\n` }),
    manifest: () => ({ allowScripts: { qmlx: true } }),
    normal: install,
    blocked: [...install, '--ignore-scripts'],
    'omit optional': [...install, '--omit=optional'],
    offline: [...install, '--offline'],
  };
}

function pnpmDialect(name) {
  const install = [...pnpm(name), 'install', '--no-frozen-lockfile'];
  return {
    files: ({ url, mode }) => ({
      '.npmrc': `registry=${url}\n`,
      // Packages of this very day are refused otherwise.
      'pnpm-workspace.yaml': `minimumReleaseAge: 0\n${mode === 'blocked' ? '' : 'allowBuilds:\n  qmlx: true\n'}`,
    }),
    normal: install,
    blocked: install,
    exits: { blocked: 1 },
    'omit optional': [...install, '--no-optional'],
    offline: [...install, '--offline'],
  };
}

function yarnDialect(linker) {
  const install = [...yarn, 'install', '--no-immutable'];
  return {
    files: ({ url, mode }) => ({
      'yarn.lock': '',
      '.yarnrc.yml': `npmRegistryServer: "${url}"
unsafeHttpWhitelist: ["127.0.0.1"]
nodeLinker: ${linker}
enableScripts: ${mode !== 'blocked'}
enableNetwork: ${mode !== 'offline'}
enableTelemetry: false
npmMinimalAgeGate: 0
`,
    }),
    normal: install,
    blocked: install,
    offline: install,
    run: linker === 'pnp' ? [...yarn, 'node'] : undefined,
  };
}

const bun = [join(installed, 'bun', 'bin', 'bun.exe'), 'install'];
const bunDialect = {
  files: ({ url }) => ({ 'bunfig.toml': `[install]\nregistry = "${url}"\n` }),
  manifest: ({ mode }) => (mode === 'blocked' ? {} : { trustedDependencies: ['qmlx'] }),
  normal: bun,
  blocked: bun,
  'omit optional': [...bun, '--omit=optional'],
  offline: bun,
  // It cannot be told to stay offline.
  offlineUrl: CLOSED,
};

export const DIALECTS = {
  npm: npmDialect('npm'),
  'npm-11': npmDialect('npm-11'),
  'npm-12': npmDialect('npm-12'),
  'pnpm-11': pnpmDialect('pnpm-11'),
  'pnpm-12': pnpmDialect('pnpm-12'),
  yarn: yarnDialect('node-modules'),
  'yarn-pnp': yarnDialect('pnp'),
  bun: bunDialect,
};

/** `fetched`, `unreachable` and `required` are about the install script: it fetches libmlx, cannot, and may not fail. */
export const MODES = [
  ...['normal', 'blocked', 'omit optional', 'offline', 'read-only'],
  ...['fetched', 'unreachable', 'required'],
];

const SCRIPT_MODES = ['fetched', 'unreachable', 'required'];
const NO_SERVER = { LIBMLX_VARIANT: 'cpu', LIBMLX_SOURCE: 'archive', LIBMLX_MIRROR: CLOSED };

function variablesFor(mode, archive) {
  if (mode === 'fetched')
    return { LIBMLX_VARIANT: 'cpu', MLX_ARCHIVE_URL: archive, MLX_ARCHIVE_INTEGRITY: 'none' };
  if (mode === 'unreachable') return NO_SERVER;
  return mode === 'required' ? { ...NO_SERVER, LIBMLX_REQUIRED: '1' } : {};
}

/** Variables of a user who has nothing of ours, and a home of his own. */
function cleanEnvironment(home) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(LIBMLX|QMLX|MLX|npm_|YARN|BUN|PNPM)/i.test(name),
  );
  const PATH = [existsSync(ours) ? dirname(ours) : undefined, process.env.PATH]
    .filter(Boolean)
    .join(':');
  return {
    ...Object.fromEntries(kept),
    ...{
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      LIBMLX_CACHE: join(home, 'libmlx'),
      PATH,
    },
    ...{ npm_config_cache: join(home, 'npm'), BUN_INSTALL_CACHE_DIR: join(home, 'bun'), CI: '1' },
    ...{ YARN_GLOBAL_FOLDER: join(home, 'yarn') },
  };
}

function writeProject(project, dialect, { url, version, mode, withPlatform }) {
  mkdirSync(project, { recursive: true });
  const dependencies = { qmlx: version, ...(withPlatform ? { [platform]: version } : {}) };
  const manifest = { private: true, dependencies, ...dialect.manifest?.({ mode }) };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  for (const [name, text] of Object.entries(dialect.files({ url, mode }))) {
    if (name === 'yarn.lock' && existsSync(join(project, name))) continue;
    writeFileSync(join(project, name), text);
  }
  cpSync(join(root, 'test', 'install', 'app.mjs'), join(project, 'app.mjs'));
}

function runIn(project, [program, ...args], options) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: project,
    encoding: 'utf8',
    ...options,
  });
  return { status, stdout, stderr };
}

function describeFailure(what, { status, stdout, stderr }) {
  return `${what} ended with ${status}\n${stdout}\n${stderr}`.trim();
}

/** Checks what the app printed: a Bell pair on the processor, and on MLX where it was asked for. */
function checkOutcome(ended, devices) {
  if (ended.status !== 0) return describeFailure('the app', ended);
  const { outcomes, steps } = JSON.parse(ended.stdout);
  const isBell = ({ counts }) =>
    Object.keys(counts).every((key) => key === '00' || key === '11') &&
    counts['00'] + counts['11'] === 1000;
  const used = outcomes.map(({ device }) => device);
  const right =
    JSON.stringify(used) === JSON.stringify(['cpu', ...devices]) && outcomes.every(isBell);
  return right ? undefined : `wrong outcome: ${ended.stdout}${steps.join(' ')}`;
}

/** Nothing can be written: another user, to whom nothing belongs. */
function otherUser(project) {
  if (process.getuid?.() !== 0) return {};
  for (let path = project; path !== dirname(path) && path !== '/tmp'; path = dirname(path))
    chmodSync(path, 0o755);
  return { uid: 65534, gid: 65534 };
}

/**
 * Installs with one package manager in one mode.
 * @returns how long installing took, and what is wrong
 */
export function tryManager(name, mode, { url, version, work, archive }) {
  const dialect = DIALECTS[name];
  const steps = mode === 'offline' ? ['normal', 'offline'] : [mode];
  const commandOf = (step) =>
    dialect[[...SCRIPT_MODES, 'read-only'].includes(step) ? 'normal' : step];
  if (commandOf(mode) === undefined) return { offered: false };
  const project = join(work, `${name}-${mode}`.replace(' ', '-'));
  const env = { ...cleanEnvironment(`${project}-home`), ...variablesFor(mode, archive) };
  const withPlatform = mode === 'normal' || mode === 'read-only';
  let seconds = 0;
  for (const step of steps) {
    for (const left of ['node_modules', '.pnp.cjs', '.pnp.loader.mjs']) {
      rmSync(join(project, left), { recursive: true, force: true });
    }
    const address = step === 'offline' ? (dialect.offlineUrl ?? url) : url;
    writeProject(project, dialect, { url: address, version, mode: step, withPlatform });
    const start = performance.now();
    const ended = runIn(project, commandOf(step), { env });
    seconds = (performance.now() - start) / 1000;
    if (mode === 'required') {
      const problem = ended.status === 0 ? 'installing ended well without libmlx' : undefined;
      return { offered: true, seconds, problem };
    }
    if (ended.status !== (dialect.exits?.[step] ?? 0)) {
      return { offered: true, seconds, problem: describeFailure('installing', ended) };
    }
  }
  const devices = withPlatform || mode === 'fetched' ? ['mlx-cpu'] : [];
  const readOnly = { ...otherUser(project), env: { ...env, HOME: '/nonexistent' } };
  const command = [...(dialect.run ?? ['node']), 'app.mjs', ...devices];
  const app = runIn(project, command, mode === 'read-only' ? readOnly : { env });
  return { offered: true, seconds, problem: checkOutcome(app, devices) };
}
