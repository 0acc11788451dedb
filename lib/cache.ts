import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folder in which the platform lets programs keep what they can make again. */
export function platformCacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform === 'win32' && environment['LOCALAPPDATA']) return environment['LOCALAPPDATA'];
  // A relative path means nothing, says the convention that the variable is from.
  const given = environment['XDG_CACHE_HOME'] ?? '';
  return isAbsolute(given) ? given : join(homedir(), '.cache');
}
