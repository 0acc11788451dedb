#include "mlx/walker/host.h"

#include <cstddef>

#include "kernels/kernels_host.gen.h"

namespace qmlx::walker {

void run_on_host(const HostLaunch& launch) {
  const auto kernel = static_cast<std::size_t>(launch.kernel);
  std::vector<kernels::uint4> shared((kernels::kSharedBytes[kernel] + sizeof(kernels::uint4) - 1) /
                                     sizeof(kernels::uint4));
  const std::uint64_t groups = std::uint64_t{launch.columns} * launch.rows;
  for (std::uint64_t k = 0; k < groups; ++k) {
    const std::uint64_t group = launch.reverse ? groups - 1 - k : k;
    const kernels::Grid grid{{launch.threads, launch.reverse},
                             static_cast<kernels::Word>(group % launch.columns),
                             static_cast<kernels::Word>(group / launch.columns),
                             launch.columns};
    kernels::kHostKernels[kernel](grid, shared.data(), launch.buffers.data(),
                                  launch.scalars.data());
  }
}

}  // namespace qmlx::walker
