#include "engines/library_file.h"

#include <cstdint>

#if defined(__linux__)
#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace qmlx {

#if defined(__linux__)

namespace {

#if defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#else
constexpr unsigned kMachine = EM_X86_64;
#endif

class File {
 public:
  explicit File(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat facts{};
    if (is_open() && fstat(descriptor_, &facts) == 0)
      size_ = static_cast<std::uint64_t>(facts.st_size);
  }
  ~File() {
    if (is_open()) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  std::uint64_t size() const { return size_; }

  template <typename Item>
  bool read_at(std::uint64_t offset, Item& item) const {
    if (offset > size_ || sizeof(item) > size_ - offset) return false;
    const auto read = pread(descriptor_, &item, sizeof(item), static_cast<off_t>(offset));
    return read == static_cast<ssize_t>(sizeof(item));
  }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

// Every segment that would be mapped lies inside the file.
bool is_whole(const File& file, const Elf64_Ehdr& header) {
  const std::uint64_t size = file.size();
  for (unsigned k = 0; k < header.e_phnum; ++k) {
    Elf64_Phdr segment;
    if (!file.read_at(header.e_phoff + k * sizeof(segment), segment)) return false;
    if (segment.p_offset > size || segment.p_filesz > size - segment.p_offset) return false;
  }
  return header.e_phnum > 0;
}

}  // namespace

Status check_library_file(const std::string& path) {
  const File file(path);
  if (!file.is_open()) return {};
  Elf64_Ehdr header;
  if (!file.read_at(0, header) || header.e_ident[EI_MAG0] != ELFMAG0 ||
      header.e_ident[EI_MAG1] != ELFMAG1 || header.e_ident[EI_CLASS] != ELFCLASS64)
    return {};
  if (header.e_machine != kMachine)
    return failure(Code::backend_unavailable, path + " is a library for another processor.");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || !is_whole(file, header))
    return failure(Code::backend_unavailable, path + " is damaged: parts of it are missing.");
  return {};
}

#else

Status check_library_file(const std::string&) { return {}; }

#endif

}  // namespace qmlx
