// The walker and the readers as C++, on memory of the host: for tests, and as the expected result of
// the self-test that GPUs go through.
#pragma once

#include <cstdint>

#include "mlx/walker/encoder.h"

namespace qmlx::walker {

struct HostWalk {
  const float* values = nullptr;
  std::uint64_t row = 0;
  std::uint64_t basis = 0;
  bool from_basis = false;
  bool reverse = false;     // threads of a group in reverse order
  float* norms = nullptr;  // one for each tile of the row; may be null
};

// One pass over a row; `in` and `out` may be the same.
void walk_on_host(const WalkProgram& program, std::size_t pass, const HostWalk& walk,
                  const float* in, float* out);

}  // namespace qmlx::walker
