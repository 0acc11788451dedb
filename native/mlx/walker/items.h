// Operations and terms of a plan over bits of the whole state, and the order in which one phase
// runs them.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/plan.h"

namespace qmlx::walker {

struct Item {
  bool diagonal = false;
  OperationKind kind = OperationKind::factor;
  std::uint8_t quarter = 0;
  std::uint8_t target = 0, target2 = 0;  // bits of the state; matrices and flips
  std::uint32_t slot = 0;
  std::uint64_t moved = 0;  // bits along which amplitudes mix
  std::uint64_t control_mask = 0, control_value = 0;
  std::uint64_t z = 0;  // parity

  std::uint64_t touched() const { return moved | control_mask | z; }
};

Item item_of(const Term& term, const Pass& pass);
Item item_of(const Operation& operation, const Stage& stage, const Pass& pass,
             const PlanHeader& header);
// The bits of the state that a phase can mix.
std::uint64_t local_bits(const Stage& stage, const Pass& pass, const PlanHeader& header);

// Takes the wanted items out that overtake none left before them: where one moves a bit, the other
// does not touch it.
template <typename Wanted>
std::vector<Item> take_ready(std::vector<Item>& items, Wanted wanted) {
  std::vector<Item> taken, left;
  std::uint64_t moved = 0, touched = 0;
  for (const Item& item : items) {
    const bool blocked = (moved & item.touched()) != 0 || (item.moved & touched) != 0;
    if (!blocked && wanted(item)) {
      taken.push_back(item);
      continue;
    }
    left.push_back(item);
    moved |= item.moved;
    touched |= item.touched();
  }
  items = std::move(left);
  return taken;
}

// Either one item that moves amplitudes or diagonal ones that are applied together.
using Step = std::vector<Item>;

// As few diagonal steps as a greedy order needs: movers run as early as they can.
std::vector<Step> order_steps(std::vector<Item> items);

}  // namespace qmlx::walker
