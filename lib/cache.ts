import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder in which the platform lets programs keep what they can make again. */
export function platformCacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform === 'win32' && environment['LOCALAPPDATA']) return environment['LOCALAPPDATA'];
  return environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
