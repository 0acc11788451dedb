// Rewrites a plan as a walk program (kernels/walk_format.h): what a GPU would have to find out for
// every tile is found out once for all.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan.h"

namespace qmlx::walker {

// States have at least 2^4 amplitudes a row in memory, so that a thread's registers are full.
inline constexpr unsigned kLeastBits = 4;

struct WalkProgram {
  unsigned state_bits = 0;  // of a row in memory
  unsigned tile_bits = 0;
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> passes;  // first record of each
};

// False if the plan's tiles or phases are larger than walkers hold. The plan must have passed the
// checks of the engine.
bool encode_plan(const PlanView& plan, WalkProgram& program);

}  // namespace qmlx::walker
