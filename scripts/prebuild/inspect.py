"""Prints what binary files import, export and promise, as a JSON array: one object a file.

usage: inspect.py FILE...        needs the package lief
"""

import hashlib
import json
import struct
import sys

import lief

CODE_DIRECTORY = 0xFADE0C02
SUPER_BLOB = 0xFADE0CC0


def signature(data, blob):
    """The code directory of a signed Mach-O file and how many of its page hashes are wrong."""
    start = blob.data_offset
    magic, _, count = struct.unpack(">III", data[start : start + 12])
    if magic != SUPER_BLOB:
        return None
    for entry in range(count):
        (offset,) = struct.unpack(">I", data[start + 16 + 8 * entry : start + 20 + 8 * entry])
        magic, length = struct.unpack(">II", data[start + offset : start + offset + 8])
        if magic != CODE_DIRECTORY:
            continue
        directory = data[start + offset : start + offset + length]
        _, flags, hashes, _, _, pages, limit = struct.unpack(">IIIIIII", directory[8:36])
        size, kind, _, shift = struct.unpack("BBBB", directory[36:40])
        page = 1 << shift
        wrong = 0
        for k in range(pages):
            text = data[k * page : min((k + 1) * page, limit)]
            stored = directory[hashes + k * size : hashes + (k + 1) * size]
            wrong += hashlib.sha256(text).digest()[:size] != stored
        return {
            "adHoc": bool(flags & 0x2),
            "sha256": kind == 2,
            "wrongPages": wrong,
            "covers": limit == start,
        }
    return None


def mach_o(path):
    binary = lief.MachO.parse(path).at(0)
    with open(path, "rb") as file:
        data = file.read()
    identity = lief.MachO.LoadCommand.TYPE.ID_DYLIB
    libraries = [item.name for item in binary.libraries if item.command != identity]
    imports = {}
    for symbol in binary.imported_symbols:
        ordinal = symbol.description >> 8
        library = libraries[ordinal - 1] if 0 < ordinal <= len(libraries) else "flat"
        imports.setdefault(library, set()).add(symbol.name)
    version = binary.build_version
    return {
        "format": "Mach-O",
        "type": str(binary.header.file_type).split(".")[-1],
        "processor": str(binary.header.cpu_type).split(".")[-1],
        "flags": sorted(str(flag).split(".")[-1] for flag in binary.header.flags_list),
        "minimumSystem": ".".join(map(str, version.minos[:2])) if version else None,
        "installNames": [item.name for item in binary.libraries if item.command == identity],
        "libraries": libraries,
        "runPaths": [item.path for item in binary.rpaths],
        "exports": sorted(symbol.name for symbol in binary.exported_symbols),
        "imports": {library: sorted(names) for library, names in imports.items()},
        "sections": [section.name for section in binary.sections],
        "signature": signature(data, binary.code_signature) if binary.has_code_signature else None,
    }


def elf(path):
    binary = lief.ELF.parse(path)
    tag = lief.ELF.DynamicEntry.TAG
    versions = {}
    for requirement in binary.symbols_version_requirement:
        names = [str(entry.name) for entry in requirement.get_auxiliary_symbols()]
        versions[requirement.name] = sorted(names)
    entries = {kind: [] for kind in (tag.NEEDED, tag.RUNPATH, tag.RPATH, tag.SONAME)}
    for entry in binary.dynamic_entries:
        if entry.tag in entries:
            text = next(getattr(entry, k) for k in ("name", "runpath", "rpath") if hasattr(entry, k))
            entries[entry.tag].append(str(text))
    symbols = list(binary.dynamic_symbols)
    flags = binary.get(tag.FLAGS)
    return {
        "format": "ELF",
        "type": str(binary.header.file_type).split(".")[-1],
        "processor": str(binary.header.machine_type).split(".")[-1],
        "libraries": entries[tag.NEEDED],
        "runPaths": entries[tag.RUNPATH] + entries[tag.RPATH],
        "versions": versions,
        "staticTls": flags is not None and flags.has(lief.ELF.DynamicEntryFlags.FLAG.STATIC_TLS),
        "exports": sorted(s.name for s in symbols if s.exported and s.name),
        "imports": {"": sorted(s.name for s in symbols if s.imported and s.name)},
        "sections": [section.name for section in binary.sections],
    }


def pe(path):
    binary = lief.PE.parse(path)
    return {
        "format": "PE",
        "type": "DLL" if binary.header.has_characteristic(lief.PE.Header.CHARACTERISTICS.DLL) else "EXE",
        "processor": str(binary.header.machine).split(".")[-1],
        "libraries": sorted(item.name for item in binary.imports),
        "imports": {
            item.name: sorted(entry.name for entry in item.entries if entry.name)
            for item in binary.imports
        },
        "exports": sorted(entry.name for entry in binary.get_export().entries),
        "sections": [section.name for section in binary.sections],
    }


def facts(path):
    if lief.is_macho(path):
        return mach_o(path)
    if lief.is_elf(path):
        return elf(path)
    if lief.is_pe(path):
        return pe(path)
    return {"format": None}


print(json.dumps([facts(path) for path in sys.argv[1:]]))
