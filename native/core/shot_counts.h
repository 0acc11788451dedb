// Counting the shots of one sampling, whose order makes outcomes cheap to tell apart.
#pragma once

#include <cstdint>
#include <span>

#include "core/execution.h"
#include "core/measured_bits.h"
#include "core/shot_order.h"

namespace qmlx {

// Of shots in the order of their places, with keys of at most 64 bits. Fills the places of single
// shots where `result` has room for them.
void count_shots(std::span<const PlacedShot> placed, const MeasuredBits& measured, unsigned bits,
                 ExecutionResult& result);

// Adds the outcomes of such shots to those of others, whatever their number of bits. `memory` holds
// what was written before the measurements; `numbers`, where not empty, receives the collector's
// number of every shot.
void collect_shots(std::span<const PlacedShot> placed, const MeasuredBits& measured,
                   ClassicalMemory& memory, OutcomeCollector& collector,
                   std::span<std::uint32_t> numbers);

}  // namespace qmlx
