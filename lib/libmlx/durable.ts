// Writes that last. Under Yarn's Plug'n'Play file handles cannot do all that Node's can: these keep to what they can.

import { fsync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';

const syncDescriptor = promisify(fsync);

/** Returns once a file's content is on the disk. */
export function writeThrough({ fd }: FileHandle): Promise<void> {
  return syncDescriptor(fd);
}

/** Writes all of something at the current position. */
export async function writeAll(file: FileHandle, content: Buffer): Promise<void> {
  for (let at = 0; at < content.length;) {
    const { bytesWritten } = await file.write(content, at, content.length - at);
    at += bytesWritten;
  }
}
