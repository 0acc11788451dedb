// One process at a time fetches an entry. A process that ends without letting go, however it ends, holds nobody up for
// long: its lock is taken away when it is gone from this machine, or has not been renewed.

import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { writeAll } from './durable.js';

const RENEW_MS = 2_000;
/** A lock that nobody has renewed for so long is nobody's. */
const STALE_MS = 30_000;
const POLL_MS = 100;

interface Holder {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await writeAll(file, Buffer.from(content));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isStale(path: string, content: string): Promise<boolean> {
  try {
    if (Date.now() - (await stat(path)).mtimeMs > STALE_MS) return true;
    const { host, pid } = JSON.parse(content) as Holder;
    return host === hostname() && !isRunning(pid);
  } catch {
    // It is gone, or is just being written.
    return false;
  }
}

/** Removes a stale lock. Of all who see it as stale, one at a time may: another lock may be there already. */
async function takeAway(path: string, content: string): Promise<void> {
  const guard = `${path}.stale`;
  if (!(await create(guard, ''))) {
    const left = await stat(guard).catch(() => undefined);
    if (left !== undefined && Date.now() - left.mtimeMs > STALE_MS)
      await rm(guard, { force: true });
    return;
  }
  try {
    if ((await read(path)) === content) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * Runs something while no other process does that holds the lock of this path.
 * @param waiting called once if another process has to be waited for
 */
export async function withLock<Result>(
  path: string,
  { signal, waiting }: { readonly signal: AbortSignal | undefined; readonly waiting: () => void },
  work: () => Promise<Result>,
): Promise<Result> {
  const holder: Holder = { token: randomUUID(), host: hostname(), pid: process.pid };
  const content = JSON.stringify(holder);
  for (let told = false; !(await create(path, content));) {
    const other = await read(path);
    if (other === undefined) continue;
    if (await isStale(path, other)) {
      await takeAway(path, other);
      continue;
    }
    if (!told) waiting();
    told = true;
    await wait(POLL_MS * (0.5 + Math.random()), undefined, { signal });
  }
  const renewal = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, RENEW_MS);
  renewal.unref();
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    if ((await read(path).catch(() => undefined)) === content) await rm(path, { force: true });
  }
}
