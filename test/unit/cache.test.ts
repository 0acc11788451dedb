// Where what can be made again is kept.

import { expect, it } from '@jest/globals';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { platformCacheFolder } from '../../lib/cache.js';

it.each([
  ['linux', { XDG_CACHE_HOME: '/given' }, '/given'],
  ['linux', { XDG_CACHE_HOME: 'relative' }, join(homedir(), '.cache')],
  ['linux', { XDG_CACHE_HOME: '' }, join(homedir(), '.cache')],
  ['freebsd', {}, join(homedir(), '.cache')],
  ['darwin', { XDG_CACHE_HOME: '/given' }, join(homedir(), 'Library', 'Caches')],
  ['win32', { LOCALAPPDATA: 'C:\\caches' }, 'C:\\caches'],
] as const)('on %s with %j is %s', (platform, environment, folder) => {
  expect(platformCacheFolder(environment, platform)).toBe(folder);
});
