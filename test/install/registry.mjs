// A registry on this machine with the packed package, what it depends on, and the platform package of this machine.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fetchLibmlx } from '../../scripts/fetch-libmlx.mjs';
import { assembleMain } from '../../scripts/packages/main.mjs';
import { assemblePlatform } from '../../scripts/packages/platform.mjs';
import { addonFile, engineFile, systemFields, targets } from '../../scripts/prebuild/targets.mjs';
import { root } from '../../scripts/run.mjs';

const system = `${process.platform}-${process.arch}`;
const modules = join(root, 'node_modules');
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) => writeFileSync(file, JSON.stringify(value, null, 2));

/** Runs a program; throws with what it said if it fails. */
export function must(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (result.status === 0) return result.stdout;
  throw new Error(
    `${program} ${args.join(' ')}\n${result.error ?? ''}${result.stdout}${result.stderr}`,
  );
}

/** Copies into prebuilds/ what the build of this clone made and is not there; gives what is new. */
function lendBuild() {
  const target = targets[system];
  const folder = join(root, 'prebuilds', system);
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  const engine = engineFile(target.platform);
  const names = { 'qmlx.node': addonFile(target), [engine]: engine };
  const missing = Object.entries(names).filter(([, name]) => !existsSync(join(folder, name)));
  for (const [built, name] of missing) {
    cpSync(join(root, 'build', 'Release', built), join(folder, name));
    must('strip', ['-S', '-x', join(folder, name)]);
  }
  return isNew ? [folder] : missing.map(([, name]) => join(folder, name));
}

/** The main and the platform package as they are published (scripts/packages), with prebuilt files or this build's. */
export async function assemblePackages(into) {
  mkdirSync(into, { recursive: true });
  const lent = lendBuild();
  try {
    return { main: assembleMain(into), platform: await assemblePlatform(system, into) };
  } finally {
    // What is published is never made of them.
    for (const path of lent) rmSync(path, { recursive: true });
  }
}

/** The library as a release archive holds it. */
function archiveLibrary(wheel, folder) {
  const file = join(folder, 'libmlx.tar.gz');
  const beside = readdirSync(wheel).filter((name) => name.endsWith('.libs'));
  must('tar', ['-C', wheel, '-czf', file, 'mlx/lib', 'mlx/include', ...beside]);
  return file;
}

/** What stands for packages of other systems, which package managers have to know and leave out. */
function stageForeignPackages(into, { optionalDependencies, version }) {
  const own = `@qmlx/mlx-${system}`;
  return Object.keys(optionalDependencies).flatMap((name) => {
    if (name === own) return [];
    const target = name.replace(/^@qmlx\/(mlx|addon)-/, '');
    const folder = join(into, target);
    mkdirSync(folder, { recursive: true });
    const manifest = { name, version, license: 'MIT', ...systemFields(targets[target]) };
    writeJson(join(folder, 'package.json'), manifest);
    return [folder];
  });
}

/** Folders of everything that some packages depend on, and they themselves. */
function closureOf(names, from = modules, seen = new Set()) {
  for (const name of names) {
    const nested = join(from, name);
    const folder = existsSync(nested) ? nested : join(modules, name);
    if (seen.has(folder)) continue;
    seen.add(folder);
    closureOf(
      Object.keys(readJson(join(folder, 'package.json')).dependencies ?? {}),
      join(folder, 'node_modules'),
      seen,
    );
  }
  return seen;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Serves a folder, in a process of its own: this one waits for others without listening. */
function serveFolder(folder, port) {
  const program = `require('node:http').createServer(({ url }, response) => {
    require('node:fs').createReadStream(${JSON.stringify(folder)} + url).on('error', () => response.destroy()).pipe(response);
  }).listen(${port}, '127.0.0.1')`;
  return spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
}

/** Starts the registry and publishes the packages that `assemblePackages` made. */
export async function startRegistry(work, { main, platform }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const verdaccio = join(modules, 'verdaccio', 'bin', 'verdaccio');
  const config = join(root, 'test', 'install', 'verdaccio.yaml');
  const server = spawn(
    process.execPath,
    [verdaccio, '--config', config, '--listen', `127.0.0.1:${port}`],
    {
      env: { ...process.env, VERDACCIO_STORAGE_PATH: join(work, 'storage') },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  for (
    let tries = 0;
    !(await fetch(url).then(
      () => true,
      () => false,
    ));
    tries++
  ) {
    if (tries === 300) throw new Error('The registry did not start.');
    await wait(100);
  }
  const npmrc = join(work, 'npmrc');
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anybody\n`);
  const content = readJson(join(main, 'package.json'));
  const own = [...stageForeignPackages(join(work, 'foreign'), content), platform, main];
  for (const folder of [...closureOf(Object.keys(content.dependencies)), ...own]) {
    const flags = [
      '--userconfig',
      npmrc,
      '--ignore-scripts',
      '--provenance=false',
      '--loglevel',
      'error',
    ];
    must('npm', ['publish', folder, ...flags], { cwd: work });
  }
  const archives = join(work, 'archives');
  mkdirSync(archives);
  archiveLibrary(dirname(await fetchLibmlx()), archives);
  const archivePort = await freePort();
  const servers = [server, serveFolder(archives, archivePort)];
  return {
    url,
    version: content.version,
    archive: `http://127.0.0.1:${archivePort}/libmlx.tar.gz`,
    close: () => servers.forEach((each) => each.kill()),
  };
}
