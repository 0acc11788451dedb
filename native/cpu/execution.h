// Runs plans on states.
#pragma once

#include "core/engine.h"
#include "core/plan.h"
#include "cpu/engine_state.h"

namespace qmlx::cpu {

// The geometry for states of this many bits: forced values as far as they can be met.
Geometry choose_geometry(const qmlx_engine& engine, unsigned bits);

// Returns a qmlx_code; the text is in the engine's error.
int execute_plan(qmlx_state& state, const qmlx_execution& execution);

}  // namespace qmlx::cpu
