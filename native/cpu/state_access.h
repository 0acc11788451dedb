// Moves amplitudes in and out of states, in the precision of their engine.
#pragma once

#include "core/engine.h"
#include "cpu/engine_state.h"

namespace qmlx::cpu {

// out[i] = amplitude of the index whose bit order[b] is bit b of first + i. No order: the identity.
void read_amplitudes(const qmlx_state& state, std::uint32_t row, const std::uint8_t* order,
                     std::uint64_t first, std::uint64_t count, void* out);

void write_amplitudes(qmlx_state& state, std::uint32_t row, std::uint64_t first,
                      std::uint64_t count, const void* amplitudes);

void copy_state(qmlx_state& to, const qmlx_state& from);

// Scales the amplitudes whose bit is `outcome` and zeroes the others.
void collapse_bit(qmlx_state& state, std::uint32_t row, unsigned bit, unsigned outcome,
                  double scale);

}  // namespace qmlx::cpu
