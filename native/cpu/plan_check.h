// Checks every offset, index and mask of a plan, so that a damaged one cannot make an executor
// leave its memory.
#pragma once

#include "core/plan.h"

namespace qmlx::cpu {

// What is wrong with a plan for a state of this many bits; null if nothing is.
const char* plan_fault(const void* plan, unsigned bits);

}  // namespace qmlx::cpu
