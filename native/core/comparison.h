// What rounding of engines would hide: whether two states are one, whether a qubit is entangled.
// Amplitudes are read and compared here in float64, since engines may add in float32.
#pragma once

#include <cstdint>

#include "core/state.h"
#include "core/status.h"

namespace qmlx {

// Whether the states differ by a phase and rounding only: by 10^-6 at most, 10^-12 in complex128.
Status compare_states(const State& a, const State& b, bool& same);

// Whether a qubit, 0 with this probability, is not entangled with the others, so that a reset
// leaves one state whatever its outcome. Large states are not looked at: no.
Status stands_alone(const State& state, std::uint32_t qubit, double zero, bool& alone);

}  // namespace qmlx
