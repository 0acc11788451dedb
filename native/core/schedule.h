// The two-level scheduler: which operations share a pass over memory, and inside a pass which share
// a phase in registers or a diagonal stage.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ir.h"
#include "core/plan.h"

namespace qmlx {

struct ScheduledStage {
  StageKind kind = StageKind::phase;
  std::uint64_t registers = 0;            // bits of the state; a phase only
  std::vector<std::uint32_t> operations;  // indices into the Ir
};

struct ScheduledPass {
  std::uint64_t tile = 0;  // bits of the state
  std::vector<ScheduledStage> stages;
};

// The Ir's operations in another order, that of the passes: an operation overtakes another only if
// they commute.
std::vector<ScheduledPass> schedule(const Ir& ir, const Geometry& geometry);

}  // namespace qmlx
