// Assembles the package with the addon for a system that has no MLX engine. The main package holds those of the other
// systems, and has to stay small.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addonFile, systemFields, targets } from '../prebuild/targets.mjs';
import { root } from '../run.mjs';
import { repositoryOf } from './repository.mjs';

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Targets whose addon is a package of its own. */
export const addonTargets = Object.keys(targets).filter((name) => !targets[name].engine);

/** The name of that package, as lib/libmlx/package.ts looks for it. */
export const addonPackageName = (targetName) => `@qmlx/addon-${targetName}`;

/** Where `npm run prebuild` leaves the addon of a target. */
export function prebuiltAddon(targetName) {
  const target = targets[targetName];
  return join(root, 'prebuilds', `${target.platform}-${target.arch}`, addonFile(target));
}

/** Writes the package of a target into a folder and returns the folder. */
export function assembleAddon(targetName, into) {
  const name = addonPackageName(targetName);
  const folder = join(into, `addon-${targetName}`);
  const built = prebuiltAddon(targetName);
  if (!existsSync(built)) throw new Error(`${built} is missing: npm run prebuild.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name,
    version: own.version,
    description: `The native part of qmlx for ${targetName}.`,
    license: own.license,
    repository: repositoryOf(process.env),
    ...systemFields(targets[targetName]),
    preferUnplugged: true,
    main: 'qmlx.node',
    files: ['qmlx.node'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(
    join(folder, 'README.md'),
    `# ${name}\n\nThe native part of qmlx for ${targetName}. Install qmlx, which asks for it where it fits.\n`,
  );
  copyFileSync(built, join(folder, 'qmlx.node'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  return folder;
}
