// `qmlx build` in a package without a prebuilt addon: compiles one, which is then used. Takes minutes, so that CI leaves it
// out.

import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './workplace.js';

// On Windows it is refused.
(process.platform === 'win32' ? it.skip : it)(
  'compiles an addon that computes',
  () => {
    const place = new Workplace('http://127.0.0.1:9');
    const command = (...args: string[]): { status: number | null; stdout: string } =>
      spawnSync(process.execPath, [join(place.folder, 'dist', 'cli', 'main.js'), ...args], {
        encoding: 'utf8',
        env: { ...process.env, LIBMLX_DIR: '', ...place.environment() },
      });
    try {
      for (const path of ['dist', 'native', 'CMakeLists.txt', 'libmlx.json', 'package.json']) {
        cpSync(path, join(place.folder, path), { recursive: true });
      }
      symlinkSync(join(process.cwd(), 'node_modules'), join(place.folder, 'node_modules'));
      expect(command('doctor').stdout).toContain('npx qmlx build');
      const built = command('build');
      expect(built.status).toBe(0);
      expect(built.stdout.trim()).toBe(join(place.folder, 'build', 'Release', 'qmlx.node'));
      const { engines } = JSON.parse(command('info', '--json').stdout) as {
        engines: { device: string; variant: string }[];
      };
      expect(engines[0]!.variant).not.toBe('typescript');
      expect(command('doctor').status).toBe(0);
    } finally {
      place.remove();
    }
  },
  1_800_000,
);
