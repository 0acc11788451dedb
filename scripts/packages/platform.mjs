// Assembles a platform package: the MLX engine, libmlx and what that is linked to, from the pinned wheel
// and prebuilds/. Files of the wheel stay as they are, in the folders that their run paths expect.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchLibmlx } from '../fetch-libmlx.mjs';
import { engineFile, systemFields, targets } from '../prebuild/targets.mjs';
import { root } from '../run.mjs';
import { bundledLicense, notices } from './notices.mjs';
import { repositoryOf } from './repository.mjs';
import { softwareBill } from './sbom.mjs';

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version: mlx, wheels } = JSON.parse(readFileSync(join(root, 'libmlx.json'), 'utf8'));

/** Targets that have a platform package. */
export const platformTargets = Object.keys(targets).filter((name) => targets[name].engine);

/** What goes where: pairs of a path of this machine and one in the package. */
async function contents({ platform, arch, engine }) {
  const prefix = await fetchLibmlx(engine.wheel);
  const wheel = dirname(prefix);
  const directory = platform === 'darwin' ? 'lib' : 'mlx/lib';
  const libraries = platform === 'darwin' ? ['libmlx.dylib', 'mlx.metallib'] : ['libmlx.so'];
  const engineName = engineFile(platform);
  const built = join(root, 'prebuilds', `${platform}-${arch}`, engineName);
  if (!existsSync(built)) throw new Error(`${built} is missing: npm run prebuild.`);
  const bundle = readdirSync(wheel).find((name) => name.endsWith('.libs'));
  const bundled = bundle === undefined ? [] : readdirSync(join(wheel, bundle));
  const information = readdirSync(wheel).find((name) => name.endsWith('.dist-info'));
  const licenses = [join(wheel, information, 'licenses', 'LICENSE')];
  const metal = join(prefix, 'include', 'metal_cpp', 'LICENSE.txt');
  if (existsSync(metal)) licenses.push(metal);
  return {
    directory,
    licenses,
    bundled,
    files: [
      [built, join(directory, engineName)],
      ...libraries.map((name) => [join(prefix, 'lib', name), join(directory, name)]),
      ...bundled.map((name) => [join(wheel, bundle, name), join(bundle, name)]),
    ],
  };
}

function manifest(name, target, directory, files) {
  return {
    name,
    version: own.version,
    description: `MLX ${mlx} and the MLX engine of qmlx for ${target.platform}-${target.arch}.`,
    license: 'MIT AND LicenseRef-NOTICES',
    repository: repositoryOf(process.env),
    ...systemFields(target),
    preferUnplugged: true,
    files: [...new Set(files.map(([, path]) => path.split('/')[0])), 'NOTICES', 'sbom.cdx.json'],
    qmlx: { directory, mlx },
  };
}

function parts(name, target, files) {
  const { package: wheel, sha256 } = wheels[target.engine.wheel];
  return files.map(([path, place]) => {
    const file = place.split('/').at(-1);
    if (file === engineFile(target.platform)) {
      return { name: file, version: own.version, license: 'MIT', path };
    }
    const ofMlx = /mlx/.test(file);
    return {
      name: file,
      version: ofMlx ? mlx : undefined,
      license: ofMlx ? 'MIT' : bundledLicense(file).license,
      purl: `pkg:pypi/${wheel}@${mlx}?checksum=sha256:${sha256}#${place}`,
      path,
    };
  });
}

/** Writes the package of a target into a folder and returns the folder. */
export async function assemblePlatform(targetName, into) {
  const target = targets[targetName];
  const name = `@qmlx/mlx-${target.platform}-${target.arch}`;
  const folder = join(into, `mlx-${target.platform}-${target.arch}`);
  const { directory, licenses, bundled, files } = await contents(target);
  rmSync(folder, { recursive: true, force: true });
  for (const [from, place] of files) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    copyFileSync(from, join(folder, place));
  }
  const write = (file, text) => writeFileSync(join(folder, file), text);
  write('package.json', `${JSON.stringify(manifest(name, target, directory, files), null, 2)}\n`);
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  write('NOTICES', notices(licenses, bundled));
  write('sbom.cdx.json', softwareBill({ name, version: own.version }, parts(name, target, files)));
  write(
    'README.md',
    `# ${name}\n\nMLX ${mlx} for ${target.platform}-${target.arch}, from its official Python wheel, with the engine that lets ` +
      'qmlx use it. Install qmlx; licences are in NOTICES.\n',
  );
  return folder;
}
