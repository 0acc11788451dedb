// A plan with the recipes of its values: everything that follows from a segment's structure, the
// order of bits it starts from and an engine's geometry.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/binding.h"
#include "core/pair_matrix.h"
#include "core/plan.h"
#include "core/program.h"

namespace qmlx {

// Logical bit → physical bit.
using BitOrder = std::array<std::uint8_t, 64>;

inline constexpr BitOrder kNaturalOrder = [] {
  BitOrder order{};
  for (std::size_t bit = 0; bit < order.size(); ++bit) order[bit] = static_cast<std::uint8_t>(bit);
  return order;
}();

struct PlanSource {
  const Segment& segment;
  unsigned bits;
  std::uint32_t angle_count;  // of the program
  BitOrder order = kNaturalOrder;
};

struct CompiledPlan {
  Geometry geometry;
  std::vector<std::uint64_t> block;  // the plan, 8-byte words; 16-byte aligned by the allocator
  std::vector<AngleRun> runs;
  std::vector<Recipe> recipes;
  std::vector<PairMatrix> matrices;
  std::uint32_t angle_count = 0;  // program's and derived
  std::uint32_t value_count = 0;

  PlanView view() const { return PlanView(block.data()); }
};

// Lowers, merges and schedules. Deterministic: the same source and geometry give the same bytes.
std::shared_ptr<const CompiledPlan> compile_plan(const PlanSource& source,
                                                 const Geometry& geometry);

// The plan in words: totals, then each pass with its tile, phases and operations. Bits are named as
// qubits.
std::string explain_plan(const CompiledPlan& plan);

}  // namespace qmlx
