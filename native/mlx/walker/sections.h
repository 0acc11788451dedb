// Sections of a pass.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan.h"
#include "mlx/walker/items.h"
#include "mlx/walker/layout.h"

namespace qmlx::walker {

// What runs between two exchanges through shared memory.
struct Section {
  std::uint64_t registers = 0;  // bits of the state
  std::vector<Item> folded;     // flips that run before the items, by a change of the tile's map
  std::vector<Item> items;
};

// At least one.
std::vector<Section> sections_of(const PlanView& plan, const Pass& pass);

// Takes flips that a tile's map can do out of the items, from the second section on, where they
// come first or where the section before ends. Sections without items between the first and the
// last one are dropped.
void fold_flips(std::vector<Section>& sections, const Tile& tile);

}  // namespace qmlx::walker
