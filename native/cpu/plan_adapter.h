// Rewrites a plan of any geometry into one with the lanes of this machine's vectors. Engines ask
// for plans that need no rewriting; tests force other geometries.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan.h"

namespace qmlx::cpu {

// Whether an executor with vectors of 2^lane_bits amplitudes can run the plan as it is.
bool fits_lanes(const PlanHeader& header, unsigned lane_bits);

// The same operations over tiles that hold at least the lowest lane_bits bits, also of a state that
// has fewer. False if phases would need more registers than executors have.
bool adapt_plan(const PlanView& plan, unsigned lane_bits, std::vector<std::uint64_t>& adapted);

}  // namespace qmlx::cpu
