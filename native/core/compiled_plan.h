// A plan with the recipes of its values: everything that follows from a program's structure and an
// engine's geometry.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/binding.h"
#include "core/plan.h"
#include "core/program.h"

namespace qmlx {

struct CompiledPlan {
  Geometry geometry;
  std::vector<std::uint64_t> block;  // the plan, 8-byte words; 16-byte aligned by the allocator
  std::vector<AngleRun> runs;
  std::vector<Recipe> recipes;
  std::uint32_t angle_count = 0;  // program's and derived
  std::uint32_t value_count = 0;

  PlanView view() const { return PlanView(block.data()); }
};

// Lowers, merges and schedules. Deterministic: the same program and geometry give the same bytes.
std::shared_ptr<const CompiledPlan> compile_plan(const Program& program, const Geometry& geometry);

// The plan in words: totals, then each pass with its tile, phases and operations. Bits are named as
// qubits.
std::string explain_plan(const CompiledPlan& plan);

}  // namespace qmlx
