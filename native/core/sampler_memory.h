// Memory of samplings, kept from one to the next: fresh pages cost more than the shots.
#pragma once

#include <cstdint>
#include <vector>

#include "core/scalars.h"
#include "core/shot_order.h"

namespace qmlx {

struct SamplerMemory {
  std::vector<double> pyramid;    // a tree of sums down to blocks
  std::vector<double> leaf_sums;  // of the whole state, where its memory can be seen
  std::vector<PlacedShot> placed, spare;
  std::vector<std::uint32_t> places;       // of shots of a thread and a bucket
  std::vector<std::uint32_t> bucket_ends;  // of placed, by the highest bits of the index
  ScalarVector amplitudes;                 // read, where the state's memory cannot be seen
};

}  // namespace qmlx
