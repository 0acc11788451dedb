// Keeps the machine code of one GPU architecture in a CUDA library and fills the rest with zeros, so
// that the library compresses to a fraction. Format: a header of 16 bytes (magic number, version,
// header size, size of what follows), then entries of their own headers (kind, architecture) and data.

const magic = 0xba55ed50;
const headerBytes = 16;
const machineCode = 2;

/** Changes the library in place; returns the bytes kept and cleared. */
export function keepArchitecture(library, architecture) {
  const total = { kept: 0, cleared: 0 };
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(magic);
  let at = library.indexOf(mark);
  while (at >= 0) {
    const end = containerEnd(library, at);
    if (end !== undefined) clearEntries(library, at + headerBytes, end, architecture, total);
    at = library.indexOf(mark, end ?? at + mark.length);
  }
  return total;
}

function containerEnd(library, at) {
  const version = library.readUInt16LE(at + 4);
  const header = library.readUInt16LE(at + 6);
  const end = at + header + Number(library.readBigUInt64LE(at + 8));
  return version === 1 && header === headerBytes && end <= library.length ? end : undefined;
}

function clearEntries(library, first, end, architecture, total) {
  for (let at = first; at < end;) {
    const kind = library.readUInt16LE(at);
    const header = library.readUInt32LE(at + 4);
    const size = Number(library.readBigUInt64LE(at + 8));
    if (header < 32 || header > 4096 || at + header + size > end) return;
    const keep = kind === machineCode && library.readUInt32LE(at + 28) === architecture;
    if (!keep) library.fill(0, at + header, at + header + size);
    total[keep ? 'kept' : 'cleared'] += size;
    at += header + size;
  }
}
