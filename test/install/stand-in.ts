// Archives that stand for the ones of mlx-build: the same layout, small, with content that no compressor shrinks.

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';

/** An archive and its digest. */
export interface StandIn {
  readonly content: Buffer;
  readonly sha256: string;
}

/** Bytes that look random and are the same each time. */
export function noise(bytes: number, seed = 'noise'): Buffer {
  const blocks: Buffer[] = [];
  for (let k = 0; k * 32 < bytes; k++)
    blocks.push(createHash('sha256').update(`${seed} ${k}`).digest());
  return Buffer.concat(blocks).subarray(0, bytes);
}

/** The digest of something. */
export function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A gzipped tar archive with these files. */
export function archiveOf(files: Readonly<Record<string, Buffer | string>>): StandIn {
  const folder = mkdtempSync(join(tmpdir(), 'qmlx-archive-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'in', path)), { recursive: true });
      writeFileSync(join(folder, 'in', path), content);
    }
    const file = join(folder, 'archive.tar.gz');
    const names = [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))];
    create({ cwd: join(folder, 'in'), file, gzip: true, portable: true, sync: true }, names);
    const content = readFileSync(file);
    return { content, sha256: digest(content) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A libmlx of so many bytes. */
export function standIn(bytes = 200_000, seed?: string): StandIn {
  return archiveOf({
    'lib/libmlx.so': noise(bytes, seed),
    'lib/libextra.so': 'beside it',
    'include/mlx/mlx.h': '#pragma once\n',
    'share/cmake/MLX/MLXConfig.cmake': '',
  });
}
