// Memory and processor of the machine. All code that depends on the operating system is in
// memory.cpp.
#pragma once

#include <cstdint>

namespace qmlx::cpu {

inline constexpr std::uint64_t kHugePage = std::uint64_t{2} << 20;

struct MachineMemory {
  std::uint64_t total;
  std::uint64_t available;  // that this process can take without swapping or meeting a limit
};

MachineMemory machine_memory();
unsigned processor_count();
// Size of one core's second-level cache; 0 if unknown.
std::uint64_t second_cache_bytes();

// Memory aligned for vectors; from kHugePage on aligned to huge pages, which are asked for. The
// content is unspecified. Null if there is none.
void* allocate_pages(std::uint64_t bytes);
void free_pages(void* pages, std::uint64_t bytes);

}  // namespace qmlx::cpu
