// Installs the rivals at fixed versions into build/venv-rivals:  node bench/rivals/setup.mjs
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../build/venv-rivals', import.meta.url));
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const steps = [
  ['python3', '-m', 'venv', folder],
  [`${folder}/bin/pip`, 'install', '--quiet', '--requirement', requirements],
];
for (const [command, ...args] of steps) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${command} failed: ${error?.message ?? `exit status ${status}`}`);
    process.exit(1);
  }
}
console.log(`Rivals installed. Compare with: npm run bench`);
