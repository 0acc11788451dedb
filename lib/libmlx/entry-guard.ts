// Checks every entry of an archive before anything of it is written. The libraries that read archives have checks of
// their own; these say which names are fit for a library, and do so for both kinds of archives alike.

import { posix } from 'node:path';
import { QuantumError } from '../errors.js';

/** What an archive says of an entry. */
export interface ArchiveEntry {
  readonly path: string;
  /** Anything but the first three is refused. */
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  /** Where a symbolic link points to. */
  readonly target?: string | undefined;
}

const MOST_ENTRIES = 50_000;
const LONGEST_PATH = 512;

/** The error for a file that does not have the content it should have. */
export function damaged(file: string, problem: string, cause?: unknown): QuantumError {
  const message = `${file} ${problem} Nothing of it was kept; fetch it again, from another source if that does not help.`;
  return new QuantumError('ERR_INTEGRITY', message, { file, cause });
}

/** Checks the entries of one archive, in order. */
export class EntryGuard {
  /** Kinds by name. Some file systems take names that differ in case, or in how accents are written, as one. */
  readonly #seen = new Map<string, ArchiveEntry['type']>();
  #bytes = 0;
  #entries = 0;

  /**
   * @param file the archive, for messages
   * @param mostBytes how much all files together may take
   */
  constructor(
    readonly file: string,
    readonly mostBytes: number,
  ) {}

  /**
   * The path of an entry, relative to where the archive is unpacked.
   *
   * @throws QuantumError ERR_INTEGRITY for one that must not be written.
   */
  check({ path, type, bytes, target }: ArchiveEntry): string {
    this.#count(bytes);
    const clean = this.#checkPath(path);
    if (type === 'other')
      throw this.#refuse(path, 'is neither a file nor a folder nor a symbolic link');
    if (type === 'link') this.#checkLink(clean, target ?? '');
    this.#checkParents(clean);
    const key = keyOf(clean);
    const before = this.#seen.get(key);
    if (before !== undefined && !(before === 'folder' && type === 'folder')) {
      throw this.#refuse(path, 'stands there twice');
    }
    this.#seen.set(key, type);
    return clean;
  }

  #count(bytes: number): void {
    this.#entries += 1;
    this.#bytes += bytes;
    if (this.#entries > MOST_ENTRIES) {
      throw damaged(this.file, `holds more than ${MOST_ENTRIES} files.`);
    }
    if (!(bytes >= 0) || this.#bytes > this.mostBytes) {
      throw damaged(this.file, `holds more than the ${this.mostBytes} bytes that are expected.`);
    }
  }

  #checkPath(path: string): string {
    if (/[\u0000-\u001F\u007F\\]/.test(path))
      throw this.#refuse(path, 'has a character that no name here has');
    if (/^\/|^[A-Za-z]:/.test(path)) throw this.#refuse(path, 'has an absolute path');
    if (path.split('/').includes('..')) throw this.#refuse(path, 'leads out of the archive');
    const clean = posix.normalize(path).replace(/\/$/, '');
    if (path === '' || path.length > LONGEST_PATH)
      throw this.#refuse(path, 'has no name or too long a one');
    return clean;
  }

  #checkLink(path: string, target: string): void {
    const end = posix.normalize(posix.join(posix.dirname(path), target));
    const leaves = posix.isAbsolute(target) || end === '..' || end.startsWith('../');

    if (target === '' || leaves || /[\u0000-\u001F\\]/.test(target)) {
      throw this.#refuse(path, 'links to something outside of the archive');
    }
  }

  /** Nothing is written through a link or below a file. */
  #checkParents(path: string): void {
    for (let parent = posix.dirname(path); parent !== '.'; parent = posix.dirname(parent)) {
      const key = keyOf(parent);
      const type = this.#seen.get(key) ?? 'folder';
      if (type !== 'folder') throw this.#refuse(path, 'lies below a file or a link');
      this.#seen.set(key, type);
    }
  }

  #refuse(path: string, problem: string): QuantumError {
    return damaged(
      this.file,
      `is no archive of libmlx: its entry ${JSON.stringify(path)} ${problem}.`,
    );
  }
}

function keyOf(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
