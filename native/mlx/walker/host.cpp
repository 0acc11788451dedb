#include "mlx/walker/host.h"

#include <memory>

#include "kernels/walk.h"

namespace qmlx::walker {

void walk_on_host(const WalkProgram& program, std::size_t pass, const HostWalk& walk,
                  const float* in, float* out) {
  using kernels::float2;
  static thread_local const auto memory = std::make_unique<kernels::WalkMemory>();
  const kernels::Group group{1U << (program.tile_bits - kernels::kRegisterBits), walk.reverse};
  kernels::WalkArguments given{};
  given.row_first = walk.row << program.state_bits;
  given.basis = walk.basis;
  given.flags = (walk.from_basis ? kernels::kWalkFromBasis : 0) |
                (walk.norms != nullptr ? kernels::kWalkNorms : 0);
  const auto* records = reinterpret_cast<const kernels::uint4*>(program.words.data());
  const std::uint64_t tiles = std::uint64_t{1} << (program.state_bits - program.tile_bits);
  for (given.tile = 0; given.tile < tiles; ++given.tile) {
    kernels::walk_tile(group, memory.get(), records + program.passes[pass], walk.values,
                       reinterpret_cast<const float2*>(in), reinterpret_cast<float2*>(out),
                       walk.norms != nullptr ? walk.norms + given.tile : nullptr, given);
  }
}

}  // namespace qmlx::walker
