// Kernels as C++ on memory of the host: for tests, and for the expected result of the self-test
// that GPUs go through.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernels.gen.h"

namespace qmlx::walker {

// A launch as a GPU would get it. Buffers are the kernel's inputs, then its outputs.
struct HostLaunch {
  kernels::KernelName kernel{};
  std::uint32_t columns = 1, rows = 1;  // groups
  std::uint32_t threads = 1;            // of a group
  std::vector<void*> buffers{};
  std::vector<std::uint32_t> scalars{};
  bool reverse = false;  // threads of a group, and groups, in reverse order
};

void run_on_host(const HostLaunch& launch);

}  // namespace qmlx::walker
