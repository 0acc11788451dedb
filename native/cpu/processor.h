// What this processor is and which instruction sets it runs.
#pragma once

#include <string>

#include "cpu/executor.h"

namespace qmlx::cpu {

// The executor of this name if the processor runs it, the best one for a null name; null if none.
const Executor* find_executor(const char* variant, unsigned precision);

std::string processor_name();

}  // namespace qmlx::cpu
