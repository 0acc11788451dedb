// Dense fusion: operations on the same two bits become one complex 4×4 matrix where that costs an
// engine less.
#pragma once

#include "core/ir.h"
#include "core/plan.h"

namespace qmlx {

// Leaves other operations where they are. Does nothing for engines whose geometry has no fusion, or
// whose phases cannot hold two bits.
void fuse_pairs(Ir& ir, const Geometry& geometry);

}  // namespace qmlx
