#include "engines/library_file.h"

#include <cstdint>
#include <fstream>
#include <limits>

#if defined(__linux__)
#include <elf.h>
#endif

namespace qmlx {

#if defined(__linux__)

namespace {

#if defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#else
constexpr unsigned kMachine = EM_X86_64;
#endif

template <typename Item>
bool read_at(std::ifstream& file, std::uint64_t offset, Item& item) {
  if (offset > static_cast<std::uint64_t>(std::numeric_limits<std::streamoff>::max())) return false;
  file.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(file.read(reinterpret_cast<char*>(&item), sizeof(item)));
}

// Every segment that would be mapped lies inside the file.
bool is_whole(std::ifstream& file, const Elf64_Ehdr& header, std::uint64_t size) {
  for (unsigned k = 0; k < header.e_phnum; ++k) {
    Elf64_Phdr segment;
    if (!read_at(file, header.e_phoff + k * sizeof(segment), segment)) return false;
    if (segment.p_offset > size || segment.p_filesz > size - segment.p_offset) return false;
  }
  return header.e_phnum > 0;
}

}  // namespace

Status check_library_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return {};
  const auto size = static_cast<std::uint64_t>(file.tellg());
  Elf64_Ehdr header;
  if (!read_at(file, 0, header) || header.e_ident[EI_MAG0] != ELFMAG0 ||
      header.e_ident[EI_MAG1] != ELFMAG1 || header.e_ident[EI_CLASS] != ELFCLASS64)
    return {};
  if (header.e_machine != kMachine)
    return failure(Code::backend_unavailable, path + " is a library for another processor.");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || !is_whole(file, header, size))
    return failure(Code::backend_unavailable, path + " is damaged: parts of it are missing.");
  return {};
}

#else

Status check_library_file(const std::string&) { return {}; }

#endif

}  // namespace qmlx
