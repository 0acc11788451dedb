// A registry on this machine with the packed package, what it depends on, and the platform package of this machine.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fetchLibmlx } from '../../scripts/fetch-libmlx.mjs';
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

/** The package as it is published, with the native parts of this machine, in a folder. */
export function stagePackage(folder) {
  const content = readJson(join(root, 'package.json'));
  mkdirSync(folder, { recursive: true });
  for (const path of [...content.files, 'README.md', 'LICENSE']) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  const prebuilds = join(folder, 'prebuilds', system);
  mkdirSync(prebuilds, { recursive: true });
  const built = readdirSync(join(root, 'build', 'Release'));
  for (const name of built.filter((each) => /^(qmlx\.node|libqmlx_mlx\.\w+)$/.test(each))) {
    const target = join(prebuilds, name);
    if (existsSync(target)) continue;
    cpSync(join(root, 'build', 'Release', name), target);
    must('strip', ['-S', '-x', target]);
  }
  content.optionalDependencies ??= { '@qmlx/mlx-darwin-arm64': content.version };
  writeJson(join(folder, 'package.json'), content);
  return content;
}

/** The platform package of this machine, laid out as the wheel is: its libraries find each other there. */
function stagePlatformPackage(folder, wheel, version) {
  cpSync(join(wheel, 'mlx', 'lib'), join(folder, 'mlx', 'lib'), { recursive: true });
  for (const name of readdirSync(wheel).filter((each) => each.endsWith('.libs'))) {
    cpSync(join(wheel, name), join(folder, name), { recursive: true });
  }
  const engine = 'libqmlx_mlx.so';
  cpSync(join(root, 'build', 'Release', engine), join(folder, 'mlx', 'lib', engine));
  const { version: mlx } = readJson(join(root, 'libmlx.json'));
  writeJson(join(folder, 'package.json'), {
    ...{ name: `@qmlx/mlx-${system}`, version, license: 'MIT', preferUnplugged: true },
    ...{ os: [process.platform], cpu: [process.arch], qmlx: { directory: 'mlx/lib', mlx } },
  });
}

/** The library as a release archive holds it. */
function archiveLibrary(wheel, folder) {
  const file = join(folder, 'libmlx.tar.gz');
  const beside = readdirSync(wheel).filter((name) => name.endsWith('.libs'));
  must('tar', ['-C', wheel, '-czf', file, 'mlx/lib', 'mlx/include', ...beside]);
  return file;
}

/** One that is for another system, which package managers have to know and leave out. */
function stageForeignPackage(folder, version) {
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, 'package.json'), {
    ...{ name: '@qmlx/mlx-darwin-arm64', version, license: 'MIT' },
    ...{ os: ['darwin'], cpu: ['arm64'] },
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

/** Starts the registry and publishes. */
export async function startRegistry(work) {
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
  const packages = join(work, 'packages');
  const content = stagePackage(join(packages, 'qmlx'));
  const wheel = dirname(await fetchLibmlx());
  stagePlatformPackage(join(packages, 'platform'), wheel, content.version);
  stageForeignPackage(join(packages, 'foreign'), content.version);
  const own = readdirSync(packages).map((name) => join(packages, name));
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
  archiveLibrary(wheel, archives);
  const archivePort = await freePort();
  const servers = [server, serveFolder(archives, archivePort)];
  return {
    url,
    version: content.version,
    archive: `http://127.0.0.1:${archivePort}/libmlx.tar.gz`,
    close: () => servers.forEach((each) => each.kill()),
  };
}
