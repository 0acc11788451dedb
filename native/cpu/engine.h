// The CPU engine behind the table of core/engine.h.
#pragma once

#include "core/engine.h"

namespace qmlx {

const qmlx_engine_table* cpu_engine_table();

}  // namespace qmlx
